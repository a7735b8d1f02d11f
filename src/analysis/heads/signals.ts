import { BUILT_IN_ASPECTS, CHANNEL_KINDS, INTENTS } from '../../domain/words.ts';
import type { Evidence } from '../evidence.ts';
import { JUDGED } from '../lexicon/lexicon.ts';
import {
  ASPECT_AT,
  INTENT_AT,
  OURS_AT,
  OUTPUTS,
  type PolarityObject,
  SPAM_AT,
  sigmoid,
  URGENCY_AT,
  VOICE_AT,
} from './outputs.ts';
import { poolPolarity, poolStrongest, type Shares } from './pooling.ts';

// What the second reading goes by: few numbers, each about -3 to 3, that mean the same in every domain and language.

/** Where the signals of a text stand. */
export const TEXT_SIGNALS = {
  aspects: 1,
  intents: 1 + 2 * BUILT_IN_ASPECTS.length,
  urgency: 1 + 2 * BUILT_IN_ASPECTS.length + 2 * INTENTS.length,
  spam: 24,
  ours: 25,
  mood: 26,
  customer: 28,
  judged: 30,
  english: 34,
  named: 37,
  voice: 45,
  byVoice: 46,
  judgedAbroad: 50,
  wants: 51,
  namedAbroad: 63,
  pressing: 67,
} as const;

/** Where the signals of an aspect's polarity stand. */
export const POLARITY_SIGNALS = { own: 1, judged: 13, judgedAbroad: 21, asked: 22 } as const;
/** Below this the lexicon sees no judgement. */
const BARELY_JUDGED = 0.15;

const RULE_SOFTNESS = 8;

/** Logits of all units and the evidence they were read from; unit 0 is the whole text. */
export interface Reading {
  readonly evidence: Evidence;
  readonly logits: Float32Array;
  readonly units: number;
}

/** Signals of a whole text, in a fixed order. */
export function textSignals(reading: Reading): Float32Array {
  const { evidence, logits, units } = reading;
  const shares = new Float32Array(units);
  const all: number[] = [1];
  for (const [at] of BUILT_IN_ASPECTS.entries())
    all.push(logits[ASPECT_AT + at] ?? 0, poolStrongest(logits, units, ASPECT_AT + at, shares));
  for (const [at] of INTENTS.entries())
    all.push(logits[INTENT_AT + at] ?? 0, poolStrongest(logits, units, INTENT_AT + at, shares));
  for (let step = 0; step < 3; step += 1) all.push(poolStrongest(logits, units, URGENCY_AT + step, shares));
  all.push(logits[SPAM_AT] ?? 0, logits[OURS_AT] ?? 0);
  shares.fill(0);
  shares[0] = 1;
  all.push(
    ...poolPolarity(logits, units, 'mood', shares),
    ...poolPolarity(logits, units, 'customer', shares),
  );
  const judged = softSum(evidence, 0, evidence.tokens.length);
  all.push(judged, ...context(evidence));
  for (const aspect of BUILT_IN_ASPECTS)
    all.push(evidence.hits.aspect.some(({ name, weight }) => name === aspect && weight >= JUDGED) ? 1 : 0);
  all.push(evidence.hits.ours.length > 0 ? 1 : 0, Math.min(3, evidence.hits.spam.length));
  all.push(Math.log(units), Math.log(1 + evidence.tokens.length) - 3);
  const voice = sigmoid(logits[VOICE_AT] ?? 0);
  all.push(voice);
  for (const side of [0, 1])
    all.push(
      voice * (all[TEXT_SIGNALS.customer + side] ?? 0),
      (1 - voice) * (all[TEXT_SIGNALS.mood + side] ?? 0),
    );
  all.push(evidence.lang === 'en' ? 0 : judged);
  for (const flag of wantFlags(evidence, judged)) all.push(flag, evidence.lang === 'en' ? 0 : flag);
  for (const [at] of BUILT_IN_ASPECTS.entries())
    all.push(evidence.lang === 'en' ? 0 : (all[TEXT_SIGNALS.named + at] ?? 0));
  const pressing = evidence.hits.urgency.reduce((most, { weight }) => Math.max(most, weight), 0);
  for (let step = 1; step <= 3; step += 1) all.push(pressing >= step ? 1 : 0);
  return Float32Array.from(all);
}

/** Signals of how an aspect is judged where `shares` say it is spoken of. */
export function polaritySignals(
  reading: Reading,
  aspect: number,
  shares: Shares,
  judged: number,
): Float32Array {
  const { evidence, logits, units } = reading;
  const name = BUILT_IN_ASPECTS[aspect];
  const object: PolarityObject = name ?? 'customer';
  const all: number[] = [
    1,
    ...poolPolarity(logits, units, object, shares),
    ...poolPolarity(logits, units, 'mood', shares),
  ];
  const whole = new Float32Array(units);
  whole[0] = 1;
  all.push(...poolPolarity(logits, units, 'customer', whole));
  for (const [at] of INTENTS.entries()) all.push(pooled(logits, units, INTENT_AT + at, shares));
  all.push(
    judged,
    softSum(evidence, 0, evidence.tokens.length),
    ...context(evidence),
    evidence.lang === 'en' ? 0 : judged,
  );
  all.push(
    evidence.sentences.some(({ isQuestion }) => isQuestion) && Math.abs(judged) < BARELY_JUDGED ? 1 : 0,
  );
  return Float32Array.from(all);
}

/** Whether the lexicon sees each intent, in their order. */
function wantFlags({ hits, sentences }: Evidence, judged: number): number[] {
  return INTENTS.map((intent) => {
    if (intent === 'complaint') return Math.max(0, -judged);
    if (intent === 'praise') return Math.max(0, judged);
    if (intent === 'question') return sentences.some(({ isQuestion }) => isQuestion) ? 1 : 0;
    if (intent === 'suggestion' && hits.wish.length > 0) return 1;
    return hits[intent].length > 0 ? 1 : 0;
  });
}

function pooled(logits: Float32Array, units: number, output: number, shares: Shares): number {
  let sum = 0;
  for (let unit = 0; unit < units; unit += 1)
    sum += (shares[unit] ?? 0) * (logits[unit * OUTPUTS + output] ?? 0);
  return sum;
}

function context({ kind, lang, tokens }: Evidence): number[] {
  return [
    ...CHANNEL_KINDS.map((one) => (one === kind ? 1 : 0)),
    lang === 'en' ? 1 : 0,
    tokens.some((token) => token.kind === 'handle') ? 1 : 0,
    tokens.some((token) => token.kind === 'link') ? 1 : 0,
  ];
}

/** Judgements of the lexicon within tokens `from` to `to`, summed and pressed into -1 to 1. */
export function softSum({ judgements }: Evidence, from: number, to: number): number {
  let sum = 0;
  for (const judgement of judgements)
    if (judgement.from >= from && judgement.from < to) sum += judgement.weight;
  return sum / Math.sqrt(sum * sum + RULE_SOFTNESS);
}
