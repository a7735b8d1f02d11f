import type { Signature } from '../../domain/theme.ts';
import type { Word } from './wording.ts';

/** Of more terms only those of the least hashes make keys (a bottom-k sketch): copies and near copies keep the same ones. */
const MOST_IN_PAIRS = 8;
/** A longer row of words is a text, not an opinion; its tail says little more. */
const MOST_TERMS = 40;

export function signatureOf(aspect: string, words: readonly Word[]): Signature {
  const found = new Set(words.flatMap(({ term }) => (term === null ? [] : [hash(term)])));
  // To be turned round takes something that is.
  if (found.size === 1 && found.has(NOT)) found.clear();
  const terms = [...found].toSorted((a, b) => a - b).slice(0, MOST_TERMS);
  return { terms, keys: keysOf(aspect, terms) };
}

export function keysOf(aspect: string, terms: readonly number[]): number[] {
  const telling = terms.filter((term) => term !== NOT).slice(0, MOST_IN_PAIRS);
  const pairs = telling.flatMap((one, at) =>
    telling.slice(at + 1).map((other) => hash(`${aspect} ${one} ${other}`)),
  );
  const single = telling.length <= 2 ? telling.map((term) => hash(`${aspect} ${term}`)) : [];
  return [...new Set([...pairs, ...single])];
}

/** What a lone term is found by. */
export function singleKeysOf(aspect: string, terms: readonly number[]): number[] {
  return terms.map((term) => hash(`${aspect} ${term}`));
}

/** FNV-1a, 32 bits, signed as Postgres's integer is. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value | 0;
}

export const NOT = hash('not');
