import type { EvidenceReader } from '../evidence.ts';
import { WordTable } from '../features/word-features.ts';
import type { WordVectors } from '../features/word-vectors.ts';
import { createTextReader, type Heads, TEXT_ROWS } from '../heads/judge.ts';
import type { Model } from '../model/model-files.ts';
import { createExampleMaker, type Example, labelsOf } from './example.ts';
import type { LabelledText } from './labelled-text.ts';
import { quantise } from './quantise.ts';
import { polarityRows, textRows } from './reading-rows.ts';
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
