import type { Polarity } from './words.ts';

/** What an opinion is found and likened by: numbers alone, so that no word of a customer outlives an erasure. */
export interface Signature {
  /** Its different terms, hashed to 32 bits; ascending. */
  readonly terms: readonly number[];
  /** Opinions that share one may say the same: every pair of its terms, and the term itself when there are no more than two. */
  readonly keys: readonly number[];
}

/** What was looked at before and may say the same: a theme's example, or an opinion that nobody has joined yet. */
export interface KnownOpinion extends Signature {
  readonly id: string;
  readonly mentionId: string;
  readonly aspect: string;
  readonly polarity: Polarity;
  readonly themeId: string | null;
}

/** An opinion that is to find its theme. */
export interface OpinionToGroup extends Omit<KnownOpinion, 'themeId'> {
  /** The theme a person put it into; it goes nowhere else. */
  readonly pinnedTo: string | null;
}

/** How often a term occurs in the opinions of an aspect, copies aside; without a term, how many there are. */
export type CountTerm = (aspect: string, term?: number) => number;

export interface Grouped {
  readonly id: string;
  /** A theme, or the opinion that founds a new one; null while nobody says the same. */
  readonly theme: { readonly id: string } | { readonly foundedBy: string } | null;
  /** The opinion whose words it repeats. */
  readonly copyOf: string | null;
  /** Whether later opinions are likened to it: it is on its own, or one of its theme's first. */
  readonly isExample: boolean;
}
