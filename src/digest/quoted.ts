import type { DigestDocument, QuoteItem, QuoteTexts } from '../domain/digest.ts';
import { printable } from '../lib/printable.ts';
import { quoteKey } from './evidence.ts';
import { cut } from './words.ts';

/** What stands where words were erased. */
const ERASED = '[erased]';

/** A quote as every form shows it. */
export interface Quoted {
  /** One line without quotation marks; {@link ERASED} when there is nothing left to quote. */
  readonly words: string;
  readonly isErased: boolean;
  /** `Acme · email`, or the platform alone. */
  readonly from: string;
}

/** The item's words cut to `length` code points, and who said them where. People are not named: an erased one must not live on here. */
export function quoted(
  item: QuoteItem,
  { names }: DigestDocument,
  texts: QuoteTexts,
  length: number,
): Quoted {
  const words = printable(texts.get(quoteKey(item.ref)) ?? '');
  const account = item.accountId === null ? undefined : names[item.accountId];
  const from = [account === undefined ? [] : cut(printable(account), 60), cut(printable(item.platform), 30)]
    .flat()
    .join(' · ');
  return { words: words === '' ? ERASED : cut(words, length), isErased: words === '', from };
}

/** Polarity is never told by colour alone. */
export const SIGN = { negative: '−', neutral: '=', positive: '+' } as const;

/** Themes that are quoted leave an aspect one quote of its own in what is read in a minute; the page has them all. */
export function briefly(quotes: readonly QuoteItem[], { themes }: DigestDocument): readonly QuoteItem[] {
  return themes.length >= 3 ? quotes.slice(0, 1) : quotes;
}
