import type {
  Answer,
  AnswerAccount,
  AnswerQuote,
  Cohort,
  HeardOpinion,
  Question,
  RosterLine,
  Subject,
  Verdict,
} from '../domain/answer.ts';
import {
  type AnswerEvidence,
  findBut,
  type JudgedAccount,
  type JudgedBut,
  judgeAccounts,
} from './answer-judge.ts';
import { subjectName, writeSentence } from './answer-sentence.ts';
import { count } from './words.ts';

/**
 * An answer needs this share of the cohort to have spoken, and this many accounts (all, where the cohort is smaller). Who
 * complains or praises is a list and no verdict on the cohort: one is enough.
 */
const COVERAGE = 0.25;
const LEAST_HEARD = 3;

/** The accounts a question is about; `accounts` come highest revenue first. */
export function chooseCohort(accounts: readonly AnswerAccount[], cohort: Cohort): AnswerAccount[] {
  switch (cohort.kind) {
    case 'top':
      return accounts.slice(0, cohort.size);
    case 'tier':
      return accounts.filter(({ tier }) => tier === cohort.tier);
    case 'named':
      return accounts.filter(({ id }) => cohort.accountIds.includes(id));
    case 'all':
      return [...accounts];
  }
}

/** Everything that is decided before the quotes are read. */
export interface JudgedAnswer {
  readonly question: Question;
  /** What was judged; the product where nobody names the asked term. */
  readonly subject: Subject;
  readonly judged: readonly JudgedAccount[];
  readonly but: JudgedBut | null;
  readonly unsureMentionIds: readonly string[];
  readonly notices: readonly string[];
  /** The opinions whose words the answer shows. */
  readonly quotedIds: readonly string[];
}

/** Judges a cohort. Opinions below `sureEnough` (confidence, 0 to 1) are left out and told. Pure. */
export function judgeAnswer(question: Question, evidence: AnswerEvidence, sureEnough: number): JudgedAnswer {
  const { subject, notices } = standIn(question.subject, evidence.opinions);
  const sure = evidence.opinions.filter(({ confidence }) => confidence >= sureEnough);
  const judged = judgeAccounts(evidence, subject, sureEnough);
  const but = findBut(judged, sure, subject);
  const counted = new Set(judged.flatMap(({ onSubject }) => onSubject.map(({ mentionId }) => mentionId)));
  const quoted = [...judged.flatMap(({ best, worst }) => [best, worst]), but?.worst ?? null];
  return {
    question,
    subject,
    judged,
    but,
    unsureMentionIds: mentionsOf(judged.flatMap(({ unsure }) => unsure)).filter((id) => !counted.has(id)),
    notices: [...notices, ...cohortNotices(question.cohort, evidence.accounts)],
    quotedIds: [...new Set(quoted.flatMap((opinion) => (opinion === null ? [] : [opinion.opinionId])))],
  };
}

function standIn(
  subject: Subject,
  opinions: readonly HeardOpinion[],
): { subject: Subject; notices: string[] } {
  if (subject.kind !== 'term' || opinions.some(({ names }) => names !== null))
    return { subject, notices: [] };
  return {
    subject: { kind: 'aspect', aspect: 'product' },
    notices: [`None of them names "${subject.term}", so this counts what they say of the product as such.`],
  };
}

function cohortNotices(cohort: Cohort, accounts: readonly AnswerAccount[]): string[] {
  if (cohort.kind !== 'top') return [];
  const unknown = accounts.filter(({ revenue }) => revenue === null).length;
  return [
    ...(accounts.length < cohort.size
      ? [`Only ${count(accounts.length, 'account is', 'accounts are')} known.`]
      : []),
    ...(unknown > 0
      ? [
          `${count(unknown, 'account has', 'accounts have')} no revenue in the accounts file and ${unknown === 1 ? 'ranks' : 'rank'} last, by name.`,
        ]
      : []),
  ];
}

/** Puts the judged answer and the quoted words together. Pure; `quotes` in any order. */
export function compileAnswer(
  answer: JudgedAnswer,
  quotes: readonly AnswerQuote[],
  unlinkedMessages: number,
): Answer {
  const { question, subject, judged, but, unsureMentionIds } = answer;
  const quoteOf = new Map(quotes.map((quote) => [quote.opinionId, quote]));
  const find = (opinion: HeardOpinion | null): AnswerQuote | null =>
    opinion === null ? null : (quoteOf.get(opinion.opinionId) ?? null);
  const counts = countUp(judged, question);
  const namesWith = (verdict: Verdict): string[] =>
    judged.filter((line) => line.verdict === verdict).map(({ account }) => account.name);
  const namesOf = {
    likes: namesWith('likes'),
    mixed: namesWith('mixed'),
    dislikes: namesWith('dislikes'),
    silent: namesWith('silent'),
  };
  const isAnswered = counts.heard >= counts.needed;
  return {
    format: 1,
    question: question.text,
    understood: {
      cohort: describeCohort(question.cohort, judged),
      subject: subjectName(question.subject),
      from: question.window.from.toISOString(),
      to: question.window.to.toISOString(),
      window: question.window.label,
    },
    status: isAnswered ? 'answered' : 'not-enough-evidence',
    sentence: writeSentence({ question, subject, counts, but, namesOf }),
    notices: [...answer.notices, ...leftOut(unsureMentionIds.length, unlinkedMessages)],
    counts,
    but: but && {
      aspect: but.aspect,
      accounts: but.accounts.map(({ name }) => name),
      of: counts.heard,
      mentionIds: mentionsOf(but.opinions),
      quote: find(but.worst),
    },
    roster: judged.map((line) => toRosterLine(line, find)),
    unsureMentionIds,
    unlinkedMessages,
  };
}

function leftOut(unsure: number, unlinked: number): string[] {
  return [
    ...(unsure > 0 ? [`Not counted: ${count(unsure, 'message')} that the model is unsure of.`] : []),
    ...(unlinked > 0 ? [`Not counted: ${count(unlinked, 'message')} by authors linked to no account.`] : []),
  ];
}

function countUp(judged: readonly JudgedAccount[], { focus }: Question): Answer['counts'] {
  const tally = (verdict: Verdict): number => judged.filter((line) => line.verdict === verdict).length;
  const all = judged.flatMap(({ onSubject }) => onSubject);
  const silent = tally('silent');
  return {
    accounts: judged.length,
    heard: judged.length - silent,
    needed: Math.min(
      judged.length,
      focus === null ? Math.max(LEAST_HEARD, Math.ceil(judged.length * COVERAGE)) : 1,
    ),
    likes: tally('likes'),
    mixed: tally('mixed'),
    dislikes: tally('dislikes'),
    noVerdict: tally('no-verdict'),
    silent,
    messages: mentionsOf(all).length,
    people: peopleOf(all),
  };
}

function toRosterLine(
  { account, verdict, onSubject, unsure, best, worst, heard }: JudgedAccount,
  find: (opinion: HeardOpinion | null) => AnswerQuote | null,
): RosterLine {
  const mentionIds = mentionsOf(onSubject);
  return {
    account: account.name,
    tier: account.tier,
    owner: account.owner,
    revenue: account.revenue,
    verdict,
    messages: mentionIds.length,
    people: peopleOf(onSubject),
    mentionIds,
    otherMessages: Math.max(0, (heard?.messages ?? 0) - mentionsOf([...onSubject, ...unsure]).length),
    lastHeardAt: heard?.lastHeardAt.toISOString() ?? null,
    positive: find(best),
    negative: find(worst),
  };
}

function describeCohort(cohort: Cohort, judged: readonly JudgedAccount[]): string {
  switch (cohort.kind) {
    case 'top':
      return `top ${cohort.size} accounts by yearly revenue`;
    case 'tier':
      return `${count(judged.length, 'account')} of tier ${cohort.tier}`;
    case 'named':
      return judged.map(({ account }) => account.name).join(', ');
    case 'all':
      return `all ${count(judged.length, 'account')}`;
  }
}

function mentionsOf(opinions: readonly HeardOpinion[]): string[] {
  return [...new Set(opinions.map(({ mentionId }) => mentionId))];
}

function peopleOf(opinions: readonly HeardOpinion[]): number {
  return new Set(opinions.map(({ authorId }) => authorId)).size;
}
