import { connect, createServer, type Socket } from 'node:net';
import { portOf } from './stub-http.ts';

/** A line to a server that can be cut: whoever holds it then sees what a server that is gone looks like. */
export interface Line {
  /** The address with this line's port. */
  readonly url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Holds back all that is sent either way, as a broken network does, until it is let through. */
  hold(): void;
  letThrough(): void;
}

export async function openLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isHeld = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    const far = keep(connect({ host: hostname, port: Number(port) }));
    keep(near).pipe(far).pipe(near);
    if (isHeld) for (const socket of [near, far]) socket.pause();
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const own = portOf(server);
  const url = new URL(target);
  url.host = `127.0.0.1:${own}`;
  return {
    url: url.href,
    async cut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: () => listen(own),
    hold() {
      isHeld = true;
      for (const socket of sockets) socket.pause();
    },
    letThrough() {
      isHeld = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
