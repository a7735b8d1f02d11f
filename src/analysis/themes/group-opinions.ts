import type { CountTerm, Grouped, KnownOpinion, OpinionToGroup } from '../../domain/theme.ts';
import type { Polarity } from '../../domain/words.ts';
import { NOT, singleKeysOf } from './signature.ts';

/** Cosine between an opinion and what a theme's examples share, from which on it says the same. */
const ALIKE = 0.44;
/** How rare a word must be that is all two opinions share; one that a quarter of an aspect's have is its subject, not what is said. */
const RARE_ENOUGH = 1.7;
/** Until an aspect has some hundred opinions its frequent words are news, not its subject. */
const FIRST_OPINIONS = 200;
/** Share of all terms that two texts have in common when one is a copy of the other. */
const COPIED = 0.8;
const FEWEST_COPIED_TERMS = 4;
/** A theme is known by its first members: it does not drift, and a thousand more make no search longer. */
const MOST_EXAMPLES = 12;

interface Cluster {
  readonly aspect: string;
  /** Its first opinion, the founder should a second one join; and the mention that has it. */
  readonly first: string;
  readonly mentionId: string;
  theme: Grouped['theme'];
  /** Below 0: it complains. */
  mood: number;
  readonly examples: { readonly id: string; readonly terms: ReadonlySet<number> }[];
  /** In how many examples a term occurs. */
  readonly sums: Map<number, number>;
  /** Square of the length of its terms' vector; null when that has changed. */
  norm: number | null;
}

type Likened = Omit<OpinionToGroup, 'pinnedTo'>;
const MOOD: Readonly<Record<Polarity, number>> = { negative: -1, neutral: 0, positive: 1 };

/**
 * Gives each opinion, in order, the theme that says the same, the company of one that was alone, or none yet. A known opinion comes
 * back only when it founds a theme. An opinion that judges the other way round never says the same. Pure.
 */
export function groupOpinions(
  opinions: readonly OpinionToGroup[],
  known: readonly KnownOpinion[],
  count: CountTerm,
): Grouped[] {
  const shelf = new Shelf(count);
  const grouped = new Map<string, Grouped>();
  for (const opinion of known) {
    const theme = opinion.themeId === null ? null : { id: opinion.themeId };
    shelf.put(opinion, shelf.clusterOf(theme, opinion));
  }
  for (const { pinnedTo, ...opinion } of opinions) {
    const { id } = opinion;
    const near = pinnedTo === null ? shelf.nearest(opinion) : null;
    if (near === null) {
      const theme = pinnedTo === null ? null : { id: pinnedTo };
      const isExample = opinion.terms.length > 0;
      if (isExample) shelf.put(opinion, shelf.clusterOf(theme, opinion));
      grouped.set(id, { id, theme, copyOf: null, isExample });
      continue;
    }
    const { cluster, copyOf } = near;
    if (cluster.theme === null) {
      const theme = { foundedBy: cluster.first };
      cluster.theme = theme;
      const founder = grouped.get(cluster.first) ?? { id: cluster.first, copyOf: null, isExample: true };
      grouped.set(cluster.first, { ...founder, theme });
    }
    const isExample = copyOf === null && cluster.examples.length < MOST_EXAMPLES;
    if (isExample) shelf.put(opinion, cluster);
    grouped.set(id, { id, theme: cluster.theme, copyOf, isExample });
  }
  return [...grouped.values()];
}

/** The examples by their keys, and the clusters they make. */
class Shelf {
  private readonly byKey = new Map<number, Set<Cluster>>();
  private readonly byTheme = new Map<string, Cluster>();
  private readonly rarities = new Map<string, number>();

  constructor(private readonly count: CountTerm) {}

  clusterOf(theme: { readonly id: string } | null, { id, aspect, mentionId }: Likened): Cluster {
    const known = theme === null ? undefined : this.byTheme.get(theme.id);
    if (known !== undefined) return known;
    const cluster: Cluster = {
      aspect,
      first: id,
      mentionId,
      theme,
      mood: 0,
      examples: [],
      sums: new Map(),
      norm: null,
    };
    if (theme !== null) this.byTheme.set(theme.id, cluster);
    return cluster;
  }

  put({ id, terms, keys, polarity }: Likened, cluster: Cluster): void {
    for (const key of keys) {
      const there = this.byKey.get(key);
      if (there === undefined) this.byKey.set(key, new Set([cluster]));
      else there.add(cluster);
    }
    for (const term of terms) cluster.sums.set(term, (cluster.sums.get(term) ?? 0) + 1);
    cluster.examples.push({ id, terms: new Set(terms) });
    cluster.mood += MOOD[polarity];
    cluster.norm = null;
  }

  nearest(opinion: Likened): { cluster: Cluster; copyOf: string | null } | null {
    let best: Cluster | null = null;
    let highest = ALIKE;
    for (const cluster of this.candidates(opinion)) {
      // Who says a thing twice is one who says it.
      if (cluster.theme === null && cluster.mentionId === opinion.mentionId) continue;
      const likeness = this.likeness(opinion, cluster);
      if (likeness < highest) continue;
      highest = likeness;
      best = cluster;
    }
    return best === null ? null : { cluster: best, copyOf: copiedIn(opinion, best) };
  }

  private candidates({ aspect, terms, keys }: Likened): ReadonlySet<Cluster> {
    const found = new Set<Cluster>();
    for (const key of [...keys, ...singleKeysOf(aspect, terms)]) {
      for (const cluster of this.byKey.get(key) ?? []) found.add(cluster);
    }
    return found;
  }

  /** Cosine of the terms, the rarer the heavier; a cluster's are weighed by the share of its examples that have them. */
  private likeness({ aspect, terms, polarity }: Likened, cluster: Cluster): number {
    const { sums, examples, mood } = cluster;
    if (MOOD[polarity] * mood < 0) return 0;
    let shared = 0;
    let own = 0;
    let common = 0;
    for (const term of terms) {
      const square = this.rarity(aspect, term) ** 2;
      const sum = sums.get(term) ?? 0;
      own += square;
      shared += (square * sum) / examples.length;
      if (sum > 0 && term !== NOT) common += 1;
    }
    if (common < 2 && shared < RARE_ENOUGH ** 2) return 0;
    cluster.norm ??= this.normOf(cluster);
    return shared / Math.sqrt(own * cluster.norm);
  }

  private normOf({ aspect, sums, examples }: Cluster): number {
    let norm = 0;
    for (const [term, sum] of sums) norm += ((this.rarity(aspect, term) * sum) / examples.length) ** 2;
    return norm;
  }

  private rarity(aspect: string, term: number): number {
    const key = `${aspect} ${term}`;
    const known = this.rarities.get(key);
    if (known !== undefined) return known;
    const found =
      term === NOT
        ? 0.5
        : Math.log(1 + (this.count(aspect) + FIRST_OPINIONS) / (this.count(aspect, term) + 2));
    this.rarities.set(key, found);
    return found;
  }
}

function copiedIn({ terms }: Likened, { examples }: Cluster): string | null {
  const copied = examples.find((example) => {
    const shared = terms.filter((term) => example.terms.has(term)).length;
    return shared >= FEWEST_COPIED_TERMS && shared / (terms.length + example.terms.size - shared) >= COPIED;
  });
  return copied?.id ?? null;
}
