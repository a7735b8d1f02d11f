import { createHash } from 'node:crypto';
import type { HeardAuthor, HeardMention, RejectedRow } from '../domain/mention.ts';
import type { MailParser } from '../lib/mail/mail-parser.ts';
import type { ParsedMail } from '../lib/mail/parse-mail.ts';
import { plainHeader } from '../lib/mail/plain-header.ts';
import { identityHash, storableKey } from './mention-fields.ts';
import { isPlausible, readInstant } from './occurred-at.ts';

/** A row became a mention, or it did not and says why. */
export type RowReading = { readonly mention: HeardMention } | { readonly rejected: RejectedRow };

/** Where a mail was found, and what takes it apart. */
export interface MailContext {
  readonly parser: MailParser;
  readonly now: Date;
  /** Where the mail stood, e.g. `message 3`; what a rejected row carries. */
  readonly where: string;
  readonly platform: string;
  /** When our mailbox took it in, if that is known: stands in for a Date header that is missing or absurd. */
  readonly receivedAt?: Date;
}

/** All such mail counts as of one person, so that no digest overstates how many spoke. */
const UNKNOWN_SENDER: HeardAuthor = { name: 'unknown sender' };
const NO_TEXT = 'This mail has no text that can be read.';

/**
 * Makes a mention of one raw mail (RFC 5322 bytes). The author is who stands in From and nobody else; the id is a hash of
 * Message-ID, From, Date and body, so one mail in two mailboxes is one mention and two bodies under one Message-ID are two.
 * Mail that cannot be taken apart, has no sender or no text is a mention that says so in `unreadable`, for a person to look
 * at. Only what is no mail at all, or has no date, is a rejected row. Throws AppError `unavailable` when no thread can be had.
 */
export async function readMail(raw: Buffer, context: MailContext): Promise<RowReading> {
  if (raw.every((byte) => byte <= 0x20))
    return { rejected: { where: context.where, reason: 'there is no mail, only blanks' } };
  const reading = await context.parser.parse(raw);
  if ('refusal' in reading) return readBrokenMail(raw, reading.refusal, context);
  return rowOf(reading.mail, identityOf(reading.mail), faultOf(reading.mail), context);
}

/**
 * Makes a mention of mail that cannot be taken apart, with what its header says of sender, subject and day; `raw` may be its
 * beginning only, and is what the id is a hash of. Throws as {@link readMail} does.
 */
export async function readBrokenMail(raw: Buffer, reason: string, context: MailContext): Promise<RowReading> {
  const header = await context.parser.parse(plainHeader(raw));
  const mail = 'mail' in header ? header.mail : {};
  return rowOf(mail, createHash('sha256').update(raw).digest('hex'), reason, context);
}

function rowOf(
  mail: Partial<ParsedMail>,
  externalId: string,
  unreadable: string | undefined,
  context: MailContext,
): RowReading {
  const occurredAt = occurredAtOf(mail, context);
  if (occurredAt === null) {
    const reason = 'the mail has no date that can be read, or one before 1990 or ahead of now';
    return { rejected: { where: context.where, reason } };
  }
  return {
    mention: {
      platform: context.platform,
      externalId,
      kind: 'mail',
      text: [mail.subject, mail.body].filter(Boolean).join('\n\n') || NO_TEXT,
      author: hasSender(mail)
        ? { ...(mail.fromName && { name: mail.fromName }), ...(mail.fromEmail && { email: mail.fromEmail }) }
        : UNKNOWN_SENDER,
      occurredAt,
      thread: storableKey(mail.threadRoot ?? externalId),
      ...(mail.machineMail && { machineMail: mail.machineMail }),
      ...(unreadable !== undefined && { unreadable }),
    },
  };
}

function faultOf(mail: ParsedMail): string | undefined {
  if (!hasSender(mail)) return 'the mail has no sender in From';
  return mail.subject === '' && mail.body === '' ? 'the mail has neither a subject nor a text' : undefined;
}

function hasSender({ fromEmail, fromName }: Partial<ParsedMail>): boolean {
  return fromEmail !== undefined || fromName !== undefined;
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

function occurredAtOf(mail: Partial<ParsedMail>, { now, receivedAt }: MailContext): Date | null {
  const told = [mail.date, mail.received].map((text) =>
    text === undefined ? null : readInstant(text, 'UTC'),
  );
  for (const instant of [told[0], receivedAt, told[1]]) {
    if (instant && isPlausible(instant, now)) return instant;
  }
  return null;
}
