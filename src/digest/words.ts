import type { Tally } from '../domain/digest.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const LONG_WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Below this many people a change is not spoken of as one. */
export const FEW_VOICES = 5;
/** Below this base no percentage is given. */
const PERCENT_BASE = 20;

/** `12,345`. */
export function number(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 message`, `2 messages`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

export function people(value: number): string {
  return count(value, 'person', 'people');
}

/** `31 messages · 25 people · 4 accounts`. */
export function threes({ messages, people: persons, accounts }: Tally): string {
  return `${count(messages, 'message')} · ${people(persons)} · ${count(accounts, 'account')}`;
}

/** `Sun 22 Nov`. */
export function shortDate(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return `${WEEKDAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]?.slice(0, 3)}`;
}

/** `Sunday 22 November 2026`. */
export function longDate(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  const weekday = LONG_WEEKDAYS[day.getUTCDay()];
  return `${weekday} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** `November`. */
export function longMonth(date: string): string {
  return MONTHS[new Date(`${date}T00:00:00Z`).getUTCMonth()] ?? '';
}

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `Acme, Birch and Cato`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Whole percent of a base that bears one; empty below {@link PERCENT_BASE}. */
export function percentOf(part: number, base: number): string {
  return base < PERCENT_BASE ? '' : `${Math.round((100 * part) / base)}%`;
}

/** The first `length` code points; what is cut from the tail is marked. */
export function cut(text: string, length: number): string {
  const points = Array.from(text);
  return points.length <= length
    ? text
    : `${points
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}
