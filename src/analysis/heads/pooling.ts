import { BUILT_IN_ASPECTS, INTENTS } from '../../domain/words.ts';
import {
  ASPECT_AT,
  INTENT_AT,
  OURS_AT,
  OUTPUTS,
  objectAt,
  POLARITY_AT,
  type PolarityObject,
  SPAM_AT,
  URGENCY_AT,
  VOICE_AT,
} from './outputs.ts';

/** Share of the whole text in what a text is said to be; the rest is its strongest clause. */
const TEXT_SHARE = 0.5;
/** Share of the whole text in how one aspect is judged; the rest are the clauses that speak of it. */
const TEXT_SHARE_OF_POLARITY = 0.3;

/** Outputs that hold for a text when they hold for one of its clauses. */
export const POOLED: readonly number[] = [
  ...BUILT_IN_ASPECTS.map((_, at) => ASPECT_AT + at),
  ...INTENTS.map((_, at) => INTENT_AT + at),
  URGENCY_AT,
  URGENCY_AT + 1,
  URGENCY_AT + 2,
];
/** Outputs that only the whole text tells. */
export const WHOLE: readonly number[] = [VOICE_AT, SPAM_AT, OURS_AT];

/** How much each unit counts for one output; `units[0]` is the whole text, clauses follow when there are several. */
export type Shares = Float32Array;

/** The strongest clause and the text share an output. Fills `shares` and answers the pooled logit. */
export function poolStrongest(logits: Float32Array, units: number, output: number, shares: Shares): number {
  const whole = logits[output] ?? 0;
  shares.fill(0, 0, units);
  shares[0] = 1;
  if (units === 1) return whole;
  let best = 1;
  for (let unit = 2; unit < units; unit += 1)
    if ((logits[unit * OUTPUTS + output] ?? 0) > (logits[best * OUTPUTS + output] ?? 0)) best = unit;
  shares[0] = TEXT_SHARE;
  shares[best] = 1 - TEXT_SHARE;
  return TEXT_SHARE * whole + (1 - TEXT_SHARE) * (logits[best * OUTPUTS + output] ?? 0);
}

/** For the polarity of an aspect every clause counts as far as it speaks of that aspect. */
export function shareByAspect(logits: Float32Array, units: number, aspect: number, shares: Shares): void {
  shares.fill(0, 0, units);
  shares[0] = 1;
  if (units === 1) return;
  let top = -Infinity;
  for (let unit = 1; unit < units; unit += 1)
    top = Math.max(top, logits[unit * OUTPUTS + ASPECT_AT + aspect] ?? 0);
  let sum = 0;
  for (let unit = 1; unit < units; unit += 1) {
    const share = Math.exp((logits[unit * OUTPUTS + ASPECT_AT + aspect] ?? 0) - top);
    shares[unit] = share;
    sum += share;
  }
  for (let unit = 1; unit < units; unit += 1)
    shares[unit] = ((shares[unit] ?? 0) / sum) * (1 - TEXT_SHARE_OF_POLARITY);
  shares[0] = TEXT_SHARE_OF_POLARITY;
}

/** Negative and positive logit against a neutral of 0, of one object, with the units' shares. */
export function poolPolarity(
  logits: Float32Array,
  units: number,
  object: PolarityObject,
  shares: Shares,
): [negative: number, positive: number] {
  const at = objectAt(object);
  let [negative, positive] = [0, 0];
  for (let unit = 0; unit < units; unit += 1) {
    const share = shares[unit] ?? 0;
    if (share === 0) continue;
    const row = unit * OUTPUTS;
    negative += share * ((logits[row + POLARITY_AT] ?? 0) + (logits[row + at] ?? 0));
    positive += share * ((logits[row + POLARITY_AT + 1] ?? 0) + (logits[row + at + 1] ?? 0));
  }
  return [negative, positive];
}

/** Chances of negative, neutral and positive. */
export function chancesOf([negative, positive]: readonly [number, number]): [number, number, number] {
  const top = Math.max(0, negative, positive);
  const [n, z, p] = [Math.exp(negative - top), Math.exp(-top), Math.exp(positive - top)];
  const sum = n + z + p;
  return [n / sum, z / sum, p / sum];
}
