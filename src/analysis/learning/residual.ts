import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import { AppError } from '../../lib/app-error.ts';
import type { UnitFeatures } from '../features/unit-features.ts';
import { ASPECT_AT, objectAt, POLARITY_AT } from '../heads/outputs.ts';

/** The outputs that people correct: aspects, and polarity as a whole and of each aspect. */
export const CORRECTED: readonly number[] = [
  ...BUILT_IN_ASPECTS.map((_, at) => ASPECT_AT + at),
  POLARITY_AT,
  POLARITY_AT + 1,
  ...BUILT_IN_ASPECTS.flatMap((aspect) => [objectAt(aspect), objectAt(aspect) + 1]),
];
const WIDTH = CORRECTED.length;

/** Fewer rows than the heads have: a workspace corrects hundreds of texts, not tens of thousands. */
const ROW_BITS = 14;
const ROWS = 1 << ROW_BITS;
const MASK = ROWS - 1;
/** One row more, for what holds of every text. */
const LENGTH = (ROWS + 1) * WIDTH;
const BIAS_SCALE = 0.5;

/** What a workspace's corrections add to what the heads say: `CORRECTED.length` numbers a row. */
export class Residual {
  readonly weights: Float32Array;

  constructor(weights: Float32Array = new Float32Array(LENGTH)) {
    if (weights.length !== LENGTH)
      throw new AppError(
        'invalid-input',
        'What was learned from corrections is of another format: learn again',
      );
    this.weights = weights;
  }

  /** Adds to the logits of one unit, from `offset`. */
  add(unit: UnitFeatures, logits: Float32Array, offset: number): void {
    this.each(unit, (start, scale) => {
      for (let at = 0; at < WIDTH; at += 1) {
        const to = offset + (CORRECTED[at] ?? 0);
        logits[to] = (logits[to] ?? 0) + scale * (this.weights[start + at] ?? 0);
      }
    });
  }

  /** Calls back with the place of every row of a unit in `weights`, and what it counts. */
  each(
    { words, first, last, classes, summary, scales }: UnitFeatures,
    take: (start: number, scale: number) => void,
  ): void {
    for (let at = first; at < last; at += 1) {
      take(startOf(words.words[at]?.row ?? 0), scales.words);
      const pair = words.pairs[at] ?? -1;
      if (pair >= 0) take(startOf(pair), scales.words);
    }
    for (const row of classes) take(startOf(row), scales.classes);
    for (const row of summary) take(startOf(row), scales.summary);
    take(ROWS * WIDTH, BIAS_SCALE);
  }
}

function startOf(row: number): number {
  return (row & MASK) * WIDTH;
}
