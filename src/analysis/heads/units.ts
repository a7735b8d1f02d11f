import type { Evidence } from '../evidence.ts';
import { createClassReader, type UnitFlags } from '../features/classes.ts';
import { readWords, type TextWords } from '../features/text-words.ts';
import { readUnit, type UnitFeatures } from '../features/unit-features.ts';
import type { WordTable } from '../features/word-features.ts';

/** The text as a whole, and its clauses where there are several. Long texts: the first so many clauses. */
export const MOST_CLAUSES = 200;

/** The features of the whole text, then those of every clause, where there is more than one. */
export function readUnits(
  evidence: Evidence,
  table: WordTable,
): { readonly words: TextWords; readonly units: readonly UnitFeatures[] } {
  const { tokens, clauses, sentences } = evidence;
  const words = readWords(tokens, table);
  const classesOf = createClassReader(tokens, evidence);
  const whole = { from: 0, to: tokens.length };
  const isEnglish = evidence.lang === 'en' || evidence.lang === 'und';
  const units = [readUnit(words, whole, classesOf(whole, textFlags(evidence)), isEnglish)];
  if (clauses.length < 2) return { words, units };
  for (const clause of clauses.slice(0, MOST_CLAUSES)) {
    const sentence = sentences[clause.sentence];
    const flags = {
      isText: false,
      isContrasted: clause.isContrasted,
      isQuestion: sentence?.isQuestion ?? false,
      shouts: sentence?.shouts ?? 0,
    };
    units.push(readUnit(words, clause, classesOf(clause, flags), isEnglish));
  }
  return { words, units };
}

function textFlags({ sentences }: Evidence): UnitFlags {
  return {
    isText: true,
    isContrasted: false,
    isQuestion: sentences.some(({ isQuestion }) => isQuestion),
    shouts: sentences.reduce((most, { shouts }) => Math.max(most, shouts), 0),
  };
}
