/**
 * The closed list of what can go wrong; the kind decides HTTP status, retry, log level and exit code. `auth`: we do not know who asks
 * (or they do not know us); `forbidden`: we know, and they may not.
 */
export type ErrorKind =
  | 'invalid-input'
  | 'not-found'
  | 'conflict'
  | 'auth'
  | 'forbidden'
  | 'rate-limited'
  | 'unavailable'
  | 'bug';

interface AppErrorOptions {
  readonly cause?: unknown;
  /** For `rate-limited` and `unavailable`: not to be tried again before this instant. */
  readonly retryAt?: Date;
  /** For `auth` and `not-found`: the far side says that it will not come back, so that another try tells nothing. */
  readonly isGone?: boolean;
  /** For `unavailable`: how far it got, for the next try to go on from. */
  readonly progress?: string;
}

/** An error whose message is fit to show: what was tried, where, what to do. No secret, no customer text. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly retryAt: Date | undefined;
  readonly isGone: boolean;
  readonly progress: string | undefined;

  constructor(kind: ErrorKind, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.retryAt = options.retryAt;
    this.isGone = options.isGone ?? false;
    this.progress = options.progress;
  }
}

/** Makes an Error of whatever was thrown; anything that is not an AppError is our bug until a boundary says otherwise. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('bug', message, { cause: thrown });
}

/** Whether trying the same thing again later can help. */
export function isRetryable(error: AppError): boolean {
  return error.kind === 'rate-limited' || error.kind === 'unavailable';
}
