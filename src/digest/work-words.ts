import type { FrozenFacts } from '../domain/digest.ts';
import type { CaseStanding, ClosedCase, OpenCase, WorkFacts } from '../domain/digest-work.ts';
import { localDate } from './calendar.ts';
import { count, cut, number, people, shortDate } from './words.ts';

const RESOLVED = {
  fixed: 'fixed',
  explained: 'explained',
  'wont-fix': 'will not be changed',
  'passed-on': 'passed on',
} as const;

/** Characters of a name in a sentence. */
export const NAME = 40;

/** `open, nobody has it`, `accepted by Dana Whitcombe (finance)`, `fixed (product)`. */
export function standingWords(standing: CaseStanding | null): string {
  if (standing === null) return 'no case yet';
  const { status, owner, department, resolution } = standing;
  if (status === 'resolved')
    return `${resolution === null ? 'resolved' : RESOLVED[resolution]} (${cut(department, NAME)})`;
  if (status === 'declined') return `declined (${cut(department, NAME)})`;
  if (owner === '') return `${status}, nobody in ${cut(department, NAME)} has taken it`;
  return `${status === 'open' ? 'with' : `${status} by`} ${cut(owner, NAME)} (${cut(department, NAME)})`;
}

/** What a case is called in a sentence: its theme, or its aspect and number. */
export function caseTitle({ theme, aspect, caseId }: Pick<OpenCase, 'theme' | 'aspect' | 'caseId'>): string {
  if (theme !== '') return `“${cut(theme, NAME)}”`;
  return aspect === null ? `case ${caseId}` : `case ${caseId} on ${cut(aspect, NAME)}`;
}

/** `Fixed Wed 18 Nov by Dana Whitcombe (finance): 7 people upset in the 5 days before, 1 in the 5 since.` */
export function closedWords(
  closed: ClosedCase,
  { definition: { zone } }: Pick<FrozenFacts, 'definition'>,
): string {
  const { resolution, closedAt, owner, department, before, after, days } = closed;
  const who = owner === '' ? cut(department, NAME) : `${cut(owner, NAME)} (${cut(department, NAME)})`;
  const what = {
    fixed: 'fixed',
    explained: 'explained',
    'wont-fix': 'decided not to change',
    'passed-on': 'passed on',
  }[resolution];
  const span = days === 1 ? 'day' : `${number(days)} days`;
  const measure =
    before === 0 && after === 0
      ? ''
      : `: ${people(before)} upset in the ${span} before, ${after === 0 ? 'nobody' : number(after)} in the ${span} since`;
  return `${what} ${shortDate(localDate(zone, Date.parse(closedAt)))} by ${who}${measure}`;
}

/** `4 people, 2 accounts · open since Wed 18 Nov · passed on once`. */
export function openWords(open: OpenCase, { definition: { zone } }: Pick<FrozenFacts, 'definition'>): string {
  const { tally, openedAt, dueAt, bounces, owner, status } = open;
  const day = (at: string): string => shortDate(localDate(zone, Date.parse(at)));
  return [
    tally.accounts > 0
      ? `${people(tally.people)}, ${count(tally.accounts, 'account')}`
      : people(tally.people),
    `${status} since ${day(openedAt)}`,
    ...(owner === '' ? [] : [cut(owner, NAME)]),
    ...(dueAt === null ? [] : [`due ${day(dueAt)}`]),
    ...(bounces === 0 ? [] : [`passed on ${bounces === 1 ? 'once' : `${number(bounces)} times`}`]),
  ].join(' · ');
}

/** `14 cases open, 2 overdue, 1 due within a day.`; empty when nothing waits. */
export function waitingSentence({ openCases, overdue, dueSoon }: WorkFacts): string {
  if (openCases === 0) return '';
  const parts = [
    `${count(openCases, 'case')} open`,
    ...(overdue > 0 ? [`${number(overdue)} overdue`] : []),
    ...(dueSoon > 0 ? [`${number(dueSoon)} due within a day`] : []),
  ];
  return `${parts.join(', ')}.`;
}
