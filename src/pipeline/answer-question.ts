import { chooseCohort, compileAnswer, judgeAnswer } from '../digest/answer-compile.ts';
import { parseQuestion, type QuestionContext } from '../digest/answer-parse.ts';
import type { Answer } from '../domain/answer.ts';
import type { AnswerReadModel } from '../domain/ports/answer-read-model.ts';
import { AppError } from '../lib/app-error.ts';
import { SURE_ENOUGH } from './decide-outcome.ts';

/** The answer, or what of the question could not be read (null: nothing particular). */
export type Answering = { readonly answer: Answer } | { readonly fault: string | null };

/**
 * Answers how accounts like something: a roster with the words behind it, or that there is too little evidence. Throws AppError
 * `not-found` when no account is known at all.
 */
export async function answerQuestion(
  text: string,
  model: AnswerReadModel,
  asked: Omit<QuestionContext, 'accounts'>,
): Promise<Answering> {
  const known = await model.readAccounts();
  const reading = parseQuestion(text, { ...asked, accounts: known });
  if ('fault' in reading) return reading;
  if (known.length === 0) {
    throw new AppError(
      'not-found',
      'No accounts are known yet; read them in with: earshot accounts import FILE',
    );
  }
  const { question, notices } = reading;
  const accounts = chooseCohort(known, question.cohort);
  const accountIds = accounts.map(({ id }) => id);
  const term = question.subject.kind === 'term' ? question.subject.term : null;
  const [opinions, heard, unlinked] = await Promise.all([
    model.readOpinions({ accountIds, window: question.window, term }),
    model.readHeard(accountIds, question.window),
    model.countUnlinked(question.window),
  ]);
  const judged = judgeAnswer(question, { accounts, opinions, heard }, SURE_ENOUGH);
  const quotes = await model.readQuotes(judged.quotedIds);
  return { answer: compileAnswer({ ...judged, notices: [...notices, ...judged.notices] }, quotes, unlinked) };
}
