import type { AnswerAccount, Cohort } from '../domain/answer.ts';

/** Stands in the question where a group of accounts was named. */
export const WHO = '\ue000';

export type CohortReading =
  | {
      readonly cohort: Cohort | null /** The question with {@link WHO} for the words of the group. */;
      readonly rest: string;
    }
  | { readonly fault: string };

const CLIENTS = '(?:clients?|accounts?|customers?|companies|buyers?|logos)';
const BY_REVENUE = '(?: by (?:revenue|arr|turnover|size))?';
const NUMBERS: Readonly<Record<string, number>> = {
  three: 3,
  five: 5,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  fifty: 50,
  hundred: 100,
};
const SIZE = `\\d{1,5}|${Object.keys(NUMBERS).join('|')}`;
const BIG = '(?:top|biggest|largest|most important|best[- ]paying|key)';
const OUR = '(?:(?:all|any|each|every|one|some|most)(?: of)? )?(?:(?:our|the|my|your) )?';
/** `our biggest clients` without a number. */
const DEFAULT_SIZE = 20;

const words = (pattern: string): RegExp => new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, 'giu');

const TOP = words(
  `${OUR}(?:${BIG} (?<size>${SIZE})(?: ${CLIENTS})?|(?<before>${SIZE}) ${BIG} ${CLIENTS}|${BIG} ${CLIENTS})${BY_REVENUE}`,
);
const TIER = words(
  `${OUR}(?:(?:tier|segment)[- ]?(?<tier>[\\p{L}\\p{N}]{1,20})(?: ${CLIENTS})?|(?<before>[\\p{L}\\p{N}]{1,20})-tier(?: ${CLIENTS})?)`,
);
/** `customer support` is no group. */
const ALL = words(
  `${OUR}(?:${CLIENTS}|users)(?! (?:support|service|care|success)\\b)|everybody|everyone|anybody|anyone|somebody|someone|people|they`,
);

/** Finds the group of accounts a question names: the top N, a tier, or all. A client named by name is found later. */
export function readCohort(text: string, accounts: readonly AnswerAccount[]): CohortReading {
  const tiers = [...new Set(accounts.map(({ tier }) => tier).filter((tier) => tier !== ''))];
  const found = [...text.matchAll(TOP)];
  if (found.length > 0) {
    const { size, before } = found[0]?.groups ?? {};
    const named = (size ?? before ?? String(DEFAULT_SIZE)).toLowerCase();
    const count = NUMBERS[named] ?? Number(named);
    if (count < 1) return { fault: 'a top list needs at least one account' };
    return replaced(text, found, { kind: 'top', size: count });
  }
  const spelt = [...text.matchAll(TIER)];
  const byTier = spelt.length > 0 ? spelt : [...text.matchAll(tierNames(tiers))];
  if (byTier.length > 0) {
    const asked = byTier[0]?.groups?.tier ?? byTier[0]?.groups?.before ?? '';
    const tier = tiers.find((known) => tierKey(known) === tierKey(asked));
    const known = tiers.length === 0 ? 'no account has one' : `there are ${tiers.toSorted().join(', ')}`;
    if (tier === undefined) return { fault: `no account is of tier "${asked}"; ${known}` };
    return replaced(text, byTier, { kind: 'tier', tier });
  }
  const all = [...text.matchAll(ALL)];
  return all.length === 0 ? { cohort: null, rest: text } : replaced(text, all.slice(0, 1), { kind: 'all' });
}

function replaced(text: string, found: readonly RegExpExecArray[], cohort: Cohort): CohortReading {
  const [only, second] = found;
  if (only === undefined) return { cohort: null, rest: text };
  if (second !== undefined) return { fault: 'it names two groups of accounts; ask about one at a time' };
  return { cohort, rest: `${text.slice(0, only.index)} ${WHO} ${text.slice(only.index + only[0].length)}` };
}

/** `gold clients`, for the tiers there are. A tier that is only a number needs the word tier. */
function tierNames(tiers: readonly string[]): RegExp {
  const named = tiers
    .filter((tier) => /\p{L}/u.test(tier))
    .map((tier) => tier.replace(/[^\p{L}\p{N}\s]/gu, '\\$&'));
  return words(`${OUR}(?<tier>${named.length === 0 ? '(?!)' : named.join('|')})(?:[- ]tier)? ${CLIENTS}`);
}

function tierKey(tier: string): string {
  return tier.toLowerCase().replace(/tier|segment|[^\p{L}\p{N}]/gu, '');
}
