import type {
  CountedDay,
  CountedFacts,
  DayWindow,
  Edition,
  EvidenceFilter,
  FrozenFacts,
  QuoteRef,
  QuoteTexts,
} from '../digest.ts';
import type { Aspect, Intent, Polarity } from '../words.ts';

/** Which digest is asked for. */
export interface DigestQuestion {
  readonly digest: string;
  readonly today: DayWindow;
  readonly before: DayWindow;
  readonly trend: readonly DayWindow[];
  readonly edition: Edition;
  /** What themes are compared over. */
  readonly recent: DayWindow;
  readonly earlier: DayWindow;
  readonly department: string | undefined;
  readonly aspects: readonly Aspect[] | null;
  /** True for a day that is not over: a source may still bring something. */
  readonly isPartial: boolean;
  /** As of when the sources are judged. */
  readonly now: Date;
}

/** The part of FrozenFacts that the database knows. */
export type FrozenRows = Pick<
  FrozenFacts,
  | 'cutOff'
  | 'earlier'
  | 'roster'
  | 'sources'
  | 'pins'
  | 'bins'
  | 'themes'
  | 'work'
  | 'told'
  | 'reread'
  | 'configRefusedAt'
  | 'names'
>;

export interface DigestRows {
  readonly frozen: FrozenRows;
  readonly counted: CountedFacts;
}

/** What counting needs to know; a frozen digest carries all of it. */
export type CountScope = Pick<
  FrozenFacts,
  'cutOff' | 'edition' | 'today' | 'before' | 'trend' | 'aspects' | 'earlier' | 'roster' | 'pins'
>;

/** One mention behind a number. */
export interface EvidenceMention {
  readonly mentionId: string;
  /** Null when erased. */
  readonly text: string | null;
  readonly spans: readonly {
    readonly start: number;
    readonly end: number;
    readonly aspect: Aspect;
    readonly polarity: Polarity;
    readonly intent: Intent | 'none';
  }[];
  /** As the channel names them now. */
  readonly author: string;
  readonly account: string | null;
  readonly platform: string;
  readonly url: string | null;
  readonly occurredAt: Date;
  readonly sources: readonly string[];
}

export interface EvidencePage {
  readonly total: number;
  readonly mentions: readonly EvidenceMention[];
}

export interface DigestReadModel {
  /** Takes the cut-off first, then counts as of it, from kept rollups where those hold, and reads what can change later. */
  readFacts(question: DigestQuestion): Promise<DigestRows>;
  /** Counts from rows alone: the same for the same scope whatever happens later, except that erased texts lose their key. */
  count(scope: CountScope): Promise<CountedFacts>;
  /** The scope's own time as it counts now. */
  recount(scope: CountScope): Promise<CountedDay>;
  /** The quoted words as they stand now; an erased or deleted one is null. */
  readQuotes(refs: readonly QuoteRef[]): Promise<QuoteTexts>;
  /** Mentions behind one number, newest first. `offset` counts mentions; at most 200 come at once. */
  listEvidence(scope: CountScope, filter: EvidenceFilter, offset?: number): Promise<EvidencePage>;
}
