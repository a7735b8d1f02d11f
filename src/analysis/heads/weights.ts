import { ROWS } from '../features/hashing.ts';
import { LETTERS, type UnitFeatures } from '../features/unit-features.ts';
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

/** Reads logits. What a word's letters and vector say is summed once and kept, since words repeat. */
export class WeightReader {
  readonly #weights: Weights;
  readonly #vectors: WordVectors;
  readonly #sum = new Float32Array(OUTPUTS);
  readonly #letters = new Float32Array(OUTPUTS);
  readonly #vector = new Float32Array(OUTPUTS);
  /** Per word: what its letters say, then what its vector says. */
  readonly #kept = new Map<WordFeatures, Float32Array>();

  constructor(weights: Weights, vectors: WordVectors) {
    this.#weights = weights;
    this.#vectors = vectors;
  }

  /** Writes the logits of one unit to `logits`, from `offset`. */
  read(unit: UnitFeatures, logits: Float32Array, offset: number): void {
    const { hashed, scales, biases } = this.#weights;
    const [sum, letters, vector] = [this.#sum, this.#letters, this.#vector];
    letters.fill(0);
    vector.fill(0);
    for (const word of unit.words) {
      if (word.letters.length === 0) continue;
      const own = this.#ownOf(word);
      for (let o = 0; o < OUTPUTS; o += 1) {
        letters[o] = (letters[o] ?? 0) + (own[o] ?? 0);
        vector[o] = (vector[o] ?? 0) + (own[OUTPUTS + o] ?? 0);
      }
    }
    const scale = unit.scales[LETTERS] ?? 0;
    for (let o = 0; o < OUTPUTS; o += 1)
      logits[offset + o] =
        (biases[o] ?? 0) + scale * (scales[o] ?? 0) * (letters[o] ?? 0) + unit.vectorScale * (vector[o] ?? 0);
    let at = 0;
    for (let group = 0; group < unit.ends.length; group += 1) {
      const end = unit.ends[group] ?? 0;
      if (end === at) continue;
      sum.fill(0);
      for (; at < end; at += 1) {
        const start = (unit.rows[at] ?? 0) * OUTPUTS;
        for (let o = 0; o < OUTPUTS; o += 1) sum[o] = (sum[o] ?? 0) + (hashed[start + o] ?? 0);
      }
      const weight = unit.scales[group] ?? 0;
      for (let o = 0; o < OUTPUTS; o += 1)
        logits[offset + o] = (logits[offset + o] ?? 0) + weight * (scales[o] ?? 0) * (sum[o] ?? 0);
    }
  }

  #ownOf(word: WordFeatures): Float32Array {
    const known = this.#kept.get(word);
    if (known !== undefined) return known;
    if (this.#kept.size >= WORDS_KEPT) this.#kept.clear();
    const own = new Float32Array(2 * OUTPUTS);
    const { hashed, vector } = this.#weights;
    for (const row of word.letters) {
      for (let o = 0; o < OUTPUTS; o += 1) own[o] = (own[o] ?? 0) + (hashed[row * OUTPUTS + o] ?? 0);
    }
    for (let d = 0; d < DIMENSIONS && word.vector >= 0; d += 1) {
      const value = this.#vectors.values[word.vector * DIMENSIONS + d] ?? 0;
      for (let o = 0; o < OUTPUTS; o += 1)
        own[OUTPUTS + o] = (own[OUTPUTS + o] ?? 0) + value * (vector[d * OUTPUTS + o] ?? 0);
    }
    this.#kept.set(word, own);
    return own;
  }
}
