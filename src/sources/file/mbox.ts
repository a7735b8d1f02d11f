import { AppError } from '../../lib/app-error.ts';
import { readInstant } from '../occurred-at.ts';
import { type MailContext, type RowReading, readBrokenMail, readMail } from '../read-mail.ts';
import type { Position } from './cursor.ts';
import type { FileLayout, OpenLayout } from './format.ts';
import { mboxSplitter } from './mbox-splitter.ts';

const LF = 0x0a;
const ESCAPED_FROM = /^>(>{0,1000}From )/gm;

/** Opens an mbox (RFC 4155; texts escaped as in the mboxrd variant). Throws AppError `invalid-input` when it does not begin like one. */
export const openMbox: OpenLayout = (file, options, { now, parser }): FileLayout => {
  if (options.map !== undefined && Object.keys(options.map).length > 0) {
    throw new AppError('invalid-input', `${file.name} is an mbox, which has no columns: leave map out`);
  }
  const blank = /^\s*/.exec(file.head.toString('latin1', file.markBytes, file.markBytes + 1000))?.[0] ?? '';
  const offset = file.markBytes + blank.length;
  if (file.head.toString('latin1', offset, offset + 5) !== 'From ') {
    throw new AppError(
      'invalid-input',
      `${file.name}, line 1: this is not an mbox, which begins with a line "From …"`,
    );
  }
  const platform = options.platform ?? 'email';
  const kind = options.channel ?? 'mail';
  const ofKind = (reading: RowReading): RowReading =>
    'mention' in reading ? { mention: { ...reading.mention, kind } } : reading;
  const mailIn = (bytes: Buffer, at: Position): { raw: Buffer; context: MailContext } => {
    const found = bytes.indexOf(LF);
    const firstLine = found === -1 ? bytes.length : found;
    const receivedAt = separatorDate(bytes.toString('latin1', 0, Math.min(firstLine, 500)));
    const where = `message ${at.number + 1}`;
    return {
      raw: unescapeFrom(bytes.subarray(firstLine + 1)),
      context: { parser, now, where, platform, ...(receivedAt && { receivedAt }) },
    };
  };
  return {
    format: 'mbox',
    columns: [],
    mapping: new Map(),
    platform,
    kind,
    start: { offset, line: blank.split('\n').length, number: 0 },
    splitter: mboxSplitter,
    async readRow(bytes, at) {
      const { raw, context } = mailIn(bytes, at);
      return ofKind(await readMail(raw, context));
    },
    async readBroken(head, fault, at) {
      const { raw, context } = mailIn(head, at);
      return ofKind(await readBrokenMail(raw, fault, context));
    },
  };
};

/** `From anna@example.com Thu Mar 26 09:30:00 2026`: what follows the sender is the day the mail came in. */
function separatorDate(separator: string): Date | null {
  const written = /^From \S{0,320}\s+(.+)$/.exec(separator.trim())?.[1];
  return written === undefined ? null : readInstant(written, 'UTC');
}

/** mboxrd puts one `>` before every line of a text that begins with `From `, or with `>`s and `From `. */
function unescapeFrom(bytes: Buffer): Buffer {
  if (!bytes.includes('>From ')) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll(ESCAPED_FROM, '$1'), 'latin1');
}
