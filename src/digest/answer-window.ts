import type { AnswerWindow } from '../domain/answer.ts';
import { addDays, localDate, localInstant } from './calendar.ts';

/** What a question is read against. */
export interface AskedAt {
  readonly now: Date;
  /** IANA zone in which days begin. */
  readonly zone: string;
}

export type WindowReading =
  | {
      readonly window: AnswerWindow /** The question without the words of the window. */;
      readonly rest: string;
    }
  | { readonly fault: string };

const DEFAULT_DAYS = 90;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const SMALL_NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DATE = String.raw`\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}(?:,? \d{4})?|${MONTH} \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|${MONTH}(?: \d{4})?|yesterday|today`;
const COUNT = `\\d{1,4}|${SMALL_NUMBERS.slice(1).join('|')}`;
const UNIT = 'day|week|month|quarter|year';

/** `to` is a local date that still counts; missing: up to now. */
interface Days {
  readonly from: string;
  readonly to?: string;
  readonly label: string;
}

interface Form {
  readonly pattern: RegExp;
  /** Null when the words are no date after all. */
  read(groups: Readonly<Record<string, string>>, today: string): Days | null;
}

const form = (pattern: string, read: Form['read']): Form => ({
  pattern: new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, 'i'),
  read,
});

const FORMS: readonly Form[] = [
  form(
    `between (?<from>${DATE}) and (?<to>${DATE})|from (?<from2>${DATE}) (?:to|until|till) (?<to2>${DATE})`,
    (groups, today) => {
      const from = readDate(groups.from ?? groups.from2 ?? '', today);
      const to = readDate(groups.to ?? groups.to2 ?? '', today);
      return from && to ? { from: from.first, to: to.last, label: `${from.first} to ${to.last}` } : null;
    },
  ),
  form(`(?:since|after|from)(?: the)? (?<from>${DATE})(?: on(?:wards?)?)?`, ({ from = '' }, today) => {
    const date = readDate(from, today);
    return date && { from: date.first, label: `since ${date.first}` };
  }),
  form(
    `(?:(?:in|over|during|within|for) )?(?:the )?(?:last|past|previous) (?<count>${COUNT}) (?<unit>${UNIT})s?`,
    ({ count = '', unit = '' }, today) => {
      const times = Number.isNaN(Number(count)) ? SMALL_NUMBERS.indexOf(count.toLowerCase()) : Number(count);
      return {
        from: back(today, times, unit),
        label: `the last ${times} ${unit.toLowerCase()}${times === 1 ? '' : 's'}`,
      };
    },
  ),
  form(`since (?:the )?(?:last|past|previous) (?<unit>${UNIT})`, ({ unit = '' }, today) => {
    const from = back(startOf(today, unit), 1, unit);
    return { from, label: `since ${from}` };
  }),
  form(`(?:(?:in|over|during|within|for) )?(?:the )?past (?<unit>${UNIT})`, ({ unit = '' }, today) => ({
    from: back(today, 1, unit),
    label: `the past ${unit.toLowerCase()}`,
  })),
  form(
    `(?:(?:in|over|during|within|for) )?(?:the )?(?:last|previous) (?<unit>${UNIT})`,
    ({ unit = '' }, today) => {
      const start = startOf(today, unit);
      return { from: back(start, 1, unit), to: addDays(start, -1), label: `last ${unit.toLowerCase()}` };
    },
  ),
  form(
    `(?:(?:in|over|during|within|since|so far) )?this (?<unit>week|month|quarter|year)(?: so far)?`,
    ({ unit = '' }, today) => ({ from: startOf(today, unit), label: `this ${unit.toLowerCase()}` }),
  ),
  form(`(?:in|during|on) (?<date>${DATE})|(?<plain>today|yesterday)`, ({ date, plain = '' }, today) => {
    const days = readDate(date ?? plain, today);
    return (
      days && {
        from: days.first,
        to: days.last,
        label:
          (date ?? plain).toLowerCase() === 'today'
            ? 'today'
            : `${days.first === days.last ? '' : `${days.first} to `}${days.last}`,
      }
    );
  }),
  form(`in (?<year>20\\d\\d)`, ({ year = '' }) => ({
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    label: year,
  })),
  form('ever|(?:of )?all time|at any time', () => ({ from: '1970-01-01', label: 'all time' })),
];

/** Finds the window a question names; without one, the last 90 days. */
export function readWindow(text: string, { now, zone }: AskedAt): WindowReading {
  const today = localDate(zone, now.getTime());
  for (const { pattern, read } of FORMS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const days = read(found.groups ?? {}, today);
    if (days === null) return { fault: `"${found[0]}" is no date; write it like 2026-11-01` };
    if (days.from > today) return { fault: `"${found[0]}" lies in the future` };
    if (days.to !== undefined && days.to < days.from) return { fault: `"${found[0]}" ends before it begins` };
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    return { window: toWindow(days, zone, now), rest };
  }
  const odd = /(?<![\w-])(?:since|(?:last|past) \d+)(?![\w-]).*/i.exec(text);
  if (odd !== null)
    return {
      fault: `"${odd[0]}" names no time that can be read; write "since 2026-11-01" or "last 30 days"`,
    };
  return {
    window: toWindow(
      { from: addDays(today, -DEFAULT_DAYS), label: `the last ${DEFAULT_DAYS} days` },
      zone,
      now,
    ),
    rest: text,
  };
}

function toWindow({ from, to, label }: Days, zone: string, now: Date): AnswerWindow {
  const end =
    to === undefined ? now.getTime() : Math.min(localInstant(zone, addDays(to, 1), '00:00'), now.getTime());
  return { from: new Date(localInstant(zone, from, '00:00')), to: new Date(end), label };
}

/** The first and last day of what is named: a day, or a month. Without a year, the latest that has begun. */
function readDate(text: string, today: string): { first: string; last: string } | null {
  const words = text.toLowerCase();
  if (words === 'today' || words === 'yesterday') {
    const day = words === 'today' ? today : addDays(today, -1);
    return { first: day, last: day };
  }
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(words);
  const month = MONTHS.findIndex((name) => words.includes(name)) + 1;
  const day = /(?<!\d)\d{1,2}(?!\d)/.exec(words)?.[0];
  const year = /\d{4}/.exec(words)?.[0] ?? today.slice(0, 4);
  let first = iso ? words : [year, String(month).padStart(2, '0'), (day ?? '1').padStart(2, '0')].join('-');
  if (!iso && !words.includes(year) && first > today) first = `${Number(year) - 1}${first.slice(4)}`;
  const parsed = new Date(`${first}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== first) return null;
  return { first, last: iso || day !== undefined ? first : addDays(back(first, -1, 'month'), -1) };
}

/** The date so many units before; a day that a month does not have is its last one. */
function back(date: string, times: number, unit: string): string {
  const days = { day: 1, week: 7 }[unit.toLowerCase()];
  if (days !== undefined) return addDays(date, -days * times);
  const months = { month: 1, quarter: 3, year: 12 }[unit.toLowerCase()] ?? 1;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - months * times, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months * times, Math.min(day, lastDay)))
    .toISOString()
    .slice(0, 10);
}

/** The first day of the week (Monday), month, quarter or year that the date is in. */
function startOf(date: string, unit: string): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const firstOf = (first: number): string => `${year}-${String(first).padStart(2, '0')}-01`;
  switch (unit.toLowerCase()) {
    case 'week':
      return addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
    case 'month':
      return firstOf(month);
    case 'quarter':
      return firstOf(month - ((month - 1) % 3));
    case 'year':
      return firstOf(1);
    default:
      return date;
  }
}
