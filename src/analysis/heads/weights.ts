import { ROWS } from '../features/hashing.ts';
import type { TextWords } from '../features/text-words.ts';
import type { UnitFeatures } from '../features/unit-features.ts';
import type { WordFeatures } from '../features/word-features.ts';
import { DIMENSIONS, type WordVectors } from '../features/word-vectors.ts';
import { OUTPUTS } from './outputs.ts';

/** Learned weights as they are shipped: hashed features in int8 with one scale an output, the few others in full. */
export interface Weights {
  /** `ROWS` times `OUTPUTS`. */
  readonly hashed: Int8Array;
  readonly scales: Float32Array;
  /** `DIMENSIONS` times `OUTPUTS`. */
  readonly vector: Float32Array;
  readonly biases: Float32Array;
}

export const HASHED_BYTES = ROWS * OUTPUTS;

const WORDS_KEPT = 20_000;
/** What a word says by itself, by its letters and by its vector stand one after the other. */
const KINDS = 3;
const SAID = KINDS * OUTPUTS;

/**
 * Reads logits. What a word says is summed once and kept, since words repeat; what the words of a text say is summed up
 * along the text, so that every stretch of it costs the same.
 */
export class WeightReader {
  readonly #weights: Weights;
  readonly #vectors: WordVectors;
  readonly #kept = new Map<WordFeatures, Float32Array>();
  readonly #rows = new Float32Array(OUTPUTS);
  /** `SAID` numbers a word: the sum over all words before it. */
  #sums = new Float32Array(64 * SAID);

  constructor(weights: Weights, vectors: WordVectors) {
    this.#weights = weights;
    this.#vectors = vectors;
  }

  /** Begins a text; its units are read next. */
  begin({ words, pairs, skips }: TextWords): void {
    const needed = (words.length + 1) * SAID;
    if (this.#sums.length < needed) this.#sums = new Float32Array(2 * needed);
    const sums = this.#sums;
    const { hashed } = this.#weights;
    sums.fill(0, 0, SAID);
    for (let at = 0; at < words.length; at += 1) {
      const own = this.#saidBy(words[at] as WordFeatures);
      const from = at * SAID;
      const to = from + SAID;
      const [pair, skip] = [(pairs[at] ?? -1) * OUTPUTS, (skips[at] ?? -1) * OUTPUTS];
      // Sums of whole numbers this small are exact, in whatever order.
      if (pair >= 0 && skip >= 0)
        for (let o = 0; o < OUTPUTS; o += 1)
          sums[to + o] =
            (sums[from + o] ?? 0) + (own[o] ?? 0) + (hashed[pair + o] ?? 0) + (hashed[skip + o] ?? 0);
      else {
        for (let o = 0; o < OUTPUTS; o += 1) sums[to + o] = (sums[from + o] ?? 0) + (own[o] ?? 0);
        addRow(sums, to, hashed, pairs[at] ?? -1);
      }
      for (let one = OUTPUTS; one < SAID; one += 1)
        sums[to + one] = (sums[from + one] ?? 0) + (own[one] ?? 0);
    }
  }

  /** Writes the logits of one unit of the text to `logits`, from `offset`. */
  read({ first, last, classes, summary, scales }: UnitFeatures, logits: Float32Array, offset: number): void {
    const { biases, scales: steps, hashed } = this.#weights;
    const sums = this.#sums;
    const [from, to] = [first * SAID, last * SAID];
    const rows = this.#rows;
    rows.fill(0);
    for (let at = 0; at < classes.length; at += 1) addRow(rows, 0, hashed, classes[at] ?? -1);
    for (let o = 0; o < OUTPUTS; o += 1) {
      const word = (sums[to + o] ?? 0) - (sums[from + o] ?? 0);
      const letter = (sums[to + OUTPUTS + o] ?? 0) - (sums[from + OUTPUTS + o] ?? 0);
      const vector = (sums[to + 2 * OUTPUTS + o] ?? 0) - (sums[from + 2 * OUTPUTS + o] ?? 0);
      const hash = scales.words * word + scales.letters * letter + scales.classes * (rows[o] ?? 0);
      logits[offset + o] = (biases[o] ?? 0) + (steps[o] ?? 0) * hash + scales.vector * vector;
    }
    rows.fill(0);
    for (let at = 0; at < summary.length; at += 1) addRow(rows, 0, hashed, summary[at] ?? -1);
    for (let o = 0; o < OUTPUTS; o += 1)
      logits[offset + o] = (logits[offset + o] ?? 0) + scales.summary * (steps[o] ?? 0) * (rows[o] ?? 0);
  }

  #saidBy(word: WordFeatures): Float32Array {
    const known = this.#kept.get(word);
    if (known !== undefined) return known;
    if (this.#kept.size >= WORDS_KEPT) this.#kept.clear();
    const said = new Float32Array(SAID);
    const { hashed, vector } = this.#weights;
    addRow(said, 0, hashed, word.row);
    for (const row of word.letters) addRow(said, OUTPUTS, hashed, row);
    for (let d = 0; d < DIMENSIONS && word.vector >= 0; d += 1) {
      const value = this.#vectors.values[word.vector * DIMENSIONS + d] ?? 0;
      for (let o = 0; o < OUTPUTS; o += 1) {
        const at = 2 * OUTPUTS + o;
        said[at] = (said[at] ?? 0) + value * (vector[d * OUTPUTS + o] ?? 0);
      }
    }
    this.#kept.set(word, said);
    return said;
  }
}

function addRow(sums: Float32Array, to: number, hashed: Int8Array, row: number): void {
  if (row < 0) return;
  const from = row * OUTPUTS;
  for (let o = 0; o < OUTPUTS; o += 1) sums[to + o] = (sums[to + o] ?? 0) + (hashed[from + o] ?? 0);
}
