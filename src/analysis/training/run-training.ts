import { createEngine } from '../engine.ts';
import { createEvidenceReader } from '../evidence.ts';
import type { WordVectors } from '../features/word-vectors.ts';
import type { Model } from '../model/model-files.ts';
import type { Scoreboard } from '../scoreboard.ts';
import type { LabelledText } from './labelled-text.ts';
import { measure } from './measure.ts';
import { partOf } from './split.ts';
import { calibrate, makeExamples, type TrainSettings, trainWeights } from './train-model.ts';

export interface TrainingInput {
  readonly texts: readonly LabelledText[];
  readonly vectors: WordVectors;
  readonly seed: number;
  /** Told what has been done, as it is done. */
  readonly onStep: (step: string) => void;
}

export interface Training {
  readonly model: Omit<Model, 'version'>;
  /** How the model does on industries it was not shown. */
  readonly board: Scoreboard;
  readonly counts: { readonly train: number; readonly dev: number; readonly test: number };
}

/**
 * Learns from the training part, calibrates on the second and measures on the third, then learns the weights once more
 * from everything; scales and thresholds stay as they were fitted. The same input gives the same model.
 */
export function runTraining({ texts, vectors, seed, onStep }: TrainingInput): Training {
  const settings: TrainSettings = { read: createEvidenceReader([]), vectors, seed, onStep };
  const parts = { train: [] as LabelledText[], dev: [] as LabelledText[], test: [] as LabelledText[] };
  for (const text of texts) parts[partOf(text)].push(text);
  const counts = { train: parts.train.length, dev: parts.dev.length, test: parts.test.length };
  const seen = makeExamples(parts.train, settings);
  onStep(`read ${counts.train} texts to learn from`);
  const measured = calibrate(trainWeights(seen, settings), parts.dev, settings);
  onStep(`calibrated on ${counts.dev} texts`);
  const engine = createEngine([], { model: { version: 'measured', ...measured }, vectors });
  const board = measure(engine, parts.test);
  onStep(`measured on ${counts.test} texts`);
  const weights = trainWeights([...seen, ...makeExamples([...parts.dev, ...parts.test], settings)], settings);
  return { model: { ...measured, heads: { ...measured.heads, weights } }, board, counts };
}
