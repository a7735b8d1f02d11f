import { connect, createServer, type Socket } from 'node:net';
import { portOf } from './stub-http.ts';

/** What the proxy does to what the server says; counted over one connection, in bytes. */
interface Fault {
  /** Closes both sides after so many bytes. */
  readonly cutAfter?: number;
  /** Resets the client's side after so many bytes. */
  readonly resetAfter?: number;
  /** Says nothing more after so many bytes, and keeps the connection open. */
  readonly stallAfter?: number;
}

export interface FaultProxy {
  readonly port: number;
  /** How many connections met the fault they were given. */
  readonly met: number;
  /** Gives the next connection a fault; those after it have none until this is called again. */
  failNext(fault: Fault): void;
  close(): Promise<void>;
}

/** A TCP proxy on loopback that breaks connections where it is told to. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let next: Fault = {};
  let met = 0;

  const server = createServer((client) => {
    const fault = next;
    next = {};
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      // Breaking connections is what it is for.
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk) => target.write(chunk));
    client.once('close', () => target.destroy());
    target.once('close', () => client.destroySoon());
    passOn(target, client, fault, () => {
      met += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: portOf(server),
    get met() {
      return met;
    },
    failNext(fault) {
      next = fault;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function passOn(target: Socket, client: Socket, fault: Fault, note: () => void): void {
  const limit = fault.cutAfter ?? fault.resetAfter ?? fault.stallAfter ?? Infinity;
  let passed = 0;
  let isBroken = false;
  target.on('data', (chunk) => {
    if (isBroken) return;
    client.write(chunk.subarray(0, limit - passed));
    passed += chunk.length;
    if (passed < limit) return;
    isBroken = true;
    note();
    if (fault.resetAfter !== undefined) client.resetAndDestroy();
    else if (fault.cutAfter !== undefined) client.destroySoon();
  });
}
