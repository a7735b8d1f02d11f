import type { Answer, Question, Subject } from '../domain/answer.ts';
import type { JudgedBut } from './answer-judge.ts';
import { count, listed } from './words.ts';

const MOST_NAMES = 8;

/** What the sentences are made of. */
export interface SentenceFacts {
  readonly question: Question;
  /** What was judged: the question's subject, or what stood in for it. */
  readonly subject: Subject;
  readonly counts: Answer['counts'];
  readonly but: JudgedBut | null;
  readonly namesOf: Readonly<Record<'likes' | 'mixed' | 'dislikes' | 'silent', readonly string[]>>;
}

/** The verdict in two to four sentences, or why there is none. */
export function writeSentence(facts: SentenceFacts): string {
  const { counts, question, namesOf } = facts;
  if (counts.heard < counts.needed) return writeRefusal(facts);
  const verdict =
    counts.accounts === 1
      ? writeOne(facts)
      : `${counts.heard} of ${counts.accounts} heard from; ${verdicts(facts)}.`;
  const focused =
    question.focus === null || counts.accounts === 1
      ? null
      : writeFocus(
          question.focus,
          question.focus === 'negative'
            ? [...namesOf.dislikes, ...namesOf.mixed]
            : [...namesOf.likes, ...namesOf.mixed],
          facts.subject,
        );
  return [focused, verdict, writeBut(facts), counts.accounts === 1 ? null : writeSilent(facts)]
    .filter((part) => part !== null)
    .join(' ');
}

/** `Atlas`, `sales`, `everything`. */
export function subjectName(subject: Subject): string {
  return subject.kind === 'term' ? subject.term : subject.kind === 'aspect' ? subject.aspect : 'everything';
}

function writeRefusal({ counts, subject, question }: SentenceFacts): string {
  const on = subject.kind === 'everything' ? '' : ` on ${subjectName(subject)}`;
  const need = counts.accounts === 1 ? '' : `; an answer needs ${counts.needed}`;
  return `Not enough evidence: ${counts.heard} of ${count(counts.accounts, 'account')} heard${on} (${question.window.label})${need}.`;
}

function verdicts({ counts: { likes, mixed, dislikes, noVerdict }, subject }: SentenceFacts): string {
  const it = subject.kind === 'everything' ? 'what they got' : 'it';
  const parts = [
    likes > 0 ? `${likes} ${likes === 1 ? 'likes' : 'like'} ${it}` : '',
    mixed > 0 ? `${mixed} ${mixed === 1 ? 'is' : 'are'} mixed` : '',
    dislikes > 0 ? `${dislikes} ${dislikes === 1 ? 'dislikes' : 'dislike'} it` : '',
    noVerdict > 0 ? `${noVerdict} ${noVerdict === 1 ? 'gives' : 'give'} no verdict` : '',
  ].filter(Boolean);
  return parts.join(', ');
}

function writeOne({ counts, subject, question, namesOf }: SentenceFacts): string {
  const name = [...namesOf.likes, ...namesOf.mixed, ...namesOf.dislikes][0] ?? 'The account';
  const messages = `${count(counts.messages, 'message')} (${question.window.label})`;
  const what = subject.kind === 'everything' ? 'us' : subjectName(subject);
  if (counts.likes > 0) return `${name} likes ${what}: only good words in ${messages}.`;
  if (counts.mixed > 0) return `${name} is mixed about ${what}: good and bad words in ${messages}.`;
  if (counts.dislikes > 0) return `${name} is unhappy with ${what}: only bad words in ${messages}.`;
  return `${name} was heard on ${what} but gives no verdict in ${messages}.`;
}

function writeFocus(focus: 'positive' | 'negative', names: readonly string[], subject: Subject): string {
  const verb = focus === 'negative' ? 'unhappy with' : 'pleased with';
  const what = subject.kind === 'everything' ? 'something' : subjectName(subject);
  return names.length === 0
    ? `None is ${verb} ${what}.`
    : `${count(names.length, 'account')} ${names.length === 1 ? 'is' : 'are'} ${verb} ${what}: ${some(names)}.`;
}

/** "But" where it turns a good verdict round, "Also" where it adds to a bad one. */
function writeBut({ but, counts: { heard, likes, dislikes } }: SentenceFacts): string | null {
  if (but === null) return null;
  const word = likes >= dislikes ? 'But' : 'Also,';
  const { length } = but.accounts;
  if (heard === 1) return `${word} it complains about ${but.aspect}.`;
  const who = length === heard ? `all ${heard}` : `${length} of the ${heard}`;
  return `${word} ${who} ${length === 1 ? 'complains' : 'complain'} about ${but.aspect}.`;
}

function writeSilent({ namesOf: { silent } }: SentenceFacts): string | null {
  return silent.length === 0
    ? null
    : `${silent.length} ${silent.length === 1 ? 'is' : 'are'} silent: ${some(silent)}.`;
}

function some(names: readonly string[]): string {
  const shown =
    names.length > MOST_NAMES
      ? [...names.slice(0, MOST_NAMES - 1), `${names.length - MOST_NAMES + 1} more`]
      : names;
  return listed(shown);
}
