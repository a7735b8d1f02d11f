import { AppError } from '../lib/app-error.ts';

/** A place in a list as callers carry it: the parts in base64, meant for nobody to read. */
function writeCursor(...parts: readonly string[]): string {
  return Buffer.from(parts.join(' ')).toString('base64url');
}

/** The parts again, each of which has to fit its pattern. Throws AppError `invalid-input`. */
export function readCursor(cursor: string, ...patterns: readonly RegExp[]): readonly string[] {
  const parts = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (
    parts.length !== patterns.length ||
    !patterns.every((pattern, index) => pattern.test(parts[index] ?? ''))
  )
    throw new AppError('invalid-input', 'cursor: is none of ours; pass on the nextCursor of the page before');
  return parts;
}

export const ID_PART = /^\d{1,18}$/;
export const INSTANT_PART = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A page of rows, of which one more than `limit` was asked for, and where it goes on. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly string[],
): { readonly page: readonly Row[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last ? writeCursor(...placeOf(last)) : null };
}
