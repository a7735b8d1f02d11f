import type { CorrectedText, Learned } from '../../domain/learning.ts';
import type { AspectHint } from '../../domain/opinion.ts';
import { MODEL_FOLDER, readModel, readWordVectors } from '../model/model-files.ts';
import { learn } from './learn.ts';

/** What a workspace has to teach. */
export interface Lessons {
  readonly corrected: readonly CorrectedText[];
  readonly hints: readonly AspectHint[];
}

/** Learns from corrected texts, in a thread of its own. */
export function run({ corrected, hints }: Lessons): Learned {
  return learn(corrected, { model: readModel(MODEL_FOLDER), vectors: readWordVectors(MODEL_FOLDER) }, hints);
}

export function ping(): void {}
