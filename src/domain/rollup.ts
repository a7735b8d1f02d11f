import type { DayBins } from './digest.ts';
import type { Aspect, Intent, Polarity, Urgency } from './words.ts';

/** What opinions of one quarter of an hour have in common. */
export interface SaidLabel {
  readonly aspect: Aspect;
  readonly polarity: Polarity;
  readonly intent: Intent | 'none';
  readonly urgency: Urgency;
  /** Its message says good and bad. */
  readonly isMixed: boolean;
  /** A clause of a few letters. */
  readonly isShort: boolean;
  /** How many there are. */
  readonly opinions: number;
}

export interface Pins {
  readonly counted: readonly string[];
  readonly uncounted: readonly string[];
}

export interface RollupFacts {
  readonly bins: DayBins;
  /** Null where the pins were given and not read. */
  readonly pins: Pins | null;
  /** Ids of the model versions that judged what counts. */
  readonly models: readonly number[];
  /** Ids of the sources that heard something. */
  readonly sources: readonly number[];
}

/** When something was said that a rollup counts, and what else is known of that time. Instants are milliseconds since 1970. */
export interface RollupSpan {
  readonly from: number;
  readonly to: number;
  /** By which transaction all of its messages had been read for the first time. */
  readonly newestReadXid: number;
  readonly facts: RollupFacts;
}

/**
 * The opinions of at most a quarter of an hour, corrected and as of a cut-off, by columns. Opinion i is the i-th of `label` (a place in
 * `labels`), `message` (a place in the columns of messages), `theme` (0: none) and `confidence`; those of one message stand together, and messages in the order of time.
 */
export interface Rollup extends RollupSpan {
  readonly labels: readonly SaidLabel[];
  readonly label: Uint16Array;
  readonly message: Int32Array;
  readonly theme: Int32Array;
  /** In ten-thousandths. */
  readonly confidence: Uint16Array;
  /** Ids, as the three columns after it by message. */
  readonly mention: Float64Array;
  readonly author: Int32Array;
  /** Equal for copies of one text. */
  readonly textHash: Int32Array;
}
