import type { Aspect, Intent, Polarity, Urgency } from './words.ts';

/** Numbers come in threes: messages, their distinct authors, and the distinct accounts these are linked to. */
export interface Tally {
  readonly messages: number;
  readonly people: number;
  readonly accounts: number;
}

/** Where quoted words stand; the words themselves are read when the digest is rendered. UTF-16 offsets. */
export interface QuoteRef {
  readonly mentionId: string;
  readonly revisionId: string;
  readonly spanStart: number;
  readonly spanEnd: number;
}

/** As many letters of a quote stand uncut in every form of an ordinary digest. */
export const SHORTEST_QUOTE = 200;

/** One opinion that a digest may show. */
export interface QuoteItem {
  readonly ref: QuoteRef;
  readonly aspect: Aspect;
  readonly polarity: Polarity;
  readonly intent: Intent | 'none';
  readonly urgency: Urgency;
  readonly platform: string;
  readonly accountId: string | null;
}
