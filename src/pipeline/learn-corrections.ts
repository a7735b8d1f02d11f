import type { CorrectedText, Learned } from '../domain/learning.ts';
import type { LearnedHead, LearningStore } from '../domain/ports/learning-store.ts';

/** Learning anew for every correction would change little and cost much. */
export const FRESH_ENOUGH = 10;

export interface LearningDeps {
  readonly learning: LearningStore;
  /** The model that corrections add to. */
  readonly baseVersion: string;
  readonly learn: (texts: readonly CorrectedText[]) => Promise<Learned>;
}

/** Learns from all corrections and keeps the outcome, which is off unless it reads corrected texts better than the model alone. */
export async function learnCorrections(
  { learning, baseVersion, learn }: LearningDeps,
  author: string,
): Promise<LearnedHead | null> {
  const { lastId } = await learning.correctionsAfter('0');
  const learned = await learn(await learning.correctedTexts());
  await learning.append({ baseVersion, lastCorrectionId: lastId, learned, author });
  return learning.newest();
}

/** The same in the background: when ten corrections are new, or the model is. What was dropped stays dropped until ten are new. */
export async function learnWhenDue(deps: LearningDeps): Promise<LearnedHead | null> {
  const newest = await deps.learning.newest();
  const { fresh } = await deps.learning.correctionsAfter(newest?.lastCorrectionId ?? '0');
  const isOtherModel = newest !== null && newest.isOn && newest.baseVersion !== deps.baseVersion;
  return fresh >= FRESH_ENOUGH || isOtherModel ? learnCorrections(deps, 'background learning') : null;
}

/** Turns off what was learned. Answers whether there was anything on. */
export async function dropLearned(
  { learning }: Pick<LearningDeps, 'learning'>,
  author: string,
): Promise<boolean> {
  const newest = await learning.newest();
  if (!newest?.isOn) return false;
  const { lastId } = await learning.correctionsAfter('0');
  const { baseVersion, texts, exactBefore, exactAfter } = newest;
  const learned = { texts, exactBefore, exactAfter, weights: null, words: {} };
  await learning.append({ baseVersion, lastCorrectionId: lastId, learned, author });
  return true;
}
