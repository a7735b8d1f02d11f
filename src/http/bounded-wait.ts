import type { ErrorRequestHandler, RequestHandler } from 'express';

/** A request that is not answered by then asks whether the database still answers; when it does, the request is only long. */
const PATIENCE_MS = 3_500;

/** Gives a request up with what `ping` throws when it waits for a database that does not answer, so that no caller hangs. */
export function boundedWait(ping: () => Promise<void>, answer: ErrorRequestHandler): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      ping().catch((error: unknown) => {
        if (!response.headersSent) answer(error, request, response, next);
      });
    }, PATIENCE_MS);
    response.once('close', () => clearTimeout(timer));
    next();
  };
}
