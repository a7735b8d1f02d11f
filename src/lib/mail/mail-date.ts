const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The named zones of RFC 5322 section 4.3, in minutes east of UTC; every other name counts as UTC, as it says. */
const NAMED_ZONES: Readonly<Record<string, number>> = {
  EDT: -240,
  EST: -300,
  CDT: -300,
  CST: -360,
  MDT: -360,
  MST: -420,
  PDT: -420,
  PST: -480,
};

const RFC_5322 =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([+-]\d{4}|[a-z]{1,5}))?\s*(?:\(.{0,100}\))?$/i;
const ASCTIME =
  /^[a-z]{3},?\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s+([+-]\d{4}|[a-z]{1,5}))?\s+(\d{4})(?:\s+([+-]\d{4}))?$/i;

interface Parts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The UTC instant of calendar parts, or null when they name no real moment (31 April, 25 o'clock). A leap second counts as the next one. */
export function utcInstant(parts: Parts, millisecond = 0): Date | null {
  const { year, month, day, hour, minute, second } = parts;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  return new Date(midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond);
}

/** Minutes east of UTC of `+0200`, `-08:00`, `Z`, or a zone name of old mail. */
export function offsetMinutes(zone: string): number {
  const digits = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (digits === null) return NAMED_ZONES[zone.toUpperCase()] ?? 0;
  const minutes = Number(digits[2]) * 60 + Number(digits[3] ?? 0);
  return digits[1] === '-' ? -minutes : minutes;
}

/**
 * Reads the date forms of mail: RFC 5322 with its obsolete variants (`Tue, 24 Feb 15 11:42 PST`) and asctime, which mbox
 * separators and X's API use (`Tue Oct 31 22:10:47 +0000 2017`). No zone means UTC. Null when it is neither.
 */
export function readMailDate(text: string): Date | null {
  const trimmed = text.trim();
  if (trimmed.length > 200) return null;
  const rfc = RFC_5322.exec(trimmed);
  if (rfc !== null) {
    return at({
      day: rfc[1],
      month: rfc[2],
      year: rfc[3],
      hour: rfc[4],
      minute: rfc[5],
      second: rfc[6],
      zone: rfc[7],
    });
  }
  const asctime = ASCTIME.exec(trimmed);
  if (asctime === null) return null;
  const [, month, day, hour, minute, second, zoneBefore, year, zoneAfter] = asctime;
  return at({ day, month, year, hour, minute, second, zone: zoneBefore ?? zoneAfter });
}

type TextParts = Readonly<Record<keyof Parts | 'zone', string | undefined>>;

function at(parts: TextParts): Date | null {
  const month = MONTHS.indexOf((parts.month ?? '').toLowerCase()) + 1;
  if (month === 0) return null;
  const instant = utcInstant({
    year: fullYear(parts.year ?? ''),
    month,
    day: Number(parts.day),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    second: Number(parts.second ?? 0),
  });
  return instant && new Date(instant.getTime() - offsetMinutes(parts.zone ?? 'Z') * 60_000);
}

/** RFC 5322 section 4.3: two digits below 50 are of this century, else and with three digits add 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}
