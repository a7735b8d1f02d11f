import { BUILT_IN_ASPECTS, INTENTS } from '../../domain/words.ts';
import type { Evidence } from '../evidence.ts';
import { UnitFeatures } from '../features/unit-features.ts';
import type { WordTable } from '../features/word-features.ts';
import type { WordVectors } from '../features/word-vectors.ts';
import { ASPECT_AT, INTENT_AT, OUTPUTS, sigmoid } from './outputs.ts';
import { chancesOf, shareByAspect } from './pooling.ts';
import { readRow, type SecondReading } from './second-reading.ts';
import { polaritySignals, type Reading, softSum, textSignals } from './signals.ts';
import { eachUnit, MOST_CLAUSES } from './units.ts';
import { WeightReader, type Weights } from './weights.ts';

/** Everything learned: the heads over units and the second readings over what they say. */
export interface Heads {
  readonly weights: Weights;
  /** Rows in the order of {@link TEXT_ROWS}. */
  readonly text: SecondReading;
  /** Two rows: negative and positive, of an aspect where it is spoken of. */
  readonly polarity: SecondReading;
}

/** Where the outputs of a whole text stand in its second reading. */
export const TEXT_ROWS = {
  aspects: 0,
  polarity: BUILT_IN_ASPECTS.length,
  intents: BUILT_IN_ASPECTS.length + 2,
  spam: BUILT_IN_ASPECTS.length + 2 + INTENTS.length,
  ours: BUILT_IN_ASPECTS.length + 3 + INTENTS.length,
  urgency: BUILT_IN_ASPECTS.length + 4 + INTENTS.length,
  count: BUILT_IN_ASPECTS.length + 7 + INTENTS.length,
} as const;

/** Chances, 0 to 1, calibrated on texts the heads have not learned from. */
export interface Verdict {
  readonly aspects: readonly number[];
  /** Negative, neutral, positive. */
  readonly polarity: readonly [number, number, number];
  readonly intents: readonly number[];
  readonly spam: number;
  readonly ours: number;
  /** Chance of urgency at least 1, 2, 3. */
  readonly urgency: readonly number[];
}

/** Reads one text with all heads. */
export interface TextReader {
  read(evidence: Evidence): Reading;
  judge(reading: Reading): Verdict;
  /** How an aspect (its position; -1: none of the built-in) is judged: over the text, or in one clause with the text behind it. */
  polarityOf(reading: Reading, aspect: number, clause?: number): readonly [number, number, number];
}

/** How much a clause's own words count in its polarity; the rest is how the text judges the aspect. */
const CLAUSE_SHARE = 0.7;

export function createTextReader(
  { weights, text, polarity }: Heads,
  words: WordTable,
  vectors: WordVectors,
): TextReader {
  const features = new UnitFeatures(words, vectors);
  const weightReader = new WeightReader(weights, vectors);
  const scratch = new Float32Array((MOST_CLAUSES + 1) * OUTPUTS);
  return {
    read(evidence) {
      let units = 0;
      eachUnit(evidence, features, () => {
        weightReader.read(features, scratch, units * OUTPUTS);
        units += 1;
      });
      return { evidence, logits: scratch.slice(0, units * OUTPUTS), units };
    },
    judge(reading) {
      const signals = textSignals(reading);
      const chance = (row: number): number => sigmoid(readRow(text, row, signals));
      return {
        aspects: BUILT_IN_ASPECTS.map((_, at) => chance(TEXT_ROWS.aspects + at)),
        polarity: chancesOf([
          readRow(text, TEXT_ROWS.polarity, signals),
          readRow(text, TEXT_ROWS.polarity + 1, signals),
        ]),
        intents: INTENTS.map((_, at) => chance(TEXT_ROWS.intents + at)),
        spam: chance(TEXT_ROWS.spam),
        ours: chance(TEXT_ROWS.ours),
        urgency: [0, 1, 2].map((step) => chance(TEXT_ROWS.urgency + step)),
      };
    },
    polarityOf(reading, aspect, clause) {
      const signals = signalsOfPolarity(reading, aspect, clause);
      return chancesOf([readRow(polarity, 0, signals), readRow(polarity, 1, signals)]);
    },
  };
}

/** The signals that `polarityOf` goes by; training uses the same. */
export function signalsOfPolarity(reading: Reading, aspect: number, clause?: number): Float32Array {
  const { logits, units, evidence } = reading;
  const shares = new Float32Array(units);
  if (aspect >= 0) shareByAspect(logits, units, aspect, shares);
  else shares[0] = 1;
  if (clause !== undefined && units > 1) {
    for (let unit = 0; unit < units; unit += 1) shares[unit] = (shares[unit] ?? 0) * (1 - CLAUSE_SHARE);
    shares[clause + 1] = (shares[clause + 1] ?? 0) + CLAUSE_SHARE;
  }
  let judged = (shares[0] ?? 0) * softSum(evidence, 0, evidence.tokens.length);
  for (let unit = 1; unit < units; unit += 1) {
    const [share, at] = [shares[unit] ?? 0, evidence.clauses[unit - 1]];
    if (share > 0.01 && at !== undefined) judged += share * softSum(evidence, at.from, at.to);
  }
  return polaritySignals(reading, aspect, shares, judged);
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
