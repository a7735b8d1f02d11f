import type { Matcher, OpinionLabels } from '../domain/routing.ts';
import { formatMatcher } from './matcher.ts';

/** A case that a department was given, with the labels of its opinions; `to`: whom it was passed on to, null when it was kept. */
export interface GivenCase {
  readonly from: string;
  readonly to: string | null;
  readonly labels: readonly Partial<OpinionLabels>[];
}

/** A route that would have brought cases to where they were passed on to. */
export interface SuggestedRule {
  readonly from: string;
  readonly to: string;
  readonly matchers: readonly string[];
  /** Cases that were passed on and that it takes. */
  readonly passedOn: number;
  /** Cases that the department kept and that it would take too. */
  readonly kept: number;
}

/** So many equal ones are no chance. */
const FEWEST = 3;
/** Share of what a rule takes that has to have been passed on. */
const PRECISION = 0.6;

/** What may tell misrouted cases apart, the plainest first. */
const CLUES: readonly (readonly (keyof OpinionLabels)[])[] = [
  ['aspect'],
  ['source'],
  ['account'],
  ['platform'],
  ['aspect', 'intent'],
  ['aspect', 'source'],
  ['aspect', 'account'],
  ['aspect', 'platform'],
  ['aspect', 'tier'],
  ['aspect', 'lang'],
];

/** For each pair of departments the rule that takes most of what was passed on and least of what was kept, where there is one. Pure. */
export function suggestRules(cases: readonly GivenCase[]): readonly SuggestedRule[] {
  const pairs = new Map(
    cases.flatMap(({ from, to }) => (to === null ? [] : [[`${from}\n${to}`, { from, to }] as const])),
  );
  return [...pairs.values()]
    .flatMap(({ from, to }) => {
      const given = cases.filter((one) => one.from === from);
      const rules = CLUES.flatMap((names) => rulesOf(names, { from, to, given }));
      return rules.toSorted((a, b) => b.passedOn - b.kept - (a.passedOn - a.kept)).slice(0, 1);
    })
    .toSorted((a, b) => b.passedOn - a.passedOn);
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly given: readonly GivenCase[];
}

function rulesOf(names: readonly (keyof OpinionLabels)[], { from, to, given }: Pair): SuggestedRule[] {
  const found = new Map<string, { passedOn: number; kept: number }>();
  for (const one of given) {
    const keys = new Set(one.labels.map((labels) => JSON.stringify(names.map((name) => labels[name] ?? ''))));
    for (const key of keys) {
      const counts = found.get(key) ?? { passedOn: 0, kept: 0 };
      if (one.to === to) counts.passedOn += 1;
      else counts.kept += 1;
      found.set(key, counts);
    }
  }
  return [...found].flatMap(([key, { passedOn, kept }]) => {
    const values = JSON.parse(key) as string[];
    const says = values.every((value) => value !== '' && value !== 'none');
    if (!says || passedOn < FEWEST || passedOn / (passedOn + kept) < PRECISION) return [];
    const matchers = names.map((label, index): Matcher => ({ label, op: '=', value: values[index] ?? '' }));
    return [{ from, to, matchers: matchers.map(formatMatcher), passedOn, kept }];
  });
}
