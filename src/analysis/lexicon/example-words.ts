import type { AspectHint } from '../../domain/opinion.ts';
import type { LanguagePack } from './pack.ts';
import { phrasesOf, wordsOf } from './phrases.ts';

/** How far a word speaks of an aspect: it stands in several of the texts that describe it, or in one. */
export const LIKELY = 0.7;
export const POSSIBLE = 0.6;

const SHORTEST = 4;

/** The words of an aspect's examples and description that neither judge nor fill, with how far each speaks of the aspect. */
export function wordsOfExamples(
  { examples = [], description }: AspectHint,
  { functionWords, pronouns, polarity, lang }: LanguagePack,
): Map<string, number> {
  if (examples.length === 0) return new Map();
  const idle = new Set(
    [functionWords, pronouns, ...Object.values(polarity)].flatMap((list) => phrasesOf(list, lang)),
  );
  const found = new Map<string, number>();
  for (const text of [...examples, ...(description === undefined ? [] : [description])]) {
    for (const word of new Set(wordsOf(text))) {
      if (word.length < SHORTEST || idle.has(word)) continue;
      found.set(word, found.has(word) ? LIKELY : POSSIBLE);
    }
  }
  return found;
}
