import type { AccountHeard, AnswerAccount, AnswerQuote, AnswerWindow, HeardOpinion } from '../answer.ts';

/** What an answer is made of. Only mentions that were routed or are unsure count; quarantined ones and our own never. */
export interface AnswerReadModel {
  /** All accounts: highest revenue first, unknown revenue last, then by name. */
  readAccounts(): Promise<readonly AnswerAccount[]>;
  /** Every opinion the accounts gave within the window; `term` is looked for without case at word boundaries. */
  readOpinions(asked: {
    readonly accountIds: readonly number[];
    readonly window: AnswerWindow;
    readonly term: string | null;
  }): Promise<readonly HeardOpinion[]>;
  /** An account that was never heard is missing. */
  readHeard(accountIds: readonly number[], window: AnswerWindow): Promise<readonly AccountHeard[]>;
  /** In no order. */
  readQuotes(opinionIds: readonly string[]): Promise<readonly AnswerQuote[]>;
  /** Messages with opinions within the window whose authors are linked to no account. */
  countUnlinked(window: AnswerWindow): Promise<number>;
}
