import { AppError, type ErrorKind } from '../lib/app-error.ts';
import { retryAtFrom } from '../lib/backoff.ts';
import type { HttpAnswer, HttpClient } from '../lib/http-client.ts';

/** As `http.request`, but an address that may not be called counts as a wrong destination, not as a wrong message. */
export async function callDestination(
  http: HttpClient,
  request: Parameters<HttpClient['request']>[0],
): Promise<HttpAnswer> {
  try {
    return await http.request(request);
  } catch (error) {
    if (error instanceof AppError && error.kind === 'invalid-input')
      throw new AppError('not-found', error.message);
    throw error;
  }
}

interface RefusedAnswer {
  readonly status: number;
  readonly headers: HttpAnswer['headers'];
  /** Whose answer it is, for the error's message, e.g. `Slack`. */
  readonly who: string;
  /** What the far side calls the fault; never its free text, which may repeat what we sent. */
  readonly reason?: string;
  /** Whether the far side says that this destination is no more; 410 always does. */
  readonly isGone?: boolean;
  readonly now: Date;
}

/** Turns an HTTP answer that does not mean "taken" into the error the ledger acts on. */
export function answerError({
  status,
  headers,
  who,
  reason,
  now,
  isGone = status === 410,
}: RefusedAnswer): AppError {
  const kind = kindOf(status);
  const message = `${who} answered ${status}${reason === undefined ? '' : ` (${reason})`}.`;
  const header = headers['retry-after'];
  const isRetry = kind === 'rate-limited' || (kind === 'unavailable' && header !== undefined);
  return new AppError(kind, message, isRetry ? { retryAt: retryAtFrom(header, now) } : { isGone });
}

/** A redirect may be a maintenance page, so it is tried again; it is never followed. */
function kindOf(status: number): ErrorKind {
  if (status === 429) return 'rate-limited';
  if (status === 401 || status === 403 || status === 407) return 'auth';
  if (status === 404 || status === 405 || status === 410) return 'not-found';
  if (status < 400 || status >= 500 || status === 408 || status === 425) return 'unavailable';
  return 'invalid-input';
}
