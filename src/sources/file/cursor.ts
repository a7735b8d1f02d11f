import { AppError } from '../../lib/app-error.ts';
import type { FileFormat } from './options.ts';

/** A place between two records of a file. */
export interface Position {
  /** Bytes from the start of the file. */
  readonly offset: number;
  /** Number of the line that begins here, from 1. */
  readonly line: number;
  /** How many records came before. */
  readonly number: number;
}

const CURSOR = /^(csv|jsonl|mbox):(\d{1,15}):(\d{1,15}):(\d{1,15})$/;

export function writeCursor(format: FileFormat, { offset, line, number }: Position): string {
  return [format, offset, line, number].join(':');
}

/** Reads what {@link writeCursor} wrote. Throws AppError `invalid-input` for anything else, and for another format's cursor. */
export function readCursor(cursor: string, format: FileFormat, file: string): Position {
  const parts = CURSOR.exec(cursor);
  if (parts === null || parts[1] !== format) {
    throw new AppError(
      'invalid-input',
      `the place kept for ${file} is not one in a ${format} file: read it again from the start`,
    );
  }
  return { offset: Number(parts[2]), line: Number(parts[3]), number: Number(parts[4]) };
}
