import { type LearnedWords, PROVEN_TEXTS } from '../domain/learning.ts';
import type { AspectHint } from '../domain/opinion.ts';
import type { LearningStore } from '../domain/ports/learning-store.ts';
import { BUILT_IN_ASPECTS } from '../domain/words.ts';

/** How well an aspect that the workspace added is known. */
export interface OwnAspectState extends Pick<LearnedWords, 'sure' | 'wrong'> {
  readonly aspect: string;
  /** Texts that say they speak of it, its examples counted. */
  readonly texts: number;
  /** Until thirty texts. */
  readonly isUncertain: boolean;
}

/** The aspects that `earshot.yaml` adds to the four. */
export async function readOwnAspects(
  learning: LearningStore,
  hints: readonly AspectHint[],
): Promise<OwnAspectState[]> {
  const own = hints.filter(({ aspect }) => !(BUILT_IN_ASPECTS as readonly string[]).includes(aspect));
  if (own.length === 0) return [];
  const [labelled, newest] = await Promise.all([learning.labelledTexts(), learning.newest()]);
  return own.map(({ aspect, examples = [] }) => {
    const texts = examples.length + (labelled[aspect] ?? 0);
    const { sure = [], wrong = [] } = newest?.words[aspect] ?? {};
    return { aspect, texts, isUncertain: texts < PROVEN_TEXTS, sure, wrong };
  });
}
