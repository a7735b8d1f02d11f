import type { CorrectedText, Learned } from '../../domain/learning.ts';
import { MODEL_FOLDER, readModel, readWordVectors } from '../model/model-files.ts';
import { learn } from './learn.ts';

/** Learns from corrected texts, in a thread of its own. */
export function run(corrected: readonly CorrectedText[]): Learned {
  return learn(corrected, { model: readModel(MODEL_FOLDER), vectors: readWordVectors(MODEL_FOLDER) });
}

export function ping(): void {}
