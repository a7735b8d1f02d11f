import { BUILT_IN_ASPECTS, INTENTS, type Intent } from '../../domain/words.ts';
import type { EvidenceReader } from '../evidence.ts';
import { WordTable } from '../features/word-features.ts';
import type { WordVectors } from '../features/word-vectors.ts';
import { createTextReader, type Heads, TEXT_ROWS } from '../heads/judge.ts';
import { POLARITY_SIGNALS, TEXT_SIGNALS } from '../heads/signals.ts';
import type { Model } from '../model/model-files.ts';
import { createExampleMaker, type Example, labelsOf } from './example.ts';
import type { LabelledText } from './labelled-text.ts';
import { quantise } from './quantise.ts';
import { type SecondExample, scaleRows } from './scaling.ts';
import { polarityExamples, textExample } from './second-examples.ts';
import { fitThresholds, type Judged } from './thresholds.ts';
import { trainLearner } from './train-learner.ts';

export interface TrainSettings {
  readonly read: EvidenceReader;
  readonly vectors: WordVectors;
  readonly seed: number;
  readonly onStep?: (step: string) => void;
}

const LEARNING = { rate: 0.1, damping: 0.3, dropout: 0.3, bare: 0.25, epochs: 4 };

export function makeExamples(texts: readonly LabelledText[], { read, vectors }: TrainSettings): Example[] {
  const make = createExampleMaker(read, vectors);
  return texts.map((text) => make(text));
}

/** Learns the first heads alone. */
export function trainWeights(
  examples: readonly Example[],
  { seed, onStep }: TrainSettings,
): Heads['weights'] {
  return quantise(
    trainLearner(examples, {
      ...LEARNING,
      seed,
      onEpoch: (epoch) => onStep?.(`learned round ${epoch + 1} of ${LEARNING.epochs}`),
    }),
  );
}

/** Fits second readings and thresholds on texts the weights have not learned from. */
export function calibrate(
  weights: Heads['weights'],
  texts: readonly LabelledText[],
  settings: TrainSettings,
): Pick<Model, 'heads' | 'thresholds'> {
  const words = new WordTable(settings.vectors);
  const reader = createTextReader(
    { weights, text: { rows: [] }, polarity: { rows: [] } },
    words,
    settings.vectors,
  );
  const forText: SecondExample[] = [];
  const forPolarity: SecondExample[] = [];
  const readings = texts.map((labelled) => {
    const reading = reader.read(readText(settings.read, labelled));
    const labels = labelsOf(labelled);
    forText.push(textExample(reading, labels));
    forPolarity.push(...polarityExamples(reading, labels));
    return { reading, labelled };
  });
  const { seed } = settings;
  const text = {
    rows: scaleRows(forText, {
      rows: textRows(forText[0]?.signals.length ?? 0),
      choices: [TEXT_ROWS.polarity],
      seed,
    }),
  };
  const polarity = {
    rows: scaleRows(forPolarity, {
      rows: polarityRows(forPolarity[0]?.signals.length ?? 0),
      choices: [0],
      seed,
    }),
  };
  const heads = { weights, text, polarity };
  const final = createTextReader(heads, words, settings.vectors);
  const judged: Judged[] = readings.map(({ reading, labelled }) => ({
    labelled,
    kind: reading.evidence.kind,
    verdict: final.judge(reading),
  }));
  return { heads, thresholds: fitThresholds(judged) };
}

function readText(read: EvidenceReader, { text, lang, kind }: LabelledText): ReturnType<EvidenceReader> {
  return read({ text, ...(lang === undefined ? {} : { lang }), ...(kind === undefined ? {} : { kind }) });
}

/** What a named aspect, and judging words, count for, in logits. */
const NAMED_COUNTS = 1.3;
const WANT_COUNTS: Readonly<Record<Intent, number>> = {
  complaint: 1.5,
  praise: 0.7,
  question: 2.5,
  suggestion: 1,
  purchase: 0.7,
  churn: 1.5,
};
const WANTED_ABROAD = 0.7;
/** A question without judging words takes neither side. */
const ASKED_COUNTS = 0.8;
/** What the lexicon's pressing words count for urgency at least 1, 2, 3: danger is rare in what was learned. */
const PRESSING_COUNTS = [0.5, 1, 2.5];
const JUDGING_COUNTS = 0.7;
/** So much more outside English, where few words have been learned. */
const JUDGING_ASPECT = 1.3;
const JUDGING_ABROAD = 1.5;
const NAMED_ABROAD = 1.5;
/** Outside English the words that are not product speak up too soon. */
const ENGLISH_COUNTS = 0.8;
const PRODUCT = BUILT_IN_ASPECTS.indexOf('product');

/** The second reading of a text: every row believes its own pooled logit, and the lexicon a little. */
function textRows(signals: number): number[][] {
  const rows = Array.from({ length: TEXT_ROWS.count }, () => zeros(signals));
  const believe = (row: number, signal: number, weight = 1): void => {
    const weights = rows[row];
    if (weights !== undefined) weights[signal] = weight;
  };
  for (const [at] of BUILT_IN_ASPECTS.entries()) {
    believe(TEXT_ROWS.aspects + at, TEXT_SIGNALS.aspects + 2 * at + 1);
    believe(TEXT_ROWS.aspects + at, TEXT_SIGNALS.named + at, NAMED_COUNTS);
    believe(TEXT_ROWS.aspects + at, TEXT_SIGNALS.namedAbroad + at, NAMED_ABROAD);
    if (at !== PRODUCT) believe(TEXT_ROWS.aspects + at, TEXT_SIGNALS.english, ENGLISH_COUNTS);
  }
  for (const [at, intent] of INTENTS.entries()) {
    believe(TEXT_ROWS.intents + at, TEXT_SIGNALS.intents + 2 * at + 1);
    const counts = WANT_COUNTS[intent];
    believe(TEXT_ROWS.intents + at, TEXT_SIGNALS.wants + 2 * at, counts);
    believe(TEXT_ROWS.intents + at, TEXT_SIGNALS.wants + 2 * at + 1, WANTED_ABROAD);
  }
  for (let step = 0; step < 3; step += 1) {
    believe(TEXT_ROWS.urgency + step, TEXT_SIGNALS.urgency + step);
    believe(TEXT_ROWS.urgency + step, TEXT_SIGNALS.pressing + step, PRESSING_COUNTS[step]);
  }
  believe(TEXT_ROWS.spam, TEXT_SIGNALS.spam);
  believe(TEXT_ROWS.ours, TEXT_SIGNALS.ours);
  for (const side of [0, 1]) {
    believe(TEXT_ROWS.polarity + side, TEXT_SIGNALS.byVoice + 2 * side);
    believe(TEXT_ROWS.polarity + side, TEXT_SIGNALS.byVoice + 2 * side + 1);
    believe(TEXT_ROWS.polarity + side, TEXT_SIGNALS.judged, side === 0 ? -JUDGING_COUNTS : JUDGING_COUNTS);
    believe(
      TEXT_ROWS.polarity + side,
      TEXT_SIGNALS.judgedAbroad,
      side === 0 ? -JUDGING_ABROAD : JUDGING_ABROAD,
    );
  }
  return rows;
}

/** The second reading of an aspect's polarity: its own two logits and the lexicon. */
function polarityRows(signals: number): number[][] {
  return [0, 1].map((side) => {
    const row = zeros(signals);
    row[POLARITY_SIGNALS.own + side] = 1;
    row[POLARITY_SIGNALS.judged] = side === 0 ? -JUDGING_ASPECT : JUDGING_ASPECT;
    row[POLARITY_SIGNALS.asked] = -ASKED_COUNTS;
    row[POLARITY_SIGNALS.judgedAbroad] = side === 0 ? -JUDGING_ABROAD : JUDGING_ABROAD;
    return row;
  });
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
