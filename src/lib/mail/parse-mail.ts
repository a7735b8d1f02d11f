import { MailParser, parseAddressHeader } from 'mailparser';
import { AppError } from '../app-error.ts';
import { storableText } from '../safe-text.ts';
import { htmlToPlainText } from './html-text.ts';
import { type HeaderLookup, type MachineMailReason, machineMailOf } from './machine-mail.ts';

/** Limits of one mail; what goes past them is refused before it costs time or memory. */
export const MAX_MAIL_BYTES = 10 * 1024 * 1024;
const MAX_HEADER_BYTES = 256 * 1024;
const MAX_PARTS = 200;
const MAX_BODY_CHARACTERS = 1024 * 1024;

/** A mail taken apart; every text is safe to store. */
export interface ParsedMail {
  /** Without angle brackets; undefined when the mail has none. */
  readonly messageId: string | undefined;
  /** The first address of From, lower case. */
  readonly fromEmail: string | undefined;
  readonly fromName: string | undefined;
  readonly subject: string;
  /** Plain text, or the words of the HTML part; cut at 1 MB. */
  readonly body: string;
  /** The Date header as written, or undefined. */
  readonly date: string | undefined;
  /** When our side took it in, as the topmost Received header says; as written. */
  readonly received: string | undefined;
  /** Message-ID of the conversation's first mail: the root of References, else In-Reply-To, else the mail's own. */
  readonly threadRoot: string | undefined;
  readonly machineMail: MachineMailReason | null;
  /** The body as sent, before HTML became text: the part of the mail's identity that no version of ours changes. */
  readonly sentBody: string;
}

/** What is said of mail that is larger than {@link MAX_MAIL_BYTES}. */
export const TOO_LARGE = 'the mail is larger than 10 MB';

/**
 * Takes raw mail apart within limits: 10 MB, 256 KB of headers a part, 200 parts. Attachments are passed over. Throws
 * AppError `invalid-input` for mail that breaks a limit or cannot be parsed; its message holds nothing of the mail. Mail can
 * be made to take long, so `createMailParser` calls this in a thread.
 */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  if (raw.length > MAX_MAIL_BYTES) throw new AppError('invalid-input', TOO_LARGE);
  const parts = await readParts(raw);
  const header = headerLookup(parts.headerLines);
  const from = parseAddressHeader(header('from') ?? '', { flatten: true }).value[0];
  const sentBody = isBlank(parts.text) ? parts.html : parts.text;
  const body = isBlank(parts.text) ? htmlToPlainText(parts.html) : parts.text;
  const messageId = messageIds(header('message-id'))[0] ?? bareId(header('message-id'));
  return {
    messageId,
    fromEmail: addressOf(from?.address),
    fromName:
      from === undefined || isBlank(from.name) ? undefined : storableText(from.name.trim().slice(0, 200)),
    subject: oneLine(parts.subject),
    body: storableText(body.replaceAll('\r\n', '\n').trim().slice(0, MAX_BODY_CHARACTERS)),
    date: header('date'),
    received: header('received')?.split(';').at(-1)?.trim(),
    threadRoot: messageIds(header('references'))[0] ?? messageIds(header('in-reply-to'))[0] ?? messageId,
    machineMail: machineMailOf((name) => (name === 'subject' ? parts.subject : header(name))),
    sentBody,
  };
}

interface MailParts {
  subject: string;
  text: string;
  html: string;
  headerLines: readonly { readonly key: string; readonly line: string }[];
}

function readParts(raw: Buffer): Promise<MailParts> {
  return new Promise((resolve, reject) => {
    const parts: MailParts = { subject: '', text: '', html: '', headerLines: [] };
    const parser = new MailParser({
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      checksumAlgo: false,
      maxHeadSize: MAX_HEADER_BYTES,
      maxChildNodes: MAX_PARTS,
    });
    parser.on('error', () => {
      parser.destroy();
      reject(
        new AppError(
          'invalid-input',
          'the mail breaks a limit (256 KB of headers, 200 parts) or is not MIME',
        ),
      );
    });
    parser.on('headers', (headers) => {
      const subject = headers.get('subject');
      if (typeof subject === 'string') parts.subject = subject;
    });
    parser.on('headerLines', (lines) => (parts.headerLines = lines));
    parser.on('data', (part) => {
      if (part.type === 'text') {
        parts.text = part.text ?? '';
        parts.html = part.html ?? '';
        return;
      }
      part.content.resume();
      part.release?.();
    });
    parser.on('end', () => resolve(parts));
    parser.end(raw);
  });
}

/** The first header of a name counts, as mail programs show it; encoded words stay as they are. */
function headerLookup(lines: MailParts['headerLines']): HeaderLookup {
  const first = new Map<string, string>();
  for (const { key, line } of lines) {
    if (first.has(key)) continue;
    // The parser hands header lines over one character a byte.
    const value = Buffer.from(line.slice(line.indexOf(':') + 1), 'latin1').toString('utf8');
    first.set(key, storableText(value.replaceAll(/\r?\n[ \t]?/g, ' ').trim()));
  }
  return (name) => first.get(name);
}

function messageIds(value: string | undefined): string[] {
  return [...(value ?? '').matchAll(/<([^<>\s]{1,995})>/g)].map(([, id]) => id ?? '');
}

function bareId(value: string | undefined): string | undefined {
  return value === undefined || isBlank(value) ? undefined : value.slice(0, 995);
}

function addressOf(address: string | undefined): string | undefined {
  const email = storableText(address ?? '')
    .trim()
    .toLowerCase();
  return /^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/.test(email) ? email : undefined;
}

function oneLine(subject: string): string {
  return storableText(subject.replaceAll(/\s+/g, ' ').trim().slice(0, 1000));
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
