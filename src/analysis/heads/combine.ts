import { BUILT_IN_ASPECTS, INTENTS, type Intent } from '../../domain/words.ts';
import type { Evidence } from '../evidence.ts';
import { namedIn } from '../named.ts';
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
import { poolPolarity, poolStrongest, type Shares, shareByAspect } from './pooling.ts';

// What the heads say is weighed against the lexicon here, in logits. These numbers are set by hand and few: weights that were fitted
// on our own texts instead did worse on every other domain. Outside English, where few words have been learned, the lexicon counts more.

/** An aspect that is named by a word of the lexicon, or the product by bare liking; and so much more outside English. */
const NAMED = 2.2;
const NAMED_ABROAD = 3.1;
/** English for the aspects but product: outside English they speak up too soon. */
const ENGLISH = 1.3;
/** Judging words, for the polarity of a text and of an aspect; and so much more outside English. */
const JUDGED = 1.2;
const JUDGED_OF_ASPECT = 2.2;
const JUDGED_ABROAD = 2.5;
/** A question without judging words takes neither side. */
const ASKED = 1;
const BARELY_JUDGED = 0.15;
/** A short text without judging words takes neither side: an answer, a name, a number. */
const PLAIN = 1;
const SHORT = 12;
/** The lexicon's signs of each intent; and so much more outside English. */
const WANTED: Readonly<Record<Intent, number>> = {
  complaint: 1.5,
  praise: 0.7,
  question: 2.5,
  suggestion: 2,
  purchase: 0.7,
  churn: 2,
};
const WANTED_ABROAD = 0.7;
/** Thanks that mock complain more than any judging word. */
const MOCKED = 2.2;
/** Phrases of advertisers, up to two of them; and so much more outside English. */
const ADVERTISED = 0.3;
const ADVERTISED_ABROAD = 0.5;
/** The lexicon's pressing words, for urgency at least 1, 2, 3: danger is rare in what is learned from. */
const PRESSING = [0.5, 1, 3] as const;
/** How much a clause's own words count in its polarity; the rest is how the text judges the aspect. */
const CLAUSE_SHARE = 0.5;
const RULE_SOFTNESS = 8;

/** Where the outputs of a whole text stand. */
export const TEXT_ROWS = {
  aspects: 0,
  polarity: BUILT_IN_ASPECTS.length,
  intents: BUILT_IN_ASPECTS.length + 2,
  spam: BUILT_IN_ASPECTS.length + 2 + INTENTS.length,
  ours: BUILT_IN_ASPECTS.length + 3 + INTENTS.length,
  urgency: BUILT_IN_ASPECTS.length + 4 + INTENTS.length,
  count: BUILT_IN_ASPECTS.length + 7 + INTENTS.length,
} as const;

/** Logits of all units and the evidence they were read from; unit 0 is the whole text. */
export interface Reading {
  readonly evidence: Evidence;
  readonly logits: Float32Array;
  readonly units: number;
  /** The judging words of the whole text, as {@link softSum}. */
  readonly judged: number;
  readonly isAsked: boolean;
  /** Aspects that some clause names. */
  readonly named: ReadonlySet<string>;
}

export function createReading(evidence: Evidence, logits: Float32Array, units: number): Reading {
  return {
    evidence,
    logits,
    units,
    judged: softSum(evidence, 0, evidence.tokens.length),
    isAsked: evidence.sentences.some(({ isQuestion }) => isQuestion),
    named: new Set(namedIn(evidence, evidence.clauses).flatMap((names) => [...names])),
  };
}

/** What a whole text is said to be: a logit for each of {@link TEXT_ROWS}. */
export function textLogits(reading: Reading): Float32Array {
  const { evidence, logits, units, judged } = reading;
  const isEnglish = evidence.lang === 'en';
  const all = new Float32Array(TEXT_ROWS.count);
  const shares = new Float32Array(units);
  for (let at = 0; at < BUILT_IN_ASPECTS.length; at += 1)
    all[TEXT_ROWS.aspects + at] = aspectLogit(reading, at, shares);
  for (let at = 0; at < INTENTS.length; at += 1) {
    const intent = INTENTS[at] as Intent;
    const wanted = wants(reading, intent) * (WANTED[intent] + (isEnglish ? 0 : WANTED_ABROAD));
    all[TEXT_ROWS.intents + at] = poolStrongest(logits, units, INTENT_AT + at, shares) + wanted;
  }
  const pressing = evidence.hits.urgency.reduce((most, { weight }) => Math.max(most, weight), 0);
  for (const [step, weight] of PRESSING.entries())
    all[TEXT_ROWS.urgency + step] =
      poolStrongest(logits, units, URGENCY_AT + step, shares) + (pressing > step ? weight : 0);
  const advertised =
    Math.min(2, evidence.hits.spam.length) * (ADVERTISED + (isEnglish ? 0 : ADVERTISED_ABROAD));
  all[TEXT_ROWS.spam] = (logits[SPAM_AT] ?? 0) + advertised;
  all[TEXT_ROWS.ours] = logits[OURS_AT] ?? 0;
  shares.fill(0);
  shares[0] = 1;
  const mood = poolPolarity(logits, units, 'mood', shares);
  const customer = poolPolarity(logits, units, 'customer', shares);
  const voice = sigmoid(logits[VOICE_AT] ?? 0);
  const words = judged * (JUDGED + (isEnglish ? 0 : JUDGED_ABROAD));
  const plain = Math.abs(judged) < BARELY_JUDGED && wordsOf(evidence) <= SHORT ? PLAIN : 0;
  all[TEXT_ROWS.polarity] = voice * customer[0] + (1 - voice) * mood[0] - words - plain;
  all[TEXT_ROWS.polarity + 1] = voice * customer[1] + (1 - voice) * mood[1] + words - plain;
  return all;
}

function wordsOf({ tokens }: Evidence): number {
  return tokens.filter(({ kind }) => kind === 'word').length;
}

/** How far a text speaks of a built-in aspect, by its position. */
export function aspectLogit(
  { evidence, logits, units, named: names }: Reading,
  aspect: number,
  shares: Shares = new Float32Array(units),
): number {
  const isEnglish = evidence.lang === 'en';
  const isNamed = names.has(BUILT_IN_ASPECTS[aspect] ?? '');
  const named = isNamed ? NAMED + (isEnglish ? 0 : NAMED_ABROAD) : 0;
  const english = isEnglish && BUILT_IN_ASPECTS[aspect] !== 'product' ? ENGLISH : 0;
  return poolStrongest(logits, units, ASPECT_AT + aspect, shares) + named + english;
}

/**
 * How an aspect (its position; -1: none of the built-in) is judged, over the text or in one clause with the text behind it: logits
 * of negative and positive against a neutral of 0.
 */
export function polarityLogits(
  reading: Reading,
  aspect: number,
  clause?: number,
): [negative: number, positive: number] {
  const { logits, units, evidence } = reading;
  const shares = polarityShares(reading, aspect, clause);
  let judged = (shares[0] ?? 0) * reading.judged;
  for (let unit = 1; unit < units; unit += 1) {
    const [share, at] = [shares[unit] ?? 0, evidence.clauses[unit - 1]];
    if (share > 0.01 && at !== undefined) judged += share * softSum(evidence, at.from, at.to);
  }
  const object: PolarityObject = BUILT_IN_ASPECTS[aspect] ?? 'customer';
  const own = poolPolarity(logits, units, object, shares);
  const asked = reading.isAsked && Math.abs(judged) < BARELY_JUDGED ? ASKED : 0;
  const words = judged * (JUDGED_OF_ASPECT + (evidence.lang === 'en' ? 0 : JUDGED_ABROAD));
  return [own[0] - words - asked, own[1] + words - asked];
}

/** How much each unit counts in how an aspect is judged, over the text or in one clause. */
export function polarityShares({ logits, units }: Reading, aspect: number, clause?: number): Shares {
  const shares = new Float32Array(units);
  if (aspect >= 0) shareByAspect(logits, units, aspect, shares);
  else shares[0] = 1;
  if (clause === undefined || units === 1) return shares;
  for (let unit = 0; unit < units; unit += 1) shares[unit] = (shares[unit] ?? 0) * (1 - CLAUSE_SHARE);
  shares[clause + 1] = (shares[clause + 1] ?? 0) + CLAUSE_SHARE;
  return shares;
}

/** Logit of an aspect or intent in one clause; of the whole text where there is but one. */
export function clauseLogit(
  { logits, units }: Reading,
  clause: number,
  head: 'aspect' | 'intent',
  at: number,
): number {
  const unit = units === 1 ? 0 : clause + 1;
  return logits[unit * OUTPUTS + (head === 'aspect' ? ASPECT_AT : INTENT_AT) + at] ?? 0;
}

/** How far the lexicon sees an intent, 0 to 1; more where it is mocked. */
function wants({ evidence: { hits }, judged, isAsked }: Reading, intent: Intent): number {
  if (intent === 'complaint') return Math.max(0, hits.sarcasm.length > 0 ? MOCKED : -judged);
  if (intent === 'praise') return Math.max(0, judged);
  if (intent === 'question') return isAsked ? 1 : 0;
  if (intent === 'suggestion' && hits.wish.length > 0) return 1;
  return hits[intent].length > 0 ? 1 : 0;
}

/** Judgements of the lexicon within tokens `from` to `to`, summed and pressed into -1 to 1. */
export function softSum({ judgements }: Evidence, from: number, to: number): number {
  let sum = 0;
  for (const judgement of judgements)
    if (judgement.from >= from && judgement.from < to) sum += judgement.weight;
  return sum / Math.sqrt(sum * sum + RULE_SOFTNESS);
}
