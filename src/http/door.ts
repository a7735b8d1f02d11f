import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../lib/app-error.ts';

/** The listening socket, taken before anything else is opened; it answers 503 until an application is admitted. */
export interface Door {
  readonly port: number;
  /** Requests go there from now on. Resolves once those that went to the application before are answered. */
  admit(application: RequestListener): Promise<void>;
  close(): Promise<void>;
}

/** Throws AppError when the port cannot be had, saying which and what to do. */
export async function openDoor({ host, port }: { host: string; port: number }): Promise<Door> {
  let application: RequestListener = (request, response) => {
    const isAlive = request.url === '/healthz';
    response.writeHead(isAlive ? 200 : 503, { 'Content-Type': 'application/json', 'Retry-After': '2' });
    const error = { kind: 'unavailable', message: 'Earshot is starting', id: randomUUID() };
    response.end(JSON.stringify(isAlive ? { status: 'ok' } : { error }));
  };
  let answering = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const here = answering;
    here.add(response);
    response.once('close', () => here.delete(response));
    application(request, response);
  });
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(explain(cause, host, port)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async admit(next) {
      application = next;
      const before = [...answering];
      answering = new Set();
      await Promise.all(
        before.map((response) => new Promise<void>((resolve) => response.once('close', resolve))),
      );
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 3_000).unref();
      }),
  };
}

function explain(cause: NodeJS.ErrnoException, host: string, port: number): AppError {
  if (cause.code === 'EADDRINUSE')
    return new AppError(
      'conflict',
      `Port ${port} on ${host} is in use; stop what uses it, or set PORT to another`,
      { cause },
    );
  if (cause.code === 'EACCES')
    return new AppError(
      'conflict',
      `Port ${port} needs more rights than this user has; set PORT to one above 1023`,
      { cause },
    );
  return new AppError(
    'invalid-input',
    `Cannot listen on ${host}:${port} (${cause.code}); check HOST and PORT`,
    { cause },
  );
}
