import type { AnswerAccount, Cohort, Question } from '../domain/answer.ts';
import type { Aspect } from '../domain/words.ts';
import { findAccounts } from './answer-account.ts';
import { readCohort, WHO } from './answer-cohort.ts';
import { type CutQuestion, cutQuestion } from './answer-forms.ts';
import { readSubject } from './answer-subject.ts';
import { type AskedAt, readWindow } from './answer-window.ts';

/** What a question is read against. */
export interface QuestionContext extends AskedAt {
  readonly accounts: readonly AnswerAccount[];
  /** Every aspect of the workspace. */
  readonly aspects: readonly Aspect[];
}

export type QuestionReading =
  | { readonly question: Question /** What was taken for what. */; readonly notices: readonly string[] }
  /** What could not be read, or null when nothing particular. */
  | { readonly fault: string | null };

const MOST_LETTERS = 400;
/** At most four words, none of them one that opens a question. */
const COULD_BE_NAME = new RegExp(
  `^(?!(?:what|who|how|why|when|where|which|is|are|do|does|did)\\b|.*${WHO})\\S+(?: \\S+){0,3}$`,
  'iu',
);

/** Reads an English question of the forms in EXAMPLE_QUESTIONS. Pure; a question that cannot be read is an answer too. */
export function parseQuestion(text: string, context: QuestionContext): QuestionReading {
  if (text.length > MOST_LETTERS) return { fault: `it is longer than ${MOST_LETTERS} characters` };
  const clean = text
    .normalize('NFKC')
    .replaceAll(WHO, '')
    .replace(/[‘’]/gu, "'")
    .replace(/\s+/gu, ' ')
    .trim();
  const windowed = readWindow(clean, context);
  if ('fault' in windowed) return windowed;
  const grouped = readCohort(windowed.rest, context.accounts);
  if ('fault' in grouped) return grouped;
  const cuts = cutQuestion(grouped.rest);
  for (const cut of cuts) {
    const who = findWho(cut, grouped.cohort, context.accounts);
    const subject = readSubject(cut.subject, context.aspects);
    if (who === null || subject === null || cut.subject.includes(WHO)) continue;
    const { cohort, notices } = who;
    return { question: { text: clean, cohort, subject, window: windowed.window, focus: cut.focus }, notices };
  }
  return { fault: unknownClient(cuts, context.accounts) };
}

function findWho(
  { who, mayGuess }: CutQuestion,
  group: Cohort | null,
  accounts: readonly AnswerAccount[],
): { cohort: Cohort; notices: readonly string[] } | null {
  if (who === null || who === WHO) return { cohort: group ?? { kind: 'all' }, notices: [] };
  if (group !== null) return null;
  const named = findAccounts(who.replace(/^(?:our|the) (?:client|customer|account) /i, ''), accounts, {
    guess: mayGuess,
  });
  if (named === null) return null;
  return {
    cohort: { kind: 'named', accountIds: named.accounts.map(({ id }) => id) },
    notices: named.guesses.map(({ asked, taken }) => `"${asked}" was taken for the account "${taken}".`),
  };
}

/** When only the client's name stood in the way. */
function unknownClient(cuts: readonly CutQuestion[], accounts: readonly AnswerAccount[]): string | null {
  const named = cuts.find(({ who, mayGuess }) => mayGuess && who !== null && COULD_BE_NAME.test(who))?.who;
  if (named === undefined || named === null) return null;
  return `no account is called "${named}"${accounts.length === 0 ? '; no accounts are known yet' : ''}`;
}
