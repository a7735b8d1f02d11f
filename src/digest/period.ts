import type { DayWindow, Edition } from '../domain/digest.ts';
import { addDays, dateExists, dayWindow, localInstant, localTime, neighbourDate } from './calendar.ts';

/** How many periods before it a digest shows beside its own. */
const TREND = { day: 13, week: 7, month: 5 } as const;
/** Local days that themes of a daily digest are looked at over, the day itself among them. */
export const THEME_DAYS = 7;

/** Whether a digest of this edition covers the time up to the end of a local date. A week ends on Sunday. */
export function endsPeriod(edition: Edition, date: string): boolean {
  if (edition === 'day') return true;
  if (edition === 'week') return new Date(`${date}T00:00:00Z`).getUTCDay() === 0;
  return addDays(date, 1).endsWith('-01');
}

/** The last date of the period that a date lies in. */
export function periodEnd(edition: Edition, date: string): string {
  let end = date;
  while (!endsPeriod(edition, end)) end = addDays(end, 1);
  return end;
}

/** From its first instant to the end of `end`, under which its digest is filed. */
export function periodWindow(edition: Edition, zone: string, end: string): DayWindow {
  const whole = dayWindow(zone, dateExists(zone, end) ? end : neighbourDate(zone, end, -1));
  if (edition === 'day') return whole;
  const first = edition === 'week' ? addDays(end, -6) : `${end.slice(0, 8)}01`;
  return { date: end, from: new Date(localInstant(zone, first, '00:00')).toISOString(), to: whole.to };
}

/** The end of the period before. */
function endBefore(edition: Edition, zone: string, end: string): string {
  if (edition === 'day') return neighbourDate(zone, end, -1);
  return edition === 'week' ? addDays(end, -7) : addDays(`${end.slice(0, 8)}01`, -1);
}

export interface Periods {
  readonly today: DayWindow;
  readonly before: DayWindow;
  readonly trend: readonly DayWindow[];
  readonly isPartial: boolean;
  /** What themes are compared over. */
  readonly recent: DayWindow;
  readonly earlier: DayWindow;
}

/**
 * The time a digest covers and what it is compared with: a day with the same weekday a week before, a week or month with the one
 * before. One that is not over is compared with as much of the other. `end` is an existing last date of a period that has begun.
 */
export function periodsOf(edition: Edition, zone: string, { end, now }: { end: string; now: Date }): Periods {
  const whole = periodWindow(edition, zone, end);
  const isPartial = whole.to > now.toISOString();
  const wholeBefore =
    edition === 'day'
      ? periodWindow(edition, zone, addDays(end, -7))
      : periodWindow(edition, zone, endBefore(edition, zone, end));
  const trend: DayWindow[] = [];
  for (let at = end; trend.length < TREND[edition]; ) {
    at = endBefore(edition, zone, at);
    trend.unshift(periodWindow(edition, zone, at));
  }
  const today = isPartial ? { ...whole, to: now.toISOString() } : whole;
  const before = isPartial
    ? upTo(wholeBefore, elapsed(edition, zone, { whole, wholeBefore, now }))
    : wholeBefore;
  return { today, before, trend, isPartial, ...themeSpans(edition, { today, before, trend }) };
}

function upTo(window: DayWindow, to: number): DayWindow {
  return { ...window, to: new Date(Math.min(to, Date.parse(window.to))).toISOString() };
}

/** By the wall clock on a day, so that it ends at the same time of day; else by how much of it is over. */
function elapsed(
  edition: Edition,
  zone: string,
  { whole, wholeBefore, now }: { whole: DayWindow; wholeBefore: DayWindow; now: Date },
): number {
  if (edition === 'day') return localInstant(zone, wholeBefore.date, localTime(zone, now.getTime()));
  return Date.parse(wholeBefore.from) + now.getTime() - Date.parse(whole.from);
}

/** What themes are compared over: a day alone is too short to say of a theme that it grows. */
export function themeSpans(
  edition: Edition,
  { today, before, trend }: Pick<Periods, 'today' | 'before' | 'trend'>,
): Pick<Periods, 'recent' | 'earlier'> {
  if (edition !== 'day') return { recent: today, earlier: before };
  const first = trend.at(1 - THEME_DAYS) ?? today;
  const earliest = trend[0] ?? first;
  return {
    recent: { date: today.date, from: first.from, to: today.to },
    earlier: { date: addDays(first.date, -1), from: earliest.from, to: first.from },
  };
}
