import { connect, isIP, type Socket } from 'node:net';
import { type AddressGuard, REFUSED_ADDRESS } from '../address-guard.ts';
import { AppError } from '../app-error.ts';

export interface MailServer {
  readonly host: string;
  readonly port: number;
}

export interface MailSocket {
  readonly socket: Socket;
  /** The server stands in an allowed private network. */
  readonly isListed: boolean;
}

interface OpenMailSocketOptions {
  readonly guard: AddressGuard;
  /** Ports on which a public host is spoken to. */
  readonly publicPorts: ReadonlySet<number>;
  readonly signal: AbortSignal;
}

/**
 * Opens the connection to a mail server (SMTP, IMAP) behind the address guard. Throws AppError: `not-found` when the guard
 * refuses the address, `unavailable` when nobody answers or `signal` fires; the signal then also ends the open socket.
 */
export async function openMailSocket(
  server: MailServer,
  { guard, publicPorts, signal }: OpenMailSocketOptions,
): Promise<MailSocket> {
  const { host, port } = server;
  const reach = publicPorts.has(port) ? 'public' : 'listed';
  if (isIP(host) !== 0 && !guard.allows(host, reach)) throw refused(server);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal, lookup: guard.lookup(reach) });
    // Stays on for the socket's life: an abort after the handover must not become an unhandled event.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.name;
      reject(
        code === REFUSED_ADDRESS
          ? refused(server)
          : new AppError('unavailable', `No connection to ${host} (${code}).`),
      );
    });
    socket.once('connect', () =>
      resolve({ socket, isListed: guard.allows(socket.remoteAddress ?? '', 'listed') }),
    );
  });
}

function refused({ host, port }: MailServer): AppError {
  return new AppError(
    'not-found',
    `The mail server ${host}:${port} is not a public address on a mail port; if it is meant, allow its network.`,
  );
}
