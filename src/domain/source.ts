import type { SourcePage } from './mention.ts';

/** A configured place we listen to. It only pulls: it knows no store, queue or clock of its own. */
export interface Source {
  /**
   * Reads the page after `cursor` (null: from the start). Throws AppError and the cursor stays where it was: `rate-limited` (not
   * before `retryAt`) and `unavailable` are tried again, `auth` and `not-found` want a person, `invalid-input` names a wrong option
   * or cursor. Messages say what, where and what to do.
   */
  fetchPage(cursor: string | null, signal: AbortSignal): Promise<SourcePage>;
  /**
   * Looks whether the place can be heard, at no cost and without moving anything, and says in one sentence what was found. Throws
   * as `fetchPage` does.
   */
  check(signal: AbortSignal): Promise<string>;
  /** What reading costs; missing: nothing. */
  readonly budget?: ReadBudget;
  close(): Promise<void>;
}

/** The most that reading may cost. Millionths of a US dollar. */
export interface ReadBudget {
  /** A hard stop for each calendar month in UTC. */
  readonly monthlyMicros: number;
  /** The most that one page can cost: no page is read that could cross the stop. */
  readonly pageMicros: number;
}
