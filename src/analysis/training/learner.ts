import { ROWS } from '../features/hashing.ts';
import { DIMENSIONS } from '../features/word-vectors.ts';
import { OUTPUTS } from '../heads/outputs.ts';
import type { Unit } from './example.ts';

export interface LearnerOptions {
  readonly rate: number;
  /** Starting value of the summed squares: the higher, the less a rarely seen feature may say. */
  readonly damping: number;
  /** Share of word and letter features that is left out of each step, so that no one of them is relied on. */
  readonly dropout: number;
  /** Share of examples that are learned by their classes alone. */
  readonly bare: number;
}

/** Words, then letters: what is left out at random; classes and summaries stay. */
const DROPPED_GROUPS = 2;

/** Logistic weights of all outputs, learned by AdaGrad (Duchi, Hazan and Singer 2011). */
export class Learner {
  readonly weights = new Float32Array(ROWS * OUTPUTS);
  readonly vectorWeights = new Float32Array(DIMENSIONS * OUTPUTS);
  readonly biases = new Float32Array(OUTPUTS);
  readonly #squares: Float32Array;
  readonly #vectorSquares: Float32Array;
  readonly #biasSquares: Float32Array;
  readonly #options: LearnerOptions;
  readonly #sum = new Float32Array(OUTPUTS);
  /** Chosen once an example, so that reading and learning leave out the same features. */
  mask = 0;
  /** Whether the example at hand is read by its classes alone, so that they learn to stand by themselves in other languages. */
  isBare = false;

  constructor(options: LearnerOptions) {
    this.#options = options;
    this.#squares = new Float32Array(ROWS * OUTPUTS).fill(options.damping);
    this.#vectorSquares = new Float32Array(DIMENSIONS * OUTPUTS).fill(options.damping);
    this.#biasSquares = new Float32Array(OUTPUTS).fill(options.damping);
  }

  /** Writes the logits of outputs `low` to `high` (exclusive) of a unit to `logits`, from `offset`. */
  read(unit: Unit, low: number, high: number, logits: Float32Array, offset: number): void {
    for (let o = low; o < high; o += 1) logits[offset + o] = this.biases[o] ?? 0;
    let at = 0;
    for (let group = 0; group < unit.ends.length; group += 1) {
      const end = unit.ends[group] ?? 0;
      const isDropped = group < DROPPED_GROUPS;
      if (isDropped && this.isBare) {
        at = end;
        continue;
      }
      this.#sum.fill(0);
      for (; at < end; at += 1) {
        const row = unit.rows[at] ?? 0;
        if (isDropped && this.#isLeftOut(row)) continue;
        const start = row * OUTPUTS;
        for (let o = low; o < high; o += 1)
          this.#sum[o] = (this.#sum[o] ?? 0) + (this.weights[start + o] ?? 0);
      }
      const scale = (unit.scales[group] ?? 0) * this.#gain(isDropped);
      for (let o = low; o < high; o += 1)
        logits[offset + o] = (logits[offset + o] ?? 0) + scale * (this.#sum[o] ?? 0);
    }
    for (let d = 0; d < DIMENSIONS && !this.isBare; d += 1) {
      const value = unit.vector[d] ?? 0;
      if (value === 0) continue;
      for (let o = low; o < high; o += 1)
        logits[offset + o] = (logits[offset + o] ?? 0) + value * (this.vectorWeights[d * OUTPUTS + o] ?? 0);
    }
  }

  /** Moves the weights of a unit against `gradient`, for the outputs named in `outputs`. */
  learn(unit: Unit, outputs: readonly number[], gradient: Float32Array): void {
    let at = 0;
    for (let group = 0; group < unit.ends.length; group += 1) {
      const end = unit.ends[group] ?? 0;
      const isDropped = group < DROPPED_GROUPS;
      if (isDropped && this.isBare) {
        at = end;
        continue;
      }
      const scale = (unit.scales[group] ?? 0) * this.#gain(isDropped);
      for (; at < end; at += 1) {
        const row = unit.rows[at] ?? 0;
        if (isDropped && this.#isLeftOut(row)) continue;
        for (const o of outputs)
          this.#step(this.weights, this.#squares, row * OUTPUTS + o, (gradient[o] ?? 0) * scale);
      }
    }
    for (let d = 0; d < DIMENSIONS && !this.isBare; d += 1) {
      const value = unit.vector[d] ?? 0;
      if (value === 0) continue;
      for (const o of outputs)
        this.#step(this.vectorWeights, this.#vectorSquares, d * OUTPUTS + o, (gradient[o] ?? 0) * value);
    }
    for (const o of outputs) this.#step(this.biases, this.#biasSquares, o, gradient[o] ?? 0);
  }

  #step(weights: Float32Array, squares: Float32Array, at: number, gradient: number): void {
    const square = (squares[at] ?? 0) + gradient * gradient;
    squares[at] = square;
    weights[at] = (weights[at] ?? 0) - (this.#options.rate * gradient) / Math.sqrt(square);
  }

  #isLeftOut(row: number): boolean {
    return (
      this.mask !== 0 && (Math.imul(row ^ this.mask, 0x9e3779b1) >>> 8) / 0x1000000 < this.#options.dropout
    );
  }

  #gain(isDropped: boolean): number {
    return isDropped && this.mask !== 0 ? 1 / (1 - this.#options.dropout) : 1;
  }
}
