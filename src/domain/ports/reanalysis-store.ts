import type { Reanalysis, ReanalysisExample } from '../reanalysis.ts';
import type { Outcome } from '../words.ts';
import type { AnalysedMention, MentionToAnalyse } from './mention-store.ts';

/** A mention at the moment its new reading is to hold. */
export interface RereadMention {
  readonly outcome: Outcome;
  readonly outcomeReason: string | null;
  /** Whether a person took it out of quarantine. */
  readonly isReleased: boolean;
  readonly reread: AnalysedMention;
}

export interface ReanalysisStore {
  /** The one begun last; null when there was none. */
  newest(): Promise<Reanalysis | null>;
  /** Throws AppError `conflict` while another waits to be made current or dropped. */
  begin(asked: { readonly since: Date; readonly author: string }): Promise<Reanalysis>;
  /**
   * Reads at most `limit` mentions again and keeps what was read beside history; with the last of them, the comparison. When the model
   * or the config is another one by now, it begins anew. Answers whether more is to be read; false too while another process reads.
   */
  readBatch(
    limit: number,
    analyse: (mentions: readonly MentionToAnalyse[]) => Promise<readonly AnalysedMention[]>,
  ): Promise<boolean>;
  examples(reanalysis: Reanalysis): Promise<readonly ReanalysisExample[]>;
  /**
   * Makes what was read current, all of it or nothing: analyses are appended, what `settle` gives is the mention's outcome.
   * Throws AppError `conflict` unless all is read.
   */
  adopt(author: string, settle: (mention: RereadMention) => AnalysedMention): Promise<Reanalysis>;
  /** Forgets what was read and is not current. Answers whether there was any. */
  drop(author: string): Promise<boolean>;
}
