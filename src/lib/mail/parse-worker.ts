import { AppError } from '../app-error.ts';
import type { MailReading } from './mail-parser.ts';
import { parseMail } from './parse-mail.ts';

/** Takes one mail apart. An error would lose its kind on the way out of the thread, so what is refused is an answer. */
export async function run(raw: Uint8Array): Promise<MailReading> {
  try {
    return { mail: await parseMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)) };
  } catch (thrown) {
    return { refusal: thrown instanceof AppError ? thrown.message : 'the mail could not be taken apart' };
  }
}

/** Tells that the thread is up. */
export function ping(): void {}
