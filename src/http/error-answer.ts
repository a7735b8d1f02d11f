import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError, type ErrorKind, toAppError } from '../lib/app-error.ts';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  'invalid-input': 400,
  auth: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'rate-limited': 429,
  unavailable: 503,
  bug: 500,
};

/** The one place where an error becomes an answer: `{ error: { kind, message, id } }`; the id stands in the log too. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    // The request was answered meanwhile, by what bounds its wait; what it still ran into is told nobody.
    if (response.writableEnded) return;
    if (response.headersSent) return next(thrown);
    const error = fromBodyParser(thrown) ?? toAppError(thrown);
    const id = randomUUID();
    const isOurs = error.kind === 'bug';
    if (isOurs) log.error({ err: thrown, id }, 'request failed');
    const retryAfter =
      error.kind === 'unavailable'
        ? 5
        : error.retryAt
          ? Math.ceil((error.retryAt.getTime() - Date.now()) / 1000)
          : null;
    if (retryAfter !== null) response.set('Retry-After', String(retryAfter));
    // What failed half-way may have named another type.
    response
      .status(STATUS[error.kind])
      .type('json')
      .json({
        error: {
          kind: error.kind,
          message: isOurs
            ? 'Something went wrong on our side; the log has the details under this id'
            : error.message,
          id,
        },
      });
  };
}

/** Express's own faults about a request's body carry a 4xx status. */
function fromBodyParser(thrown: unknown): AppError | null {
  const { status, type } = (thrown ?? {}) as { status?: number; type?: string };
  if (status === undefined || status >= 500) return null;
  if (type === 'entity.too.large')
    return new AppError(
      'invalid-input',
      'The body is too large; send less at once (mentions: at most 1,000 and 8 MB; anything else: 256 KB)',
    );
  if (type === 'entity.parse.failed') return new AppError('invalid-input', 'The body is not valid JSON');
  return new AppError('invalid-input', 'The request cannot be read');
}
