import type { Aspect, Polarity } from './words.ts';

/** From `from` (inclusive) to `to` (exclusive), by when mentions are counted. */
export interface AnswerWindow {
  readonly from: Date;
  readonly to: Date;
  /** How the question put it, e.g. `the last 90 days`. */
  readonly label: string;
}

/** Which accounts are asked about; `top` is by yearly revenue. */
export type Cohort =
  | { readonly kind: 'top'; readonly size: number }
  | { readonly kind: 'tier'; readonly tier: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'named'; readonly accountIds: readonly number[] };

/** What they are asked about: a word of theirs such as a product's name, an aspect, or whatever they say. */
export type Subject =
  | { readonly kind: 'term'; readonly term: string }
  | { readonly kind: 'aspect'; readonly aspect: Aspect }
  | { readonly kind: 'everything' };

export interface Question {
  readonly text: string;
  readonly cohort: Cohort;
  readonly subject: Subject;
  readonly window: AnswerWindow;
  /** Set when only one side is asked for, e.g. `who complains about sales`. */
  readonly focus: 'positive' | 'negative' | null;
}

/** An account as the answer shows it. */
export interface AnswerAccount {
  readonly id: number;
  readonly name: string;
  readonly tier: string;
  readonly owner: string;
  readonly revenue: number | null;
}

/** One opinion that an author of an account of the cohort gave within the window. */
export interface HeardOpinion {
  readonly opinionId: string;
  readonly mentionId: string;
  readonly authorId: string;
  readonly accountId: number;
  readonly aspect: Aspect;
  readonly polarity: Polarity;
  readonly score: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** The nearest place that names the asked term: the opinion's clause, its message, or its thread. */
  readonly names: 'clause' | 'message' | 'thread' | null;
}

/** When an account was heard, on whatever subject. */
export interface AccountHeard {
  readonly accountId: number;
  /** Messages within the window. */
  readonly messages: number;
  /** The last message up to the window's end. */
  readonly lastHeardAt: Date;
}

/** The words of one opinion with the way to their source. */
export interface AnswerQuote {
  readonly opinionId: string;
  readonly mentionId: string;
  /** The clause; null when its text was erased. */
  readonly text: string | null;
  /** Name or handle of its author, or empty. */
  readonly author: string;
  /** Where it was written, or its page here. */
  readonly link: string;
  /** ISO 8601. */
  readonly occurredAt: string;
  readonly kind: string;
  readonly aspect: Aspect;
}

export const VERDICTS = ['likes', 'mixed', 'dislikes', 'no-verdict', 'silent'] as const;
/** What an account's opinions on the subject come to: only good, both, only bad, heard without either, or nothing heard. */
export type Verdict = (typeof VERDICTS)[number];

export interface RosterLine {
  readonly account: string;
  readonly tier: string;
  readonly owner: string;
  readonly revenue: number | null;
  readonly verdict: Verdict;
  /** Messages and people that spoke of the subject. */
  readonly messages: number;
  readonly people: number;
  /** The messages behind both numbers. */
  readonly mentionIds: readonly string[];
  /** Messages within the window that do not speak of the subject. */
  readonly otherMessages: number;
  /** ISO 8601, on whatever subject; null when never heard. */
  readonly lastHeardAt: string | null;
  readonly positive: AnswerQuote | null;
  readonly negative: AnswerQuote | null;
}

/** The other aspect that most of the heard accounts are unhappy with. */
export interface AnswerBut {
  readonly aspect: Aspect;
  readonly accounts: readonly string[];
  /** The accounts heard on the subject, of which these are part. */
  readonly of: number;
  readonly mentionIds: readonly string[];
  readonly quote: AnswerQuote | null;
}

/** The answer as `--json` prints it; the mention ids of the roster stand behind its numbers. */
export interface Answer {
  readonly format: 1;
  readonly question: string;
  readonly understood: {
    readonly cohort: string;
    readonly subject: string;
    /** ISO 8601. */
    readonly from: string;
    readonly to: string;
    readonly window: string;
  };
  readonly status: 'answered' | 'not-enough-evidence';
  readonly sentence: string;
  /** What the reader must know to read the numbers rightly. */
  readonly notices: readonly string[];
  readonly counts: {
    readonly accounts: number;
    readonly heard: number;
    /** Accounts that must be heard for an answer. */
    readonly needed: number;
    readonly likes: number;
    readonly mixed: number;
    readonly dislikes: number;
    readonly noVerdict: number;
    readonly silent: number;
    readonly messages: number;
    readonly people: number;
  };
  readonly but: AnswerBut | null;
  /** Every account of the cohort, highest revenue first. */
  readonly roster: readonly RosterLine[];
  /** Messages on the subject that the model is too unsure of to count. */
  readonly unsureMentionIds: readonly string[];
  /** Messages with opinions within the window whose authors are linked to no account. */
  readonly unlinkedMessages: number;
}
