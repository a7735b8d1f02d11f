import { z } from 'zod';
import type { Range, TimeInterval } from '../domain/routing.ts';
import type { Path } from './faults.ts';
import { checkReference } from './references.ts';
import { entryName, zone } from './section-schemas.ts';
import type { YamlDocument } from './yaml-document.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const TIME = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

const timeOfDay = z
  .string()
  .regex(TIME, "must be a time of day from 00:00 to 24:00, written like '09:00'")
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const timeRange = z
  .strictObject({ start_time: timeOfDay, end_time: timeOfDay })
  .transform(({ start_time: from, end_time: to }) => ({ from, to }))
  .refine(
    ({ from, to }) => from < to,
    'must end after it starts; write what goes over midnight as two: up to 24:00 and from 00:00',
  );

interface Part {
  /** What stands in the messages, e.g. `weekday`. */
  readonly noun: string;
  readonly example: string;
  /** One end of a range; undefined when it cannot be one. */
  readonly read: (text: string) => number | undefined;
}

/** `monday`, `monday:friday`; numbers may stand without quotes. */
function ranges({ noun, example, read }: Part) {
  const range = z.union([z.string(), z.int().transform(String)]).transform((text, context): Range => {
    const ends = text
      .toLowerCase()
      .split(':')
      .map((end) => read(end.trim()));
    const [from, to = from] = ends;
    if (ends.length > 2 || ends.includes(undefined) || from === undefined || to === undefined) {
      context.addIssue({ code: 'custom', message: `must be a ${noun} or a range, written like ${example}` });
      return z.NEVER;
    }
    if (from > to && Math.sign(from) === Math.sign(to)) {
      context.addIssue({ code: 'custom', message: 'must not end before it begins; write it as two' });
      return z.NEVER;
    }
    if (from < 0 && to > 0) {
      context.addIssue({ code: 'custom', message: 'begins at the end of the month, so must end there too' });
      return z.NEVER;
    }
    return { from, to };
  });
  return z.array(range).min(1).optional();
}

function named(names: readonly string[], first: number): (text: string) => number | undefined {
  return (text) => {
    const at = names.indexOf(text);
    return at === -1 ? undefined : at + first;
  };
}

function numbered(least: number, most: number): (text: string) => number | undefined {
  return (text) => {
    const number = Number(text);
    return /^-?\d+$/.test(text) && number >= least && number <= most && number !== 0 ? number : undefined;
  };
}

const windowSchema = z.strictObject({
  times: z.array(timeRange).min(1).optional(),
  weekdays: ranges({ noun: 'weekday', example: 'monday:friday', read: named(WEEKDAYS, 0) }),
  days_of_month: ranges({ noun: 'day of the month', example: '1:5 or -1', read: numbered(-31, 31) }),
  months: ranges({
    noun: 'month',
    example: 'march:may or 3:5',
    read: (text) => named(MONTHS, 1)(text) ?? numbered(1, 12)(text),
  }),
  years: ranges({ noun: 'year', example: '2026:2027', read: numbered(1, 9999) }),
  location: zone.optional(),
});

/** One entry of the section `time_intervals`, in Alertmanager's spelling. */
export const timeIntervalSchema = z.strictObject({
  name: entryName,
  time_intervals: z.array(windowSchema).min(1),
});

/** `zone` is the workspace's: it holds where a window names no `location`. */
export function toTimeInterval(
  { name, time_intervals: windows }: z.output<typeof timeIntervalSchema>,
  zoneHere: string,
): TimeInterval {
  return {
    name,
    windows: windows.map(({ times, weekdays, days_of_month: daysOfMonth, months, years, location }) => ({
      ...(times && { times }),
      ...(weekdays && { weekdays }),
      ...(daysOfMonth && { daysOfMonth }),
      ...(months && { months }),
      ...(years && { years }),
      zone: location ?? zoneHere,
    })),
  };
}

/** Adds a fault for each name that is no time interval of the file. */
export function checkTimes(
  document: YamlDocument,
  names: readonly string[],
  { known, path }: { readonly known: ReadonlySet<string>; readonly path: Path },
): void {
  for (const [index, name] of names.entries())
    checkReference(document, { name, known, noun: 'time interval', path: [...path, index] });
}
