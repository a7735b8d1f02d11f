import { ROWS } from '../features/hashing.ts';
import type { UnitFeatures } from '../features/unit-features.ts';
import { DIMENSIONS } from '../features/word-vectors.ts';
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

/** Reads logits; holds its own scratch space. */
export class WeightReader {
  readonly #weights: Weights;
  readonly #sum = new Int32Array(OUTPUTS);

  constructor(weights: Weights) {
    this.#weights = weights;
  }

  /** Writes the logits of one unit to `logits`, from `offset`. */
  read(
    unit: Pick<UnitFeatures, 'rows' | 'ends' | 'scales' | 'vector'>,
    logits: Float32Array,
    offset: number,
  ): void {
    const { hashed, scales, vector, biases } = this.#weights;
    const sum = this.#sum;
    for (let o = 0; o < OUTPUTS; o += 1) logits[offset + o] = biases[o] ?? 0;
    let at = 0;
    for (let group = 0; group < unit.ends.length; group += 1) {
      const end = unit.ends[group] ?? 0;
      if (end === at) continue;
      sum.fill(0);
      for (; at < end; at += 1) {
        const start = (unit.rows[at] ?? 0) * OUTPUTS;
        for (let o = 0; o < OUTPUTS; o += 1) sum[o] = (sum[o] ?? 0) + (hashed[start + o] ?? 0);
      }
      const scale = unit.scales[group] ?? 0;
      for (let o = 0; o < OUTPUTS; o += 1)
        logits[offset + o] = (logits[offset + o] ?? 0) + scale * (scales[o] ?? 0) * (sum[o] ?? 0);
    }
    for (let d = 0; d < DIMENSIONS; d += 1) {
      const value = unit.vector[d] ?? 0;
      if (value === 0) continue;
      for (let o = 0; o < OUTPUTS; o += 1)
        logits[offset + o] = (logits[offset + o] ?? 0) + value * (vector[d * OUTPUTS + o] ?? 0);
    }
  }
}
