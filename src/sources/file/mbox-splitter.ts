import { MAX_MAIL_BYTES, TOO_LARGE } from '../../lib/mail/parse-mail.ts';
import type { Splitter } from './record-reader.ts';

const LF = 0x0a;
const CR = 0x0d;
const SEPARATOR = Buffer.from('\nFrom ');
/** A separator line and the header line after it are far shorter; a longer line is no separator. */
const MAX_LOOKAHEAD = 2048;

const DATED = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+[A-Z0-9][a-z0-9]{0,2}\s.*\d{1,2}:\d{2}/;
const HEADER_LINE = /^[!-9;-~]{1,80}:/;

/**
 * Splits an mbox (RFC 4155) at its `From ` lines. Since many writers leave `From ` unescaped in texts, such a line only
 * separates when an empty line stands before it and it either ends in a date, or is empty, or a header line follows.
 */
export const mboxSplitter: Splitter = {
  maxBytes: MAX_MAIL_BYTES,
  tooLong: TOO_LARGE,
  overlap: 2 * MAX_LOOKAHEAD,
  next(buffer, from, atEnd) {
    const end = nextMessage(buffer, from, atEnd);
    return end === null ? null : { end };
  },
  resync: nextMessage,
};

function nextMessage(buffer: Buffer, from: number, atEnd: boolean): number | null {
  for (let at = buffer.indexOf(SEPARATOR, from); at !== -1; at = buffer.indexOf(SEPARATOR, at + 1)) {
    const verdict = isSeparator(buffer, at + 1, atEnd);
    if (verdict === null) return null;
    if (verdict) return at + 1;
  }
  return atEnd ? buffer.length : null;
}

/** Null: the lines that decide are not all in the buffer. */
function isSeparator(buffer: Buffer, start: number, atEnd: boolean): boolean | null {
  const before = buffer[start - 2] === CR ? buffer[start - 3] : buffer[start - 2];
  if (before !== LF) return false;
  const first = lineAt(buffer, start, atEnd);
  if (first === null) return null;
  if (first.text.trim() === 'From' || DATED.test(first.text)) return true;
  const second = lineAt(buffer, first.end, atEnd);
  return second && HEADER_LINE.test(second.text);
}

function lineAt(buffer: Buffer, start: number, atEnd: boolean): { text: string; end: number } | null {
  const found = buffer.indexOf(LF, start);
  if (found === -1 && !atEnd && buffer.length - start < MAX_LOOKAHEAD) return null;
  const end = found === -1 ? buffer.length : found + 1;
  return { text: buffer.toString('latin1', start, Math.min(end, start + MAX_LOOKAHEAD)), end };
}
