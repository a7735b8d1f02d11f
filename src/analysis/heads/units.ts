import type { Evidence } from '../evidence.ts';
import { createClassReader, type UnitFlags } from '../features/classes.ts';
import type { UnitFeatures } from '../features/unit-features.ts';

/** The text as a whole, and its clauses where there are several. Long texts: the first so many clauses. */
export const MOST_CLAUSES = 200;

/**
 * Fills `features` for the whole text and hands it over, then for every clause in turn, where there is more than one.
 * `at` is -1 for the text, else the position of the clause.
 */
export function eachUnit(evidence: Evidence, features: UnitFeatures, take: (at: number) => void): void {
  const { tokens, clauses, sentences } = evidence;
  const classesOf = createClassReader(tokens, evidence);
  const whole = { from: 0, to: tokens.length };
  const isEnglish = evidence.lang === 'en' || evidence.lang === 'und';
  features.fill(tokens, whole, classesOf(whole, textFlags(evidence)), isEnglish);
  take(-1);
  if (clauses.length < 2) return;
  for (const [at, clause] of clauses.slice(0, MOST_CLAUSES).entries()) {
    const sentence = sentences[clause.sentence];
    const flags = {
      isText: false,
      isContrasted: clause.isContrasted,
      isQuestion: sentence?.isQuestion ?? false,
      shouts: sentence?.shouts ?? 0,
    };
    features.fill(tokens, clause, classesOf(clause, flags), isEnglish);
    take(at);
  }
}

function textFlags({ sentences }: Evidence): UnitFlags {
  return {
    isText: true,
    isContrasted: false,
    isQuestion: sentences.some(({ isQuestion }) => isQuestion),
    shouts: sentences.reduce((most, { shouts }) => Math.max(most, shouts), 0),
  };
}
