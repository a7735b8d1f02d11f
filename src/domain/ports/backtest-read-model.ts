import type { PastCase, PastComplaint } from '../backtest.ts';
import type { Classification, ClassifierInput } from '../opinion.ts';
import type { OpinionLabels } from '../routing.ts';

/** One message of the past with what was heard in it. */
export interface PastMention {
  readonly id: string;
  readonly text: string;
  readonly kind: NonNullable<ClassifierInput['kind']>;
  readonly langHint: string | null;
  readonly thread: string | null;
  readonly heardAt: Date;
  readonly isHistory: boolean;
  readonly labels: Pick<OpinionLabels, 'source' | 'platform' | 'lang' | 'account' | 'tier' | 'urgency'>;
  /** As people corrected them. */
  readonly opinions: readonly (Pick<
    Classification['opinions'][number],
    'aspect' | 'polarity' | 'intent' | 'confidence' | 'start' | 'end'
  > & { readonly id: string })[];
  /** When the last of its cases was closed; null: one is open, or it has none. */
  readonly closedAt: Date | null;
}

export interface BacktestReadModel {
  /** What customers said since then, newest first, at most `limit` messages. */
  readPast(since: Date, limit: number): Promise<readonly PastMention[]>;
  /**
   * The newest complaints since then in the order of their times, at most `limit`, and since when all is there that was heard; null:
   * nothing was heard.
   */
  readComplaints(
    since: Date,
    limit: number,
  ): Promise<{
    readonly complaints: readonly PastComplaint[];
    readonly heardSince: Date | null;
  }>;
  /** The newest cases that were opened since then, at most `limit`. */
  readCases(since: Date, limit: number): Promise<readonly PastCase[]>;
}
