import type { ErrorKind } from '../lib/app-error.ts';

/** What Postgres knows of a source; every judgement about its health is made of these facts. */
export interface SourceFacts {
  readonly name: string;
  readonly kind: string;
  /** Null: nobody polls it; it is pushed to, or a file was imported once. */
  readonly everyMs: number | null;
  readonly silentAfterMs: number | null;
  readonly nextPollAt: Date | null;
  readonly lastSuccessAt: Date | null;
  /** When a poll last left nothing to fetch. */
  readonly caughtUpAt: Date | null;
  readonly lastHeardAt: Date | null;
  /** UTC days with something heard, a bit a day; bit 0 is the day of `lastHeardAt`. At most 30 bits are looked at. */
  readonly heardDays: number;
  /** Polls that failed in a row. */
  readonly failures: number;
  readonly failingSince: Date | null;
  /** `budget` when the month's money is spent; null when the last poll went well. */
  readonly errorKind: ErrorKind | 'budget' | null;
  readonly error: string | null;
  readonly gap: string | null;
  readonly gapAt: Date | null;
  readonly reads: number;
  /** Millionths of a US dollar spent this month (UTC), and the most that may be. */
  readonly spentMicros: number;
  readonly budgetMicros: number | null;
  readonly createdAt: Date;
  /** The trouble that was announced and is not over; see {@link SourceTroubleKind}. */
  readonly alarm: string | null;
}

/**
 * `idle`: not polled yet · `ok` · `waiting`: the far side asked us to · `behind`: reads, but has not caught up · `failing`: tried
 * again · `stopped`: a person has to act · `paused`: the month's money is spent · `silent`: reads well and brings nothing, which is
 * not its habit.
 */
export const SOURCE_STATES = [
  'idle',
  'ok',
  'waiting',
  'behind',
  'failing',
  'stopped',
  'paused',
  'silent',
] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** A source's health in plain words. */
export interface SourceHealth {
  readonly name: string;
  readonly kind: string;
  readonly state: SourceState;
  /** What is the matter, one sentence. */
  readonly sentence: string;
  /** What to do; null when nothing has to be. */
  readonly remedy: string | null;
  readonly lastSuccessAt: Date | null;
  readonly lastHeardAt: Date | null;
  /** Seconds since it had nothing left to fetch; null for what is not polled. */
  readonly lagSeconds: number | null;
  readonly nextPollAt: Date | null;
  /** US dollars of this month; null when reading is free. */
  readonly spentUsd: number | null;
  readonly budgetUsd: number | null;
  /** What can no longer be heard, of the last seven days. */
  readonly gap: string | null;
}
