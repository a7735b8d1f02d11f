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

interface PlannedFault {
  readonly fault: Fault;
  readonly note: () => void;
}

export interface FaultProxy {
  readonly port: number;
  /** How many connections met the fault they were given. */
  readonly met: number;
  /** Bytes that servers said and clients were given. */
  readonly passed: number;
  /** Waits with the next thing a client says that holds this text; `held` resolves once it was said. */
  holdAt(text: string): { readonly held: Promise<void>; release(): void };
  /** Gives the next connection a fault; those after it have none until this is called again. Resolves once it was met. */
  failNext(fault: Fault): Promise<void>;
  close(): Promise<void>;
}

/** A TCP proxy on loopback that breaks connections where it is told to. */
export async function startFaultProxy(
  targetPort: number,
  { host = '127.0.0.1', port = 0 } = {},
): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let next: PlannedFault = { fault: {}, note: () => undefined };
  let met = 0;
  let passed = 0;
  let hold: { readonly text: string; readonly reached: () => void; readonly released: Promise<void> } | null =
    null;

  const server = createServer((client) => {
    const { fault, note } = next;
    next = { fault: {}, note: () => undefined };
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      // Breaking connections is what it is for.
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk) => {
      if (hold === null || !chunk.includes(hold.text)) return void target.write(chunk);
      const { reached, released } = hold;
      hold = null;
      reached();
      void released.then(() => target.write(chunk));
    });
    client.once('close', () => target.destroy());
    target.once('close', () => client.destroySoon());
    target.on('data', (chunk) => {
      passed += chunk.length;
    });
    passOn(target, client, fault, () => {
      met += 1;
      note();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });

  return {
    port: portOf(server),
    get met() {
      return met;
    },
    get passed() {
      return passed;
    },
    holdAt(text) {
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      const held = new Promise<void>((reached) => (hold = { text, reached, released }));
      return { held, release };
    },
    failNext: (fault) =>
      new Promise((note) => {
        next = { fault, note };
      }),
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
