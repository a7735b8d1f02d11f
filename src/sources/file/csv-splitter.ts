import { endOfLine, MAX_ROW_BYTES } from './line-splitter.ts';
import type { Span, Splitter } from './record-reader.ts';

const QUOTE = 0x22;
const CR = 0x0d;
const UNBALANCED = 'a quote in the row is never closed, or one inside a quoted cell is not doubled';

/** How one table is written, as bytes. */
export interface CsvBytes {
  readonly delimiter: number;
  /** LF (also for CRLF), or CR in files of old spreadsheets. */
  readonly lineEnd: number;
}

/**
 * Splits a table into rows, whose quoted cells may hold line ends. A row whose quotes do not balance is given up at the end
 * of its first line and reading goes on behind it, so that one stray quote costs one line and not the rest of the file.
 */
export function csvSplitter({ delimiter, lineEnd }: CsvBytes): Splitter {
  const next = (buffer: Buffer, from: number, atEnd: boolean): Span | null => {
    let isQuoted = false;
    let isCellStart = true;
    let isStray = false;
    for (let at = from; at < buffer.length; at += 1) {
      const byte = buffer[at];
      if (isQuoted) {
        at = buffer.indexOf(QUOTE, at);
        if (at === -1) break;
        if (at + 1 === buffer.length && !atEnd) return null;
        const after = buffer[at + 1];
        if (after === QUOTE) {
          at += 1;
          continue;
        }
        isQuoted = false;
        isStray ||= after !== undefined && after !== delimiter && after !== lineEnd && after !== CR;
      } else if (byte === lineEnd) {
        return spanOf(buffer, from, at + 1, isStray);
      } else if (byte === delimiter) {
        isCellStart = true;
      } else {
        isQuoted = isCellStart && byte === QUOTE;
        isCellStart = false;
      }
    }
    return atEnd ? spanOf(buffer, from, buffer.length, isStray, isQuoted) : null;
  };

  const spanOf = (buffer: Buffer, from: number, end: number, isStray: boolean, isOpen = false): Span => {
    const firstLine = endOfLine(buffer, from, true, lineEnd) ?? end;
    const isBroken = isOpen || (isStray && firstLine < end);
    return isBroken ? { end: firstLine, fault: UNBALANCED } : { end };
  };

  return {
    maxBytes: MAX_ROW_BYTES,
    tooLong: 'the row is longer than 1 MB, or a quote in it is never closed',
    overlap: 0,
    next,
    resync: (buffer, from, atEnd) => endOfLine(buffer, from, atEnd, lineEnd),
  };
}
