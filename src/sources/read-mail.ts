import type { HeardMention, RejectedRow } from '../domain/mention.ts';
import { AppError } from '../lib/app-error.ts';
import { type ParsedMail, parseMail } from '../lib/mail/parse-mail.ts';
import { identityHash, storableKey } from './mention-fields.ts';
import { isPlausible, readInstant } from './occurred-at.ts';

/** A row became a mention, or it did not and says why. */
export type RowReading = { readonly mention: HeardMention } | { readonly rejected: RejectedRow };

export interface ReadMailOptions {
  readonly now: Date;
  /** Where the mail stood, e.g. `message 3`; what a rejected row carries. */
  readonly where: string;
  /** Default `email`. */
  readonly platform?: string;
  /** When our mailbox took it in, if that is known: stands in for a Date header that is missing or absurd. */
  readonly receivedAt?: Date;
  /** Longest time for this mail. Default 5,000. */
  readonly deadlineMs?: number;
}

/**
 * Makes a mention of one raw mail (RFC 5322 bytes). The author is who stands in From and nobody else; the id is a hash of
 * Message-ID, From, Date and body, so one mail in two mailboxes is one mention and two bodies under one Message-ID are two.
 * Mail that cannot be read is a rejected row with a reason that holds none of its text; nothing is thrown.
 */
export async function readMail(raw: Buffer, options: ReadMailOptions): Promise<RowReading> {
  const reject = (reason: string): RowReading => ({ rejected: { where: options.where, reason } });
  let mail: ParsedMail;
  try {
    mail = await parseMail(raw, options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs });
  } catch (thrown) {
    return reject(thrown instanceof AppError ? thrown.message : 'the mail could not be taken apart');
  }
  if (mail.fromEmail === undefined && mail.fromName === undefined)
    return reject('the mail has no sender in From');
  const text = [mail.subject, mail.body].filter((part) => part !== '').join('\n\n');
  if (text === '') return reject('the mail has neither a subject nor a text');
  const occurredAt = occurredAtOf(mail, options);
  if (occurredAt === null)
    return reject('the mail has no date that can be read, or one before 1990 or ahead of now');
  const externalId = identityOf(mail);
  return {
    mention: {
      platform: options.platform ?? 'email',
      externalId,
      kind: 'mail',
      text,
      author: {
        ...(mail.fromName && { name: mail.fromName }),
        ...(mail.fromEmail && { email: mail.fromEmail }),
      },
      occurredAt,
      thread: storableKey(mail.threadRoot ?? externalId),
      ...(mail.machineMail && { machineMail: mail.machineMail }),
    },
  };
}

/** White space is left out of the body's part: relays rewrap and trim it. */
function identityOf(mail: ParsedMail): string {
  const sender = mail.fromEmail ?? mail.fromName ?? null;
  return identityHash([
    mail.messageId ?? null,
    sender,
    mail.date ?? null,
    mail.sentBody.replaceAll(/\s+/g, ''),
  ]);
}

function occurredAtOf(mail: ParsedMail, { now, receivedAt }: ReadMailOptions): Date | null {
  const told = [mail.date, mail.received].map((text) =>
    text === undefined ? null : readInstant(text, 'UTC'),
  );
  for (const instant of [told[0], receivedAt, told[1]]) {
    if (instant && isPlausible(instant, now)) return instant;
  }
  return null;
}
