import type { Labels } from '../scoreboard.ts';
import type { Baseline } from './baseline.ts';

/** Answers every text with what most texts of the file are labelled with: what any reading must beat. */
export function createMajority(labelled: readonly Labels[]): Baseline {
  const aspect = commonest(
    labelled.flatMap(({ aspects }) => aspects ?? []).map((one) => JSON.stringify(one)),
  );
  const intent = commonest(labelled.flatMap(({ intents }) => intents ?? []));
  const polarity = commonest(
    labelled.flatMap((labels) => (labels.polarity === undefined ? [] : [labels.polarity])),
  );
  const spam = commonest(labelled.flatMap((labels) => (labels.spam === undefined ? [] : [labels.spam])));
  const answer: Labels = {
    aspects: aspect === undefined ? [] : [JSON.parse(aspect)],
    intents: intent === undefined ? [] : [intent],
    polarity,
    spam,
  };
  return { name: 'majority', label: () => answer };
}

function commonest<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}
