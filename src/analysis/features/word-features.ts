import type { Token } from '../text/tokens.ts';
import { hashText, mix, rowOf } from './hashing.ts';
import type { WordVectors } from './word-vectors.ts';

/** What one token brings by itself, whatever stands around it. */
export interface WordFeatures {
  /** Names the word in pairs with its neighbours. */
  readonly hash: number;
  /** Row of the word alone. */
  readonly row: number;
  /** Rows of its letters in threes and fours, its ends marked; empty for signs. */
  readonly letters: Int32Array;
  /** Row of its vector, -1 without one. */
  readonly vector: number;
}

const WORDS_KEPT = 20_000;
const LONGEST = 24;
const WORD_SALT = 0x51ed27;
const LETTER_SALT = 0x2f6b19;
const NO_LETTERS = new Int32Array(0);
const DIGITS = /^\p{N}+(?:[.,:]\p{N}+)*$/u;

/** Looks words up; words repeat, so the last 20,000 are kept, which also keeps hostile texts from filling memory. */
export class WordTable {
  readonly #kept = new Map<string, WordFeatures>();
  readonly #vectors: WordVectors;

  constructor(vectors: WordVectors) {
    this.#vectors = vectors;
  }

  get(token: Token): WordFeatures {
    const name = nameOf(token);
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    if (this.#kept.size >= WORDS_KEPT) this.#kept.clear();
    const hash = mix(WORD_SALT, hashText(name));
    const isWord = token.kind === 'word' && name !== '0';
    const features = {
      hash,
      row: rowOf(hash),
      letters: isWord ? lettersOf(name) : NO_LETTERS,
      vector: isWord ? this.#vectors.rowOf(name) : -1,
    };
    this.#kept.set(name, features);
    return features;
  }
}

/** Names, links and numbers count by kind alone: who is addressed must not decide what is felt. */
function nameOf(token: Token): string {
  if (token.kind === 'handle') return '@';
  if (token.kind === 'link') return 'http';
  if (token.kind !== 'word') return token.norm;
  if (DIGITS.test(token.norm)) return '0';
  return token.squeezed ?? token.norm;
}

function lettersOf(word: string): Int32Array {
  const marked = `^${word.slice(0, LONGEST)}$`;
  const rows: number[] = [];
  for (let size = 3; size <= 4; size += 1) {
    for (let at = 0; at + size <= marked.length; at += 1)
      rows.push(rowOf(mix(LETTER_SALT, hashText(marked, at, at + size))));
  }
  return Int32Array.from(rows);
}
