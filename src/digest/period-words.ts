import type { FrozenFacts } from '../domain/digest.ts';
import { THEME_DAYS } from './period.ts';
import { longMonth, shortDate } from './words.ts';

type Period = Pick<FrozenFacts, 'edition' | 'before' | 'today'>;

/** What the figures are compared with: `Sun 15 Nov`, `the week before`, `October`. */
export function beforeName({ edition, before }: Period): string {
  if (edition === 'day') return shortDate(before.date);
  return edition === 'week' ? 'the week before' : longMonth(before.date);
}

/** The same after a figure: `on Sun 15 Nov`, `the week before`, `in October`. */
export function thenWords(period: Period): string {
  const name = beforeName(period);
  return { day: `on ${name}`, week: name, month: `in ${name}` }[period.edition];
}

/** `on Sun 22 Nov`, `in the week to Sun 22 Nov`, `in November`. */
export function duringWords({ edition, today }: Period): string {
  if (edition === 'day') return `on ${shortDate(today.date)}`;
  return edition === 'week' ? `in the week to ${shortDate(today.date)}` : `in ${longMonth(today.date)}`;
}

/** The two spans that themes are compared over. */
export function recentWords({ edition }: Period): { readonly during: string; readonly before: string } {
  if (edition === 'day') return { during: `in ${THEME_DAYS} days`, before: `in the ${THEME_DAYS} before` };
  return { during: `this ${edition}`, before: `the ${edition} before` };
}

/** What a bar of the trend stands for. */
export function barWords({ edition }: Period): string {
  return `People a ${edition}`;
}

/** The first bar: `Sun 22 Nov`, `the week to Sun 22 Nov`, `June`. */
export function sinceWords({ edition }: Period, date: string): string {
  if (edition === 'month') return longMonth(date);
  return edition === 'day' ? shortDate(date) : `the week to ${shortDate(date)}`;
}
