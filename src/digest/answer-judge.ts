import type { AccountHeard, AnswerAccount, HeardOpinion, Subject, Verdict } from '../domain/answer.ts';
import type { Aspect } from '../domain/words.ts';

/** What a cohort's opinions are judged from. */
export interface AnswerEvidence {
  /** The cohort, highest revenue first. */
  readonly accounts: readonly AnswerAccount[];
  readonly opinions: readonly HeardOpinion[];
  readonly heard: readonly AccountHeard[];
}

/** One account's part of the answer; opinions stand by id. */
export interface JudgedAccount {
  readonly account: AnswerAccount;
  readonly verdict: Verdict;
  readonly onSubject: readonly HeardOpinion[];
  /** On the subject too, but the model is not sure enough of them to count. */
  readonly unsure: readonly HeardOpinion[];
  readonly best: HeardOpinion | null;
  readonly worst: HeardOpinion | null;
  readonly heard: AccountHeard | null;
}

export interface JudgedBut {
  readonly aspect: Aspect;
  readonly accounts: readonly AnswerAccount[];
  readonly opinions: readonly HeardOpinion[];
  readonly worst: HeardOpinion | null;
}

/** Whether an opinion speaks of the subject: a term's are those on the product where the message or its thread names it, and any whose own clause does. */
function isOnSubject(subject: Subject, { aspect, names }: HeardOpinion): boolean {
  switch (subject.kind) {
    case 'everything':
      return true;
    case 'aspect':
      return aspect === subject.aspect;
    case 'term':
      return names === 'clause' || (names !== null && aspect === 'product');
  }
}

/** Judges each account by the opinions on the subject whose confidence reaches `sureEnough` (0 to 1), in the accounts' order. */
export function judgeAccounts(
  { accounts, opinions, heard }: AnswerEvidence,
  subject: Subject,
  sureEnough: number,
): JudgedAccount[] {
  const byAccount = groupBy(
    opinions.filter((opinion) => isOnSubject(subject, opinion)),
    ({ accountId }) => accountId,
  );
  const heardOf = new Map(heard.map((entry) => [entry.accountId, entry]));
  return accounts.map((account) => {
    const all = byAccount.get(account.id) ?? [];
    const onSubject = all.filter(({ confidence }) => confidence >= sureEnough);
    return {
      account,
      verdict: verdictOf(onSubject),
      onSubject,
      unsure: all.filter(({ confidence }) => confidence < sureEnough),
      best: strongest(onSubject.toReversed().filter(({ polarity }) => polarity === 'positive')),
      worst: strongest(onSubject.toReversed().filter(({ polarity }) => polarity === 'negative')),
      heard: heardOf.get(account.id) ?? null,
    };
  });
}

function verdictOf(opinions: readonly HeardOpinion[]): Verdict {
  if (opinions.length === 0) return 'silent';
  const isPraised = opinions.some(({ polarity }) => polarity === 'positive');
  const isBlamed = opinions.some(({ polarity }) => polarity === 'negative');
  if (isPraised) return isBlamed ? 'mixed' : 'likes';
  return isBlamed ? 'dislikes' : 'no-verdict';
}

/** The clearest opinion by strength and confidence; of equals the first. */
function strongest(opinions: readonly HeardOpinion[]): HeardOpinion | null {
  const weight = ({ score, confidence }: HeardOpinion): number => Math.abs(score) * confidence;
  return opinions.toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}

/** An aspect that one account alone is unhappy with is no pattern, unless only one was asked about. */
const LEAST_BUT = 2;

/** The other aspect that most of the heard accounts are unhappy with; null when there is none or everything was asked about. */
export function findBut(
  judged: readonly JudgedAccount[],
  opinions: readonly HeardOpinion[],
  subject: Subject,
): JudgedBut | null {
  if (subject.kind === 'everything') return null;
  const own = subject.kind === 'aspect' ? subject.aspect : 'product';
  const heard = new Map(
    judged.filter(({ verdict }) => verdict !== 'silent').map(({ account }) => [account.id, account]),
  );
  const blame = opinions.filter(
    (opinion) =>
      opinion.polarity === 'negative' &&
      opinion.aspect !== own &&
      opinion.aspect !== 'other' &&
      heard.has(opinion.accountId) &&
      !isOnSubject(subject, opinion),
  );
  const found = [...groupBy(blame, ({ aspect }) => aspect)].map(([aspect, blames]) => {
    const byAccount = groupBy(blames, ({ accountId }) => accountId);
    const accounts = [...heard.values()].filter(({ id }) => byAccount.has(id));
    const byRevenue = accounts.flatMap(({ id }) => byAccount.get(id) ?? []);
    return { aspect, accounts, opinions: byRevenue, worst: strongest(byRevenue) };
  });
  const most = found.toSorted(
    (a, b) =>
      b.accounts.length - a.accounts.length ||
      b.opinions.length - a.opinions.length ||
      a.aspect.localeCompare(b.aspect),
  )[0];
  return most !== undefined && most.accounts.length >= Math.min(LEAST_BUT, judged.length) ? most : null;
}

/** Node 20 has no Map.groupBy yet. */
function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
