import type { DigestDefinition } from '../domain/digest.ts';
import { localDate, localInstant, localTime, neighbourDate } from './calendar.ts';
import { endsPeriod } from './period.ts';
import { shortDate } from './words.ts';

/** When a digest is sent; without `every` each day. */
export type Schedule = Pick<DigestDefinition, 'at' | 'zone' | 'every'>;

/** When the digest that covers the time up to the end of `date` is due: at its time of day on the local day after. Epoch ms. */
export function dueAt({ zone, at }: Schedule, date: string): number {
  return localInstant(zone, neighbourDate(zone, date, 1), at);
}

/** The end of the next period (1) or the one before (-1) a date. */
export function neighbourEnd({ zone, every = 'day' }: Schedule, date: string, direction: 1 | -1): string {
  let end = neighbourDate(zone, date, direction);
  while (!endsPeriod(every, end)) end = neighbourDate(zone, end, direction);
  return end;
}

/** The last date whose digest is due at `now`. */
export function latestDueDate(schedule: Schedule, now: number): string {
  let date = neighbourEnd(schedule, localDate(schedule.zone, now), -1);
  while (dueAt(schedule, date) > now) date = neighbourEnd(schedule, date, -1);
  return date;
}

/** The first instant after `now` at which a digest is due. Epoch ms. */
export function nextDueAt(schedule: Schedule, now: number): number {
  return dueAt(schedule, neighbourEnd(schedule, latestDueDate(schedule, now), 1));
}

/** `Tue 24 Nov 07:30 Europe/London`: when a schedule sends next. */
export function describeNextRun(schedule: Schedule, now: Date): string {
  const at = nextDueAt(schedule, now.getTime());
  const { zone } = schedule;
  return `${shortDate(localDate(zone, at))} ${localTime(zone, at)} ${zone}`;
}
