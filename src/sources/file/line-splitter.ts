import type { Splitter } from './record-reader.ts';

const LF = 0x0a;

/** Longest line of a JSONL file and longest row of a table. */
export const MAX_ROW_BYTES = 1024 * 1024;

/** Where the line that `from` stands in ends, its line end included, or null when that is not in the buffer. */
export function endOfLine(buffer: Buffer, from: number, atEnd: boolean, lineEnd = LF): number | null {
  const found = buffer.indexOf(lineEnd, from);
  if (found !== -1) return found + 1;
  return atEnd ? buffer.length : null;
}

/** One record a line. */
export const lineSplitter: Splitter = {
  maxBytes: MAX_ROW_BYTES,
  tooLong: 'the line is longer than 1 MB',
  overlap: 0,
  next(buffer, from, atEnd) {
    const end = endOfLine(buffer, from, atEnd);
    return end === null ? null : { end };
  },
  resync: (buffer, from, atEnd) => endOfLine(buffer, from, atEnd),
};
