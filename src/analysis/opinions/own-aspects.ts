import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import type { Clause } from '../clauses.ts';
import { cursor } from '../clauses.ts';
import type { Evidence } from '../evidence.ts';
import { LIKELY, POSSIBLE } from '../lexicon/example-words.ts';
import { JUDGED, OWN } from '../lexicon/lexicon.ts';
import type { Hit } from '../lexicon/phrase-index.ts';

/** Where the workspace's own words stand. */
export interface OwnAspects {
  readonly found: readonly {
    readonly aspect: string;
    readonly at: number;
    /** Whether the words are the workspace's own, not only such as stand in its examples. */
    readonly isNamed: boolean;
  }[];
  /** Whether in a clause the workspace's words speak of something else and nothing names this built-in aspect. */
  covers(clause: number, aspect: string): boolean;
}

/** Finds the workspace's own words: a rule, since nobody has labelled texts for them. */
export function ownAspectsOf({ hits }: Evidence, clauses: readonly Clause[]): OwnAspects {
  const isOwned = hits.aspect.some(({ weight }) => weight >= OWN || weight === LIKELY || weight === POSSIBLE);
  if (!isOwned) return { found: [], covers: () => false };
  const within = cursor(hits.aspect);
  const found: { aspect: string; at: number; isNamed: boolean }[] = [];
  const covered = new Map<number, ReadonlySet<string>>();
  for (const [at, clause] of clauses.entries()) {
    const here = within(clause);
    const own = new Set(here.flatMap(({ name, weight }) => (weight >= OWN ? [name] : [])));
    for (const aspect of own) found.push({ aspect, at, isNamed: true });
    for (const aspect of resembling(here)) if (!own.has(aspect)) found.push({ aspect, at, isNamed: false });
    if ([...own].some((aspect) => !(BUILT_IN_ASPECTS as readonly string[]).includes(aspect)))
      covered.set(at, new Set(here.flatMap(({ name, weight }) => (weight >= JUDGED ? [name] : []))));
  }
  return { found, covers: (clause, aspect) => covered.get(clause)?.has(aspect) === false };
}

/** Aspects of whose examples a clause holds a word that several share, or two words. */
function resembling(hits: readonly Hit[]): ReadonlySet<string> {
  const likely = hits.filter(({ weight }) => weight === LIKELY);
  const possible = hits.filter(({ weight }) => weight === POSSIBLE);
  const twice = possible.filter(({ name }, at) => possible.findIndex((other) => other.name === name) < at);
  return new Set([...likely, ...twice].map(({ name }) => name));
}
