import type { Span } from '../sentences.ts';
import type { Token } from '../text/tokens.ts';
import type { ClassSequence } from './classes.ts';
import { mix, rowOf } from './hashing.ts';
import type { WordFeatures, WordTable } from './word-features.ts';
import { DIMENSIONS, type WordVectors } from './word-vectors.ts';

/** Kinds of hashed features; each is scaled by its own number in a unit, so that length does not decide. */
const GROUPS = ['words', 'letters', 'classes', 'summary'] as const;
export const LETTERS = GROUPS.indexOf('letters');

/** How much each kind weighs, and the vector after them. */
const GROUP_WEIGHT = [2, 1.5, 1.5, 0.5] as const;
/** How much words and letters weigh outside English, where too few have been seen to trust them. */
const ABROAD = 0.4;
const VECTOR_WEIGHT = 2 / 320;

const PAIR_SALT = 0x3c6ef3;
const SKIP_SALT = 0x1b873d;
const CLASS_SALT = 0x7ed55d;
const CLASS_PAIR_SALT = 0x165667;
const SUMMARY_SALT = 0x0d3a2b;
const MOST = 60_000;

/**
 * The features of one unit (a clause or the whole text): rows of weights by kind, what a row of each kind counts, and
 * the mean vector of its words. One object is filled again and again; copy what must stay. Letters and vector are written out
 * for learning alone (`isWrittenOut`); reading takes them word by word from {@link words}, where they can be summed beforehand.
 */
export class UnitFeatures {
  readonly rows = new Int32Array(MOST);
  /** Where each kind ends in `rows`. */
  readonly ends = new Int32Array(GROUPS.length);
  readonly scales = new Float32Array(GROUPS.length);
  readonly vector = new Float32Array(DIMENSIONS);
  /** What its tokens bring by themselves, in order. */
  readonly words: WordFeatures[] = [];
  /** What a word's vector counts. */
  vectorScale = 0;
  #count = 0;
  readonly #table: WordTable;
  readonly #vectors: WordVectors;
  readonly #isWrittenOut: boolean;

  constructor(table: WordTable, vectors: WordVectors, isWrittenOut = false) {
    this.#table = table;
    this.#vectors = vectors;
    this.#isWrittenOut = isWrittenOut;
  }

  /** Fills it with the features of the tokens of a unit. */
  fill(
    tokens: readonly Token[],
    { from, to }: Span,
    { classes, summary }: ClassSequence,
    isEnglish: boolean,
  ): void {
    this.#count = 0;
    this.words.length = 0;
    this.#addWords(tokens, from, to);
    this.#close(0, this.#count);
    let letters = 0;
    let known = 0;
    for (const word of this.words) {
      letters += word.letters.length;
      if (word.vector >= 0) known += 1;
      if (this.#isWrittenOut) for (const row of word.letters) this.#push(row);
    }
    this.#close(1, letters);
    for (const [at, one] of classes.entries()) {
      this.#push(rowOf(mix(CLASS_SALT, one)));
      const next = classes[at + 1];
      if (next !== undefined) this.#push(rowOf(mix(mix(CLASS_PAIR_SALT, one), next)));
    }
    this.#close(2, this.#count - (this.ends[1] ?? 0));
    for (const one of summary) this.#push(rowOf(mix(SUMMARY_SALT, one)));
    this.#close(3, 1);
    if (!isEnglish) for (const group of [0, 1]) this.scales[group] = (this.scales[group] ?? 0) * ABROAD;
    this.vectorScale = known === 0 ? 0 : VECTOR_WEIGHT / Math.sqrt(known);
    if (this.#isWrittenOut) this.#fillVector();
  }

  #addWords(tokens: readonly Token[], from: number, to: number): void {
    let [before, last] = [0, 0];
    for (let at = from; at < to; at += 1) {
      const token = tokens[at];
      if (token === undefined || token.kind === 'break') continue;
      const word = this.#table.get(token);
      const { hash, row } = word;
      this.words.push(word);
      this.#push(row);
      if (last !== 0) this.#push(rowOf(mix(mix(PAIR_SALT, last), hash)));
      if (before !== 0) this.#push(rowOf(mix(mix(SKIP_SALT, before), hash)));
      before = last;
      last = hash;
    }
  }

  #fillVector(): void {
    this.vector.fill(0);
    const { values } = this.#vectors;
    for (const { vector: row } of this.words) {
      if (row < 0) continue;
      for (let d = 0; d < DIMENSIONS; d += 1)
        this.vector[d] = (this.vector[d] ?? 0) + (values[row * DIMENSIONS + d] ?? 0);
    }
    for (let d = 0; d < DIMENSIONS; d += 1) this.vector[d] = (this.vector[d] ?? 0) * this.vectorScale;
  }

  #push(row: number): void {
    if (this.#count < MOST) {
      this.rows[this.#count] = row;
      this.#count += 1;
    }
  }

  #close(group: 0 | 1 | 2 | 3, size: number): void {
    this.ends[group] = this.#count;
    this.scales[group] = size === 0 ? 0 : GROUP_WEIGHT[group] / Math.sqrt(size);
  }
}
