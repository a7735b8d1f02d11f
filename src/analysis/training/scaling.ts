import type { Scale } from '../heads/judge.ts';
import { createRandom, shuffle } from './random.ts';

/** What scales are fitted on: logits and, a row, 1 or 0, or -1 where nothing is known. */
export interface ScaleExample {
  readonly logits: Float32Array;
  readonly targets: Int8Array;
  readonly weight: number;
}

interface ScaleOptions {
  readonly rows: number;
  /** First rows of choices of three; the row after it belongs to it. */
  readonly choices: readonly number[];
  readonly seed: number;
}

const EPOCHS = 20;
const RATE = 0.05;
/** How strongly a scale is drawn back to leaving all as it is. */
const PULL = 0.0005;

interface Fit {
  slope: number;
  offset: number;
  readonly squares: [number, number];
}

/** Platt's scaling (1999): one slope and one offset a row, so that its chances come true on texts that were not learned from. */
export function fitScales(examples: readonly ScaleExample[], { rows, choices, seed }: ScaleOptions): Scale[] {
  const random = createRandom(seed);
  const fits = Array.from({ length: rows }, (): Fit => ({ slope: 1, offset: 0, squares: [1, 1] }));
  const seconds = new Set(choices.map((row) => row + 1));
  const order = [...examples];
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (const { logits, targets, weight } of order) {
      for (let row = 0; row < rows; row += 1) {
        if ((targets[row] ?? -1) === -1 || seconds.has(row)) continue;
        const members = seconds.has(row + 1) ? [row, row + 1] : [row];
        const powers = members.map((one) => Math.exp(scaled(fits[one], logits[one] ?? 0)));
        const sum = powers.reduce((total, power) => total + power, 1);
        for (const [at, one] of members.entries())
          step(fits[one], logits[one] ?? 0, ((powers[at] ?? 0) / sum - (targets[one] ?? 0)) * weight);
      }
    }
  }
  return fits.map(({ slope, offset }) => [short(slope), short(offset)]);
}

function scaled(fit: Fit | undefined, logit: number): number {
  return Math.max(-30, Math.min(30, (fit?.slope ?? 1) * logit + (fit?.offset ?? 0)));
}

function step(fit: Fit | undefined, logit: number, error: number): void {
  if (fit === undefined) return;
  const forSlope = error * logit + PULL * (fit.slope - 1);
  const forOffset = error + PULL * fit.offset;
  fit.squares[0] += forSlope * forSlope;
  fit.squares[1] += forOffset * forOffset;
  fit.slope -= (RATE * forSlope) / Math.sqrt(fit.squares[0]);
  fit.offset -= (RATE * forOffset) / Math.sqrt(fit.squares[1]);
}

function short(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
