import { isUtf8 } from 'node:buffer';

/** One line of a stream: its 1-based number and either its text (without the line end) or why it cannot be read. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly error: string };

export interface LineReaderOptions {
  /** Longest line that is kept, in bytes without its line end; a longer one becomes an error. Default 1 MiB. */
  readonly maxLineBytes?: number;
}

const DEFAULT_MAX_LINE_BYTES = 1024 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits a byte stream into lines at LF or CRLF. UTF-8 is strict: a line with broken bytes is an error of that line
 * alone. A byte order mark at the start is dropped; an input that begins with a UTF-16 mark says so. Memory stays within
 * `maxLineBytes` and one chunk: the rest of a line that is too long is skipped up to its end. The last line needs no
 * line end, and a line end at the very end opens no further line. Errors of the stream itself are thrown.
 */
export async function* readLines(
  stream: AsyncIterable<Uint8Array | string>,
  { maxLineBytes = DEFAULT_MAX_LINE_BYTES }: LineReaderOptions = {},
): AsyncGenerator<Line, void, void> {
  let number = 0;
  let parts: Buffer[] = [];
  let held = 0;
  let isOpen = false;

  const take = (piece: Buffer): void => {
    isOpen = true;
    held += piece.length;
    // One byte of slack is for the CR of a CRLF, which is not part of the line.
    if (held <= maxLineBytes + 1) parts.push(Buffer.from(piece));
    else parts = [];
  };
  const finish = (): Line => {
    number += 1;
    const bytes = trimEnd(Buffer.concat(parts));
    const isTooLong = held > maxLineBytes + 1 || bytes.length > maxLineBytes;
    parts = [];
    held = 0;
    isOpen = false;
    if (isTooLong) return { number, error: `line ${number} is longer than ${maxLineBytes} bytes` };
    return decodeLine(number, bytes);
  };

  for await (const chunk of stream) {
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk)
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let from = 0;
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, from)) {
      take(bytes.subarray(from, at));
      yield finish();
      from = at + 1;
    }
    if (from < bytes.length) take(bytes.subarray(from));
  }
  if (isOpen) yield finish();
}

function trimEnd(bytes: Buffer): Buffer {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
}

function decodeLine(number: number, bytes: Buffer): Line {
  if (number === 1 && startsLikeUtf16(bytes)) {
    return { number, error: 'line 1 begins with a UTF-16 byte order mark: save the file as UTF-8' };
  }
  if (!isUtf8(bytes)) return { number, error: `line ${number} is not valid UTF-8` };
  const hasMark = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { number, text: bytes.toString('utf8', hasMark ? 3 : 0) };
}

function startsLikeUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
