import { AppError } from '../../lib/app-error.ts';

/** Refusals of a login that say "not now" (RFC 5530, RFC 9051 section 7.1). */
const NOT_NOW = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG']);

/** What the library adds to its errors; all of it may be missing. */
interface ImapError extends Error {
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly serverResponseCode?: string;
  readonly responseStatus?: string;
  readonly mailboxMissing?: boolean;
}

/** What a failed login means. The server's words are left out: they may repeat what we sent. */
export function loginError(error: unknown, host: string, remedy: string): AppError {
  if (!isImapError(error) || error.authenticationFailed !== true) return imapError(error, host);
  const code = error.serverResponseCode?.toUpperCase();
  const what = code === undefined ? '' : ` (${printableCode(code)})`;
  if (code !== undefined && NOT_NOW.has(code))
    return new AppError('unavailable', `${host} takes no login at the moment${what}.`);
  return new AppError('auth', `${host} refused the login${what}: ${remedy}.`);
}

/** What a failed command means; a lost connection is `unavailable`. */
export function imapError(error: unknown, host: string, folder?: string): AppError {
  if (error instanceof AppError) return error;
  if (!isImapError(error)) return new AppError('bug', `Reading ${host} failed.`);
  if (error.mailboxMissing === true) {
    const remedy = 'correct folders, spelled as the server does, or make the folder';
    return new AppError('not-found', `${host} has no folder "${folder}": ${remedy}.`);
  }
  const code = printableCode(error.code ?? error.responseStatus ?? error.name);
  return new AppError('unavailable', `Reading ${folder ?? 'mail'} from ${host} failed (${code}).`);
}

function printableCode(code: string): string {
  return code.replaceAll(/[^\w-]/g, '').slice(0, 40);
}

/** Every error of the library is an Error to which it adds optional properties. */
function isImapError(error: unknown): error is ImapError {
  return error instanceof Error;
}
