import type { NodemailerError } from 'nodemailer';
import { AppError } from '../../lib/app-error.ts';

/** A recipient that the server did not take, with its reply reduced to codes. */
export interface RefusedRecipient {
  readonly address: string;
  /** Refused for good (5xx); otherwise only put off. */
  readonly isFinal: boolean;
  /** e.g. `550 5.1.1`. */
  readonly reply: string;
}

export function refusedRecipients(
  errors: readonly NodemailerError[] | undefined,
): readonly RefusedRecipient[] {
  return (errors ?? []).map((error) => ({
    address: error.recipient ?? '',
    isFinal: error.permanent === true,
    reply: codesOf(error),
  }));
}

/** The recipients' replies when a mail failed because every one of them was refused; empty for any other failure. */
export function allRefused(error: unknown): readonly RefusedRecipient[] {
  return isMailError(error) && error.code === 'EENVELOPE' ? refusedRecipients(error.rejectedErrors) : [];
}

/** What a failed mail means for the ledger. The server's free text is left out: it may repeat what we sent. */
export function smtpError(error: unknown, host: string): AppError {
  if (error instanceof AppError) return error;
  if (!isMailError(error)) return new AppError('bug', `Sending through ${host} failed.`);
  const { code = error.name, responseCode, permanent, command } = error;
  const what = responseCode === undefined ? code : codesOf(error);
  const isFinal = permanent === true;
  if (code === 'ENOAUTH' || code === 'EAUTH' || responseCode === 530) {
    const kind = isFinal || responseCode === undefined ? 'auth' : 'unavailable';
    return new AppError(kind, `The mail server ${host} refused the login (${what}).`);
  }
  if (isFinal && command === 'MAIL FROM')
    return new AppError('auth', `${host} refused the sender (${what}).`);
  if (isFinal && (command === 'DATA' || code === 'EMESSAGE')) {
    return new AppError('invalid-input', `${host} refused the mail itself (${what}).`);
  }
  return new AppError('unavailable', `Sending through ${host} failed (${what}).`);
}

/** Reply code and enhanced status code (RFC 3463) of an SMTP error. */
function codesOf({ responseCode, response }: NodemailerError): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  return [responseCode ?? 'no reply', enhanced].filter(Boolean).join(' ');
}

/** Every error of the library is an Error to which it adds optional properties. */
function isMailError(error: unknown): error is NodemailerError {
  return error instanceof Error;
}
