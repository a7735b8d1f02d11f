import { IANAZone } from 'luxon';
import type { DayWindow } from '../domain/digest.ts';
import { AppError } from '../lib/app-error.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function zoneNamed(name: string): IANAZone {
  const zone = IANAZone.create(name);
  if (!zone.isValid)
    throw new AppError('invalid-input', `${name} is no IANA time zone, such as Europe/London.`);
  return zone;
}

/**
 * The instant (epoch ms) of a wall-clock time. Where clocks go forward over it, the first valid minute after the gap;
 * where they go back over it, the first of the two.
 */
export function localInstant(zoneName: string, date: string, time: string): number {
  const zone = zoneNamed(zoneName);
  const naive = Date.parse(`${date}T${time}:00Z`);
  const before = zone.offset(naive - DAY);
  const candidates = [before, zone.offset(naive), zone.offset(naive + DAY)].map(
    (offset) => naive - offset * MINUTE,
  );
  const fitting = candidates.filter((at) => at + zone.offset(at) * MINUTE === naive);
  if (fitting.length > 0) return Math.min(...fitting);
  let low = naive - DAY;
  let high = naive + DAY;
  while (high - low > MINUTE) {
    const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
    if (zone.offset(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function localDate(zoneName: string, at: number): string {
  return new Date(at + zoneNamed(zoneName).offset(at) * MINUTE).toISOString().slice(0, 10);
}

/** The local time of day of an instant, `HH:MM`. */
export function localTime(zoneName: string, at: number): string {
  return new Date(at + zoneNamed(zoneName).offset(at) * MINUTE).toISOString().slice(11, 16);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** False for a date that a zone left out, such as 2011-12-30 in Apia. */
export function dateExists(zoneName: string, date: string): boolean {
  return localDate(zoneName, localInstant(zoneName, date, '00:00')) === date;
}

/** The existing local day after (1) or before (-1) a date. */
export function neighbourDate(zoneName: string, date: string, direction: 1 | -1): string {
  const next = addDays(date, direction);
  return dateExists(zoneName, next) ? next : addDays(next, direction);
}

/** From the first instant of a local day to the first of the next; 23 to 25 hours long. */
export function dayWindow(zoneName: string, date: string): DayWindow {
  const from = localInstant(zoneName, date, '00:00');
  const to = localInstant(zoneName, neighbourDate(zoneName, date, 1), '00:00');
  return { date, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
