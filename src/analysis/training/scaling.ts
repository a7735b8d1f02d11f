import { createRandom, shuffle } from './random.ts';

/** What one second reading is fitted on: signals and, a row, 1 or 0, or -1 where nothing is known. */
export interface SecondExample {
  readonly signals: Float32Array;
  readonly targets: Int8Array;
  readonly weight: number;
}

interface SecondOptions {
  /** First rows of choices of three; the row after it belongs to it. */
  readonly choices: readonly number[];
  /** What each row weighs its signals by. */
  readonly rows: readonly (readonly number[])[];
  readonly seed: number;
}

const EPOCHS = 20;
const RATE = 0.05;
/** How strongly a row is drawn back to what it was. */
const PULL = 0.0005;

interface Scale {
  slope: number;
  offset: number;
  readonly squares: [number, number];
}

/**
 * Platt's scaling (1999): one slope and one offset a row, so that its chances come true on texts that were not learned from.
 * The rows themselves are set by hand: weights fitted on our own texts did not hold in other domains. Signal 0 is always 1.
 */
export function scaleRows(
  examples: readonly SecondExample[],
  { choices, rows, seed }: SecondOptions,
): number[][] {
  const random = createRandom(seed);
  const scales = rows.map((): Scale => ({ slope: 1, offset: 0, squares: [1, 1] }));
  const seconds = new Set(choices.map((row) => row + 1));
  const prepared = examples.map(({ signals, targets, weight }) => ({
    targets,
    weight,
    logits: rows.map((row) => dot(row, signals)),
  }));
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(prepared, random);
    for (const { logits, targets, weight } of prepared) {
      for (let row = 0; row < rows.length; row += 1) {
        if ((targets[row] ?? -1) === -1 || seconds.has(row)) continue;
        const members = seconds.has(row + 1) ? [row, row + 1] : [row];
        const powers = members.map((one) => Math.exp(scaled(scales[one], logits[one] ?? 0)));
        const sum = powers.reduce((total, power) => total + power, 1);
        for (const [at, one] of members.entries())
          step(scales[one], logits[one] ?? 0, ((powers[at] ?? 0) / sum - (targets[one] ?? 0)) * weight);
      }
    }
  }
  return rows.map((row, at) => {
    const { slope, offset } = scales[at] ?? { slope: 1, offset: 0 };
    return row.map((weight, signal) => short(weight * slope + (signal === 0 ? offset : 0)));
  });
}

function scaled(scale: Scale | undefined, logit: number): number {
  return Math.max(-30, Math.min(30, (scale?.slope ?? 1) * logit + (scale?.offset ?? 0)));
}

function step(scale: Scale | undefined, logit: number, error: number): void {
  if (scale === undefined) return;
  const forSlope = error * logit + PULL * (scale.slope - 1);
  const forOffset = error + PULL * scale.offset;
  scale.squares[0] += forSlope * forSlope;
  scale.squares[1] += forOffset * forOffset;
  scale.slope -= (RATE * forSlope) / Math.sqrt(scale.squares[0]);
  scale.offset -= (RATE * forOffset) / Math.sqrt(scale.squares[1]);
}

function dot(row: readonly number[], signals: Float32Array): number {
  let sum = 0;
  for (const [at, weight] of row.entries()) sum += weight * (signals[at] ?? 0);
  return sum;
}

function short(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
