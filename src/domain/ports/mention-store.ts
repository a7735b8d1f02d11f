import type { HeardMention, IngestCounts, RejectedRow } from '../mention.ts';
import type { Classification } from '../opinion.ts';
import type { ChannelKind, MachineMail, Outcome } from '../words.ts';

/** A mention made ready to store: identity, author key and the three times are settled. */
export interface StorableMention {
  readonly mention: HeardMention;
  /** What names the author on the platform; see `authorKeyOf`. */
  readonly authorKey: string;
  /** When digests and trends count it. */
  readonly countedAt: Date;
  /** Counted where it happened, never alerted. */
  readonly isHistory: boolean;
  readonly isOurs: boolean;
}

/** One page of one batch, with the cursor that moves in the same transaction. */
export interface IngestPage {
  readonly batchId: string;
  readonly sourceId: number;
  readonly heardAt: Date;
  readonly mentions: readonly StorableMention[];
  readonly rejected: readonly RejectedRow[];
  readonly nextCursor: string | null;
}

/** A mention that waits to be analysed. */
export interface MentionToAnalyse {
  readonly id: string;
  readonly revisionId: string;
  readonly text: string;
  readonly kind: ChannelKind;
  readonly langHint: string | null;
  readonly isOurs: boolean;
  readonly machineMail: MachineMail | null;
}

/** What analysing made of a mention; without an outcome it goes on to routing. */
export interface AnalysedMention {
  readonly id: string;
  readonly revisionId: string;
  /** Null when there was nothing to classify: the company itself or a machine wrote it. */
  readonly classification: Classification | null;
  /** Why the classifier gave up. */
  readonly failure: string | null;
  readonly outcome: Outcome | null;
  readonly outcomeReason: string | null;
}

/** How many of a batch's mentions have come how far. */
export interface BatchProgress extends IngestCounts {
  /** Mentions that have no outcome yet. */
  readonly pending: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

export interface MentionStore {
  /** Finds or makes the source and opens a batch of it. */
  openBatch(source: { name: string; kind: string }): Promise<{ batchId: string; sourceId: number }>;
  /** Rows, hearings and cursor in one transaction. A row heard before is a duplicate and changes nothing but its hearing. */
  ingest(page: IngestPage): Promise<IngestCounts>;
  closeBatch(batchId: string): Promise<void>;
  readBatch(batchId: string): Promise<BatchProgress>;
  /**
   * Claims at most `limit` mentions, hands them to `analyse` and stores what it returns, all in one transaction: a process that dies
   * half-way has claimed nothing. Returns how many there were.
   */
  analyseBatch(
    limit: number,
    analyse: (mentions: readonly MentionToAnalyse[]) => Promise<readonly AnalysedMention[]>,
  ): Promise<number>;
}
