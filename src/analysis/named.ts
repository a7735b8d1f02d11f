import { type Clause, cursor } from './clauses.ts';
import type { Evidence } from './evidence.ts';
import { JUDGED } from './lexicon/lexicon.ts';

/** The aspects that the lexicon names in each clause; bare liking (`they love it`) is of the product. */
export function namedIn({ hits }: Evidence, clauses: readonly Clause[]): ReadonlySet<string>[] {
  const [names, likings] = [cursor(hits.aspect), cursor(hits.liking)];
  return clauses.map((clause) => {
    const named = names(clause).flatMap(({ name, weight }) => (weight >= JUDGED ? [name] : []));
    return new Set(named.length === 0 && likings(clause).length > 0 ? ['product'] : named);
  });
}
