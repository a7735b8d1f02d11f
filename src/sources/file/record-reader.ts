import { AppError } from '../../lib/app-error.ts';
import type { Position } from './cursor.ts';

const CHUNK_BYTES = 128 * 1024;
/** How much of a record that cannot be read is handed on. */
const HEAD_BYTES = 64 * 1024;
const LF = 0x0a;

/** What reading needs of an open file: `node:fs`'s FileHandle is one. */
export interface ReadableFile {
  read(into: Buffer, at: number, length: number, from: number): Promise<{ readonly bytesRead: number }>;
}

/** Where a record ends, and what is wrong with it if something is. */
export interface Span {
  /** Index after the record's last byte, its line end included. */
  readonly end: number;
  readonly fault?: string;
}

/** Knows where the records of one format end. Holds no state: `from` is always the start of a record. */
export interface Splitter {
  /** A longer record is passed over. */
  readonly maxBytes: number;
  /** What is said of a record that is longer. */
  readonly tooLong: string;
  /** How many bytes before a record decide that it begins there. */
  readonly overlap: number;
  /** The record at `from`, or null when more bytes are needed; never null when `atEnd` says that none will come. */
  next(buffer: Buffer, from: number, atEnd: boolean): Span | null;
  /** Where to go on after a record that is too long, or null when that is not in the buffer. */
  resync(buffer: Buffer, from: number, atEnd: boolean): number | null;
}

/** One record: its bytes, or why it cannot be read and how it begins. */
export interface FileRecord {
  readonly content: Buffer | { readonly fault: string; readonly head: Buffer };
  /** Where it begins. */
  readonly at: Position;
  /** Where the next one begins. */
  readonly next: Position;
}

/** Stops a long read. Throws AppError `unavailable`: the cursor stays, so trying again goes on from there. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('unavailable', 'reading was stopped', { cause: signal.reason });
}

/**
 * Reads the records of a file from a position on. Holds at most one record of `maxBytes` and as much again, however long the
 * lines of the file are.
 */
export async function* readRecords(
  file: ReadableFile,
  from: Position,
  splitter: Splitter,
  signal: AbortSignal,
): AsyncGenerator<FileRecord, void, void> {
  const window = new Window(file, from.offset);
  let at = from;
  for (;;) {
    stopIfAborted(signal);
    const span = window.isEmpty ? null : splitter.next(window.buffer, window.start, window.isAtEnd);
    const size = (span?.end ?? window.buffer.length) - window.start;
    if (size > splitter.maxBytes) {
      const head = Buffer.from(window.buffer.subarray(window.start, window.start + HEAD_BYTES));
      const lines = await passOver(window, splitter, signal);
      const next = { offset: window.offset, line: at.line + lines, number: at.number + 1 };
      yield { content: { fault: splitter.tooLong, head }, at, next };
      at = next;
    } else if (span !== null) {
      const bytes = window.take(span.end);
      const next = { offset: window.offset, line: at.line + lineEnds(bytes), number: at.number + 1 };
      const { fault } = span;
      yield { content: fault === undefined ? bytes : { fault, head: bytes }, at, next };
      at = next;
    } else if (window.isAtEnd) return;
    else await window.fill();
  }
}

/** Leaves the window at the next record; gives the number of lines that were passed over. */
async function passOver(window: Window, splitter: Splitter, signal: AbortSignal): Promise<number> {
  let lines = 0;
  for (;;) {
    stopIfAborted(signal);
    const goOn = splitter.resync(window.buffer, window.start, window.isAtEnd);
    if (goOn !== null) return lines + lineEnds(window.take(goOn));
    lines += lineEnds(window.take(Math.max(window.start, window.buffer.length - splitter.overlap)));
    await window.fill();
  }
}

function lineEnds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count += 1;
  return count;
}

/** The part of the file that is in memory. */
class Window {
  readonly #file: ReadableFile;
  /** Offset in the file of `start`. */
  offset: number;
  buffer: Buffer = Buffer.alloc(0);
  /** Index of the first byte that was not taken. */
  start = 0;
  isAtEnd = false;

  constructor(file: ReadableFile, offset: number) {
    this.#file = file;
    this.offset = offset;
  }

  get isEmpty(): boolean {
    return this.start >= this.buffer.length;
  }

  /** Hands out the bytes up to an index and moves past them. */
  take(end: number): Buffer {
    const bytes = this.buffer.subarray(this.start, end);
    this.offset += bytes.length;
    this.start = end;
    return bytes;
  }

  /** Reads on. The window doubles while a record outgrows it, so that no byte is looked at more than a few times. */
  async fill(): Promise<void> {
    const kept = this.buffer.subarray(this.start);
    const grown = Buffer.allocUnsafe(kept.length + Math.max(CHUNK_BYTES, kept.length));
    kept.copy(grown);
    const { bytesRead } = await this.#file.read(
      grown,
      kept.length,
      grown.length - kept.length,
      this.offset + kept.length,
    );
    this.isAtEnd = bytesRead === 0;
    this.buffer = grown.subarray(0, kept.length + bytesRead);
    this.start = 0;
  }
}
