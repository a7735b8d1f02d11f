import type { Aspect, Intent, Polarity } from '../../domain/words.ts';
import { POLARITIES } from '../../domain/words.ts';

/** An opinion before it is put into words: where it stands, in token positions, and what was read of it. */
export interface Draft {
  readonly aspect: Aspect;
  /** Negative, neutral, positive. */
  readonly chances: readonly [number, number, number];
  /** Chance that the aspect is spoken of. */
  readonly aspectChance: number;
  readonly intent: Intent | 'none';
  readonly from: number;
  readonly to: number;
  readonly clauseFrom: number;
  readonly clauseTo: number;
}

export function polarityOf(chances: readonly [number, number, number]): Polarity {
  const [negative, neutral, positive] = chances;
  const at = negative > neutral && negative >= positive ? 0 : positive > neutral ? 2 : 1;
  return POLARITIES[at];
}

/** -1 to 1; 0 for what does not judge. */
export function scoreOf(chances: readonly [number, number, number]): number {
  return polarityOf(chances) === 'neutral' ? 0 : round(chances[2] - chances[0]);
}

export function confidenceOf({ chances, aspectChance }: Draft): number {
  return Math.max(0.001, Math.min(0.99, round(aspectChance * Math.max(...chances))));
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
