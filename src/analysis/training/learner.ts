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
  /** Share of the other examples that are learned without their classes: the word lists know our own texts better than those to come. */
  readonly blind: number;
}

type TakeRows = (rows: readonly number[], scale: number) => void;

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
  readonly #own: number[] = [];
  readonly #letters: number[] = [];
  /** Chosen once an example, so that reading and learning leave out the same features. */
  mask = 0;
  /** Whether the example at hand is read by its classes alone, so that they learn to stand by themselves in other languages. */
  isBare = false;
  /** Whether the example at hand is read without its classes. */
  isBlind = false;

  constructor(options: LearnerOptions) {
    this.#options = options;
    this.#squares = new Float32Array(ROWS * OUTPUTS).fill(options.damping);
    this.#vectorSquares = new Float32Array(DIMENSIONS * OUTPUTS).fill(options.damping);
    this.#biasSquares = new Float32Array(OUTPUTS).fill(options.damping);
  }

  /** Writes the logits of outputs `low` to `high` (exclusive) of a unit to `logits`, from `offset`. */
  read(unit: Unit, low: number, high: number, logits: Float32Array, offset: number): void {
    for (let o = low; o < high; o += 1) logits[offset + o] = this.biases[o] ?? 0;
    this.#eachKind(unit, (rows, scale) => {
      const sum = this.#sum;
      sum.fill(0);
      for (let at = 0; at < rows.length; at += 1) {
        const start = (rows[at] ?? 0) * OUTPUTS;
        for (let o = low; o < high; o += 1) sum[o] = (sum[o] ?? 0) + (this.weights[start + o] ?? 0);
      }
      for (let o = low; o < high; o += 1)
        logits[offset + o] = (logits[offset + o] ?? 0) + scale * (sum[o] ?? 0);
    });
    for (let d = 0; d < DIMENSIONS && !this.isBare; d += 1) {
      const value = unit.vector[d] ?? 0;
      if (value === 0) continue;
      for (let o = low; o < high; o += 1)
        logits[offset + o] = (logits[offset + o] ?? 0) + value * (this.vectorWeights[d * OUTPUTS + o] ?? 0);
    }
  }

  /** Moves the weights of a unit against `gradient`, for the outputs named in `outputs`. */
  learn(unit: Unit, outputs: readonly number[], gradient: Float32Array): void {
    this.#eachKind(unit, (rows, scale) => {
      for (let at = 0; at < rows.length; at += 1) {
        for (const o of outputs)
          this.#step(this.weights, this.#squares, (rows[at] ?? 0) * OUTPUTS + o, (gradient[o] ?? 0) * scale);
      }
    });
    for (let d = 0; d < DIMENSIONS && !this.isBare; d += 1) {
      const value = unit.vector[d] ?? 0;
      if (value === 0) continue;
      for (const o of outputs)
        this.#step(this.vectorWeights, this.#vectorSquares, d * OUTPUTS + o, (gradient[o] ?? 0) * value);
    }
    for (const o of outputs) this.#step(this.biases, this.#biasSquares, o, gradient[o] ?? 0);
  }

  /** The rows of each kind with what one counts; words and letters without those that are left out. */
  #eachKind({ words, first, last, classes, summary, scales }: Unit, take: TakeRows): void {
    if (!this.isBare) {
      const gain = this.mask === 0 ? 1 : 1 / (1 - this.#options.dropout);
      const [own, letters] = [this.#own, this.#letters];
      own.length = 0;
      letters.length = 0;
      for (let at = first; at < last; at += 1) {
        const word = words.words[at];
        if (word === undefined) continue;
        for (const row of [word.row, words.pairs[at] ?? -1, words.skips[at] ?? -1])
          if (row >= 0 && !this.#isLeftOut(row)) own.push(row);
        for (const row of word.letters) if (!this.#isLeftOut(row)) letters.push(row);
      }
      take(own, scales.words * gain);
      take(letters, scales.letters * gain);
    }
    if (this.isBlind) return;
    take(classes, scales.classes);
    take(summary, scales.summary);
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
}
