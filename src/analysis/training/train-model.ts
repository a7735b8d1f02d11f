import type { EvidenceReader } from '../evidence.ts';
import { WordTable } from '../features/word-features.ts';
import type { WordVectors } from '../features/word-vectors.ts';
import { TEXT_ROWS } from '../heads/combine.ts';
import { createTextReader, type Heads } from '../heads/judge.ts';
import type { Model } from '../model/model-files.ts';
import { createExampleMaker, type Example, labelsOf } from './example.ts';
import type { LabelledText } from './labelled-text.ts';
import { quantise } from './quantise.ts';
import { polarityExamples, textExample } from './scale-examples.ts';
import { fitScales, type ScaleExample } from './scaling.ts';
import { fitThresholds, type Judged } from './thresholds.ts';
import { trainLearner } from './train-learner.ts';

export interface TrainSettings {
  readonly read: EvidenceReader;
  readonly vectors: WordVectors;
  readonly seed: number;
  readonly onStep?: (step: string) => void;
}

const LEARNING = { rate: 0.1, damping: 0.3, dropout: 0.3, bare: 0.25, blind: 0.4, epochs: 12 };

export function makeExamples(texts: readonly LabelledText[], { read, vectors }: TrainSettings): Example[] {
  const make = createExampleMaker(read, vectors);
  return texts.map((text) => make(text));
}

/** Learns the first heads alone. */
export function trainWeights(
  examples: readonly Example[],
  { seed, onStep }: TrainSettings,
): Heads['weights'] {
  const onEpoch = (epoch: number): void => onStep?.(`learned round ${epoch + 1} of ${LEARNING.epochs}`);
  return quantise(trainLearner(examples, { ...LEARNING, seed, onEpoch }));
}

/** Fits scales and thresholds on texts the weights have not learned from. */
export function calibrate(
  weights: Heads['weights'],
  texts: readonly LabelledText[],
  settings: TrainSettings,
): Pick<Model, 'heads' | 'thresholds'> {
  const words = new WordTable(settings.vectors);
  const reader = createTextReader({ weights, text: [], polarity: [] }, words, settings.vectors, null);
  const forText: ScaleExample[] = [];
  const forPolarity: ScaleExample[] = [];
  const readings = texts.map((labelled) => {
    const reading = reader.read(readText(settings.read, labelled));
    const labels = labelsOf(labelled);
    forText.push(textExample(reading, labels));
    forPolarity.push(...polarityExamples(reading, labels));
    return { reading, labelled };
  });
  const { seed } = settings;
  const text = fitScales(forText, { rows: TEXT_ROWS.count, choices: [TEXT_ROWS.polarity], seed });
  const polarity = fitScales(forPolarity, { rows: 2, choices: [0], seed });
  const heads = { weights, text, polarity };
  const final = createTextReader(heads, words, settings.vectors, null);
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
