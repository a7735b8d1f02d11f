import { DateTime } from 'luxon';
import { offsetMinutes, readMailDate, utcInstant } from '../lib/mail/mail-date.ts';

const EARLIEST = Date.UTC(1990, 0, 1);
const TWO_DAYS_MS = 2 * 24 * 3600 * 1000;

const ISO =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;
const EPOCH_SECONDS = /^\d{9,10}(?:\.\d{1,9})?$/;
const EPOCH_MILLISECONDS = /^\d{12,13}$/;

/** What to write where a date could not be read. */
export const READABLE_DATES =
  'write it like 2026-03-31T09:30:00Z, 2026-03-31 09:30:00 +0200 or as seconds since 1970';

/**
 * Reads an instant as platforms write them: ISO 8601 (with a blank for the `T`, with slashes), RFC 5322, X's
 * `Tue Oct 31 22:10:47 +0000 2017`, seconds or milliseconds since 1970. Forms whose day and month can be mistaken for each
 * other (`02/03/2026`) are refused. `zone` (IANA) holds for ISO forms without an offset; null when it cannot be read.
 */
export function readInstant(text: string, zone: string): Date | null {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso !== null) return fromIso(iso, zone);
  if (EPOCH_SECONDS.test(trimmed)) return new Date(Math.round(Number(trimmed) * 1000));
  if (EPOCH_MILLISECONDS.test(trimmed)) return new Date(Number(trimmed));
  return readMailDate(trimmed);
}

/** Whether a mention can have been written then: not before 1990 and at most two days ahead of `now`. */
export function isPlausible(instant: Date, now: Date): boolean {
  return instant.getTime() >= EARLIEST && instant.getTime() <= now.getTime() + TWO_DAYS_MS;
}

function fromIso(iso: RegExpExecArray, zone: string): Date | null {
  const millisecond = Number((iso[7] ?? '').padEnd(3, '0').slice(0, 3));
  const parts = {
    year: Number(iso[1]),
    month: Number(iso[2]),
    day: Number(iso[3]),
    hour: Number(iso[4] ?? 0),
    minute: Number(iso[5] ?? 0),
    second: Number(iso[6] ?? 0),
  };
  const asUtc = utcInstant(parts, millisecond);
  if (asUtc === null) return null;
  if (iso[8] !== undefined) return new Date(asUtc.getTime() - offsetMinutes(iso[8]) * 60_000);
  return zone === 'UTC'
    ? asUtc
    : DateTime.fromObject({ ...parts, second: Math.min(parts.second, 59), millisecond }, { zone }).toJSDate();
}
