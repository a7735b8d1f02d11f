import { DateTime, IANAZone } from 'luxon';
import type { RouteTimes } from '../domain/group.ts';
import type { Mute, Range, TimeInterval, TimeWindow } from '../domain/routing.ts';

const MINUTE = 60_000;
/** Zones are offset by quarters of an hour, so what begins at :07 on one clock begins at :07, :22, :37 or :52 on every other. */
const QUARTER = 15;
/** How far the end of a mute is looked for; what lasts longer is looked at again by then. */
const HORIZON_MS = 8 * 24 * 60 * MINUTE;

function isIn(ranges: readonly Range[] | undefined, value: number): boolean {
  return ranges === undefined || ranges.some(({ from, to }) => from <= value && value <= to);
}

/** A day that the month does not have is its last one, and before its first the first, as in Alertmanager. */
function isDayIn(ranges: readonly Range[] | undefined, { day, daysInMonth = 31 }: DateTime): boolean {
  if (ranges === undefined) return true;
  return ranges.some((range) => {
    const [from, to] = [range.from, range.to].map((at) => (at < 0 ? daysInMonth + at + 1 : at));
    if (from === undefined || to === undefined || from > daysInMonth) return false;
    return Math.max(from, 1) <= day && day <= Math.min(to, daysInMonth);
  });
}

function isWindowOpen({ zone, ...window }: TimeWindow, now: number): boolean {
  const local = DateTime.fromMillis(now, { zone: IANAZone.create(zone) });
  const minute = local.hour * 60 + local.minute;
  return (
    (window.times === undefined || window.times.some(({ from, to }) => from <= minute && minute < to)) &&
    isIn(window.weekdays, local.weekday % 7) &&
    isDayIn(window.daysOfMonth, local) &&
    isIn(window.months, local.month) &&
    isIn(window.years, local.year)
  );
}

/** Whether the interval holds at an instant: one of its windows does, each by the clock of its own zone. */
export function holds({ windows }: TimeInterval, at: Date): boolean {
  return windows.some((window) => isWindowOpen(window, at.getTime()));
}

/** Where one of these may begin to hold or cease to: minutes after each full quarter of an hour. */
function edges(intervals: readonly TimeInterval[]): readonly number[] {
  const times = intervals.flatMap(({ windows }) => windows.flatMap((window) => window.times ?? []));
  return [...new Set([0, ...times.flatMap(({ from, to }) => [from % QUARTER, to % QUARTER])])].toSorted(
    (a, b) => a - b,
  );
}

/** Gives the next instant after another where the interval may begin to hold or cease to. Milliseconds since 1970. */
export function edgesOf(interval: TimeInterval): (at: number) => number {
  const quarterMs = QUARTER * MINUTE;
  const minutes = edges([interval]);
  return (at) => {
    const quarter = Math.floor(at / quarterMs) * quarterMs;
    const ahead = minutes.find((minute) => quarter + minute * MINUTE > at);
    return ahead === undefined ? quarter + quarterMs : quarter + ahead * MINUTE;
  };
}

/** The name of what mutes a route at an instant, null when nothing does. */
function mutedBy({ mute, active }: RouteTimes, intervals: ReadonlyMap<string, TimeInterval>, at: Date) {
  const isOn = (name: string): boolean => {
    const interval = intervals.get(name);
    return interval !== undefined && holds(interval, at);
  };
  const muting = mute.find(isOn);
  if (muting !== undefined) return `muted during "${muting}"`;
  const known = active.filter((name) => intervals.has(name));
  return known.length === 0 || known.some(isOn) ? null : `notified only during "${known.join('", "')}"`;
}

/**
 * Whether a route notifies nobody at `now` since one of its `mute` intervals holds, or it has `active` ones and none does; with the
 * end, null when that is more than eight days off. A name that the config no longer has counts as not there. Pure.
 */
export function timeMute(
  times: RouteTimes,
  intervals: ReadonlyMap<string, TimeInterval>,
  now: Date,
): Mute | null {
  const reason = mutedBy(times, intervals, now);
  if (reason === null) return null;
  const named = [...times.mute, ...times.active].flatMap((name) => intervals.get(name) ?? []);
  const until = endOf((at) => mutedBy(times, intervals, at) !== null, edges(named), now);
  return { kind: 'time', reason, until: until?.toISOString() ?? null, by: null };
}

function endOf(isMuted: (at: Date) => boolean, minutes: readonly number[], now: Date): Date | null {
  const quarterMs = QUARTER * MINUTE;
  const start = Math.floor(now.getTime() / quarterMs) * quarterMs;
  for (let quarter = start; quarter <= start + HORIZON_MS; quarter += quarterMs) {
    for (const minute of minutes) {
      const at = new Date(quarter + minute * MINUTE);
      if (at > now && !isMuted(at)) return at;
    }
  }
  return null;
}
