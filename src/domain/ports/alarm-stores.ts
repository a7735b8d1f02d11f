import type { OverdueCase } from '../due.ts';
import type { Silence } from '../routing.ts';
import type { Spike, SpikeReading, SpikeSubject, SpikeTurn } from '../spike.ts';
import type { Told } from './routing-store.ts';

export interface OverdueStore {
  /** Takes cases that nobody has noticed to be past their time; the message goes out in the same transaction. Returns how many there were. */
  take(limit: number, tell: (cases: readonly OverdueCase[]) => Told | null): Promise<number>;
}

/** What one look for spikes finds. */
export interface SpikeLook {
  readonly now: Date;
  readonly readings: readonly SpikeReading[];
  readonly open: readonly Spike[];
  readonly silences: readonly Silence[];
}

/** What a spike is told with. */
export interface SpikeQuote {
  readonly author: string;
  readonly platform: string;
  readonly text: string;
}

export interface SpikeStore {
  /**
   * Looks, unless somebody looked within the last minutes, and writes what `decide` makes of it together with what it tells. `quotesOf`
   * gives the newest complaints of a subject, one a person. Returns the subjects of what was told.
   */
  look(
    decide: (
      look: SpikeLook,
      quotesOf: (subject: SpikeSubject) => Promise<readonly SpikeQuote[]>,
    ) => Promise<readonly SpikeDecision[]>,
  ): Promise<readonly string[]>;
}

export interface SpikeDecision {
  readonly turn: SpikeTurn;
  /** What is said of it once it is written; null: nothing. The id names the spike. */
  readonly tell: ((id: string) => Told) | null;
}
