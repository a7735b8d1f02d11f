import type { EntityMention } from '../entity.ts';
import type { HeardMention, IngestCounts, ReadCost, RejectedRow } from '../mention.ts';
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

/** One page of one batch. */
export interface IngestPage {
  /** Null only for a page without rows. */
  readonly batchId: string | null;
  readonly sourceId: number;
  readonly heardAt: Date;
  readonly mentions: readonly StorableMention[];
  readonly rejected: readonly RejectedRow[];
  /** What moves with the rows when the page was polled. */
  readonly poll: PollMove | null;
}

/** Where a poll goes on. Only the holder of the token may move it. */
export interface PollMove {
  readonly token: string;
  readonly nextCursor: string | null;
  /** What the page cost in truth, and what was set aside for it; millionths of a US dollar. */
  readonly cost: ReadCost;
  readonly reservedMicros: number;
  readonly gap: string | null;
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
  /** Why its content could not be taken apart; then its text is not what the writer wrote. */
  readonly unreadable: string | null;
}

/** What analysing made of a mention; without an outcome it goes on to routing. */
export interface AnalysedMention {
  readonly id: string;
  readonly revisionId: string;
  /** Null when there was nothing to classify: the company itself or a machine wrote it. */
  readonly classification: Classification | null;
  /** Why the classifier gave up. */
  readonly failure: string | null;
  /** What its text speaks of; none where there was nothing to classify. */
  readonly entities: readonly EntityMention[];
  readonly outcome: Outcome | null;
  readonly outcomeReason: string | null;
}

/** How many of a batch's mentions have come how far. */
export interface BatchProgress extends IngestCounts {
  /** Mentions that have no outcome yet: the batch's own, then what its source heard before and a killed process left behind. */
  readonly pending: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

export interface MentionStore {
  /** Finds or makes the source and opens a batch of it. */
  openBatch(source: { name: string; kind: string }): Promise<{ batchId: string; sourceId: number }>;
  /**
   * Rows, hearings and, for a poll, its cursor and money in one transaction. A row heard before is a duplicate and changes nothing but
   * its hearing. Throws AppError `conflict`, and nothing is written, when another process has taken the poll over.
   */
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
