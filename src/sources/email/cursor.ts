import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import { readJson } from '../../lib/read-json.ts';

/** How far one folder is read. UIDs only mean something under their UIDVALIDITY (RFC 3501 section 2.3.1.1). */
const Place = z.strictObject({
  /** UIDVALIDITY as decimal digits; `0` when the server names none. */
  validity: z.string().regex(/^\d{1,20}$/),
  /** Every mail up to this UID is read. */
  uid: z.int().min(0),
  /** The latest INTERNALDATE that was seen, in milliseconds since 1970; null: none yet. */
  latest: z.int().nullable(),
  /** While a folder is read by date: mails received before `since` (milliseconds since 1970) are passed over up to UID `until`. */
  scan: z.strictObject({ since: z.int(), until: z.int().min(0) }).optional(),
});
export type Place = z.output<typeof Place>;

/** How far each folder is read, by its name. */
export type Places = Readonly<Record<string, Place>>;

const Cursor = z.record(z.string(), Place);

export function writeCursor(places: Places): string {
  return JSON.stringify(places);
}

/** Reads what {@link writeCursor} wrote. Throws AppError `invalid-input` for anything else. */
export function readCursor(cursor: string | null): Places {
  if (cursor === null) return {};
  const parsed = Cursor.safeParse(readJson(cursor));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'invalid-input',
    'the place kept for this mailbox cannot be read: read it again from the start',
  );
}
