import type { ErrorKind } from '../../lib/app-error.ts';
import type { OutboundMessage } from '../delivery.ts';
import type { SourceFacts } from '../source-health.ts';
import type { Destination } from './routing-store.ts';

/** A source of the config as it is to be polled. */
export interface PolledSource {
  readonly name: string;
  readonly kind: string;
  readonly everyMs: number;
  readonly silentAfterMs: number | null;
  readonly budgetMicros: number | null;
}

/** A source this process polls until its lease runs out; only the holder of `token` moves the cursor. */
export interface ClaimedSource {
  readonly id: number;
  readonly name: string;
  readonly token: string;
  readonly cursor: string | null;
  /** Since when it is listened to; what was written before is history. */
  readonly createdAt: Date;
  /** Polls that failed in a row until now. */
  readonly failures: number;
  readonly failingSince: Date | null;
}

/** How a poll ended, and in how many milliseconds the next may be. */
export type PollEnd =
  | { readonly result: 'caught-up' | 'more'; readonly nextInMs: number }
  | {
      readonly result: 'failed';
      readonly errorKind: ErrorKind | 'budget';
      readonly error: string;
      /** Null: not before a person has looked. */
      readonly nextInMs: number | null;
    };

/** What one look at a source's facts decides: which trouble is announced now (null: none), and what is to be sent. */
export interface Watching {
  readonly alarm: string | null;
  readonly message: OutboundMessage | null;
}

export interface SourceStore {
  /** Makes the polled sources those of the config; one that was stopped or paused is tried again at once. */
  settle(sources: readonly PolledSource[]): Promise<void>;
  /** Claims the source among `names` that is due longest by the database's clock and that nobody polls; null when there is none. */
  claim(names: readonly string[]): Promise<ClaimedSource | null>;
  /** Prolongs the lease; false when somebody else has the source by now. */
  renew(claimed: ClaimedSource): Promise<boolean>;
  /** Sets money aside for a page before it is read; false when that would cross the month's stop. A process that dies keeps it spent. */
  reserve(claimed: ClaimedSource, micros: number, monthlyMicros: number): Promise<boolean>;
  /** Gives money back that was set aside for a page which was not read. */
  refund(claimed: ClaimedSource, micros: number): Promise<void>;
  /** Ends the lease and records how it went; nothing happens when the lease is lost. */
  release(claimed: ClaimedSource, end: PollEnd): Promise<void>;
  /** A source that a person has looked after is polled at once, whatever stopped it. */
  resume(name: string): Promise<void>;
  /** Every source there is, by name. */
  readFacts(): Promise<readonly SourceFacts[]>;
  /** Looks at sources nobody looked at for a minute, and writes what `decide` wants sent to `destinations` in the same transaction. */
  watch(
    decide: (facts: SourceFacts) => Watching,
    destinations: readonly Destination[],
  ): Promise<readonly OutboundMessage[]>;
}
