import type { Token } from '../text/tokens.ts';
import { mix, rowOf } from './hashing.ts';
import type { WordFeatures, WordTable } from './word-features.ts';

const PAIR_SALT = 0x3c6ef3;
const SKIP_SALT = 0x1b873d;

/** What the words and signs of a text bring, whatever stretch of it is looked at; line breaks bring nothing. */
export interface TextWords {
  readonly words: readonly WordFeatures[];
  /** Row of each word with the one before it, -1 without one. */
  readonly pairs: Int32Array;
  /** Row of each word with the one before the one before it, -1 without one. */
  readonly skips: Int32Array;
  /** How many words stand before each token, and one more for all. */
  readonly before: Int32Array;
  /** How many letter rows, and how many words with a vector, stand before each word, and one more for all. */
  readonly letters: Int32Array;
  readonly known: Int32Array;
}

export function readWords(tokens: readonly Token[], table: WordTable): TextWords {
  const words: WordFeatures[] = [];
  const before = new Int32Array(tokens.length + 1);
  for (let at = 0; at < tokens.length; at += 1) {
    before[at] = words.length;
    const token = tokens[at];
    if (token !== undefined && token.kind !== 'break') words.push(table.get(token));
  }
  const count = words.length;
  before[tokens.length] = count;
  const [pairs, skips] = [new Int32Array(count), new Int32Array(count)];
  const [letters, known] = [new Int32Array(count + 1), new Int32Array(count + 1)];
  for (let at = 0; at < count; at += 1) {
    const { hash, letters: own, vector } = words[at] as WordFeatures;
    const [last, other] = [words[at - 1], words[at - 2]];
    pairs[at] = last === undefined ? -1 : rowOf(mix(mix(PAIR_SALT, last.hash), hash));
    skips[at] = other === undefined ? -1 : rowOf(mix(mix(SKIP_SALT, other.hash), hash));
    letters[at + 1] = (letters[at] ?? 0) + own.length;
    known[at + 1] = (known[at] ?? 0) + (vector >= 0 ? 1 : 0);
  }
  return { words, pairs, skips, before, letters, known };
}
