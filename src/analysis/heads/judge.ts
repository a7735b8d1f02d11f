import { BUILT_IN_ASPECTS, INTENTS } from '../../domain/words.ts';
import type { Evidence } from '../evidence.ts';
import type { WordTable } from '../features/word-features.ts';
import type { WordVectors } from '../features/word-vectors.ts';
import type { Residual } from '../learning/residual.ts';
import { createReading, polarityLogits, type Reading, TEXT_ROWS, textLogits } from './combine.ts';
import { OUTPUTS, sigmoid, VOICE_AT } from './outputs.ts';
import { chancesOf } from './pooling.ts';
import { MOST_CLAUSES, readUnits } from './units.ts';
import { WeightReader, type Weights } from './weights.ts';

/**
 * How much more than texts of the corpus those that are read take sides, in logits: a customer's text, one to the world, one to the world
 * that passes on a link, and an aspect where nothing is asked for, alone or beside others. Set by hand, with an eye on reviews and posts.
 */
const SIDED = { customer: 0.35, world: -0.2, news: -0.7, aspect: 0.8, severalAspects: 0 } as const;

/** Slope and offset that make the chances of one row come true. */
export type Scale = readonly [slope: number, offset: number];

/** Who turns to a company by name has something to blame more often than our texts have: logits of negative and positive. Set by hand on real posts. */
const ADDRESSED = [0.6, -0.3] as const;
const TO_NOBODY = [0, 0] as const;

/** Everything learned: the heads over units, and how far what they say can be believed. */
export interface Heads {
  readonly weights: Weights;
  /** In the order of {@link TEXT_ROWS}. */
  readonly text: readonly Scale[];
  /** Negative and positive, of an aspect where it is spoken of. */
  readonly polarity: readonly Scale[];
}

/** Chances, 0 to 1, calibrated on texts the heads have not learned from. */
export interface Verdict {
  readonly aspects: readonly number[];
  /** Negative, neutral, positive. */
  readonly polarity: readonly [number, number, number];
  readonly intents: readonly number[];
  readonly spam: number;
  readonly ours: number;
  /** Whether a customer speaks, and not somebody to the world. */
  readonly voice: number;
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

export function createTextReader(
  { weights, text, polarity }: Heads,
  table: WordTable,
  vectors: WordVectors,
  residual: Residual | null,
): TextReader {
  const weightReader = new WeightReader(weights, vectors);
  const scratch = new Float32Array((MOST_CLAUSES + 1) * OUTPUTS);
  return {
    read(evidence) {
      const { words, units } = readUnits(evidence, table);
      weightReader.begin(words);
      for (const [at, unit] of units.entries()) {
        weightReader.read(unit, scratch, at * OUTPUTS);
        residual?.add(unit, scratch, at * OUTPUTS);
      }
      return createReading(evidence, scratch.slice(0, units.length * OUTPUTS), units.length);
    },
    judge(reading) {
      const logits = textLogits(reading);
      const at = (row: number): number => scaled(text[row], logits[row] ?? 0);
      const voice = sigmoid(reading.logits[VOICE_AT] ?? 0);
      const sided = voice * SIDED.customer + (1 - voice) * (isNews(reading) ? SIDED.news : SIDED.world);
      const [blame, praise] = isAddressed(reading) ? ADDRESSED : TO_NOBODY;
      return {
        aspects: BUILT_IN_ASPECTS.map((_, aspect) => sigmoid(at(TEXT_ROWS.aspects + aspect))),
        polarity: chancesOf([
          at(TEXT_ROWS.polarity) + sided + blame,
          at(TEXT_ROWS.polarity + 1) + sided + praise,
        ]),
        intents: INTENTS.map((_, intent) => sigmoid(at(TEXT_ROWS.intents + intent))),
        spam: sigmoid(at(TEXT_ROWS.spam)),
        ours: sigmoid(at(TEXT_ROWS.ours)),
        voice,
        urgency: [0, 1, 2].map((step) => sigmoid(at(TEXT_ROWS.urgency + step))),
      };
    },
    polarityOf(reading, aspect, clause) {
      const [negative, positive] = polarityLogits(reading, aspect, clause);
      const [blame, praise] = leaningOf(reading);
      return chancesOf([scaled(polarity[0], negative) + blame, scaled(polarity[1], positive) + praise]);
    },
  };
}

/** What is added to negative and positive of an aspect; who asks for something has not judged yet, and of several aspects some are only mentioned. */
export function leaningOf(reading: Reading): readonly [negative: number, positive: number] {
  const { isAsked, named, evidence } = reading;
  const isWanted = isAsked || evidence.hits.suggestion.length > 0 || evidence.hits.purchase.length > 0;
  const sided = isWanted ? 0 : named.size > 1 ? SIDED.severalAspects : SIDED.aspect;
  const [blame, praise] = isAddressed(reading) ? ADDRESSED : TO_NOBODY;
  return [sided + blame, sided + praise];
}

function isAddressed({ evidence: { tokens } }: Reading): boolean {
  return tokens[0]?.kind === 'handle';
}

/** Whether a link is passed on; who shows it to somebody speaks to them. */
function isNews(reading: Reading): boolean {
  return !isAddressed(reading) && reading.evidence.tokens.some(({ kind }) => kind === 'link');
}

function scaled(scale: Scale | undefined, logit: number): number {
  return scale === undefined ? logit : scale[0] * logit + scale[1];
}
