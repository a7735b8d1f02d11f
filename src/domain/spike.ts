import type { Aspect } from './words.ts';

/** The weeks before that say what is usual. */
export const SPIKE_WEEKS = 4;

/** What counts as a spike. */
export interface SpikeRules {
  /** Fewer people are no spike, whatever was usual. */
  readonly minPeople: number;
  /** So many times what is usual. */
  readonly factor: number;
  /** How long it must be quiet until a spike is over; what rises within it is the same one. */
  readonly cooldownMs: number;
}

/** What complaints are counted of. */
export interface SpikeSubject {
  readonly aspect: Aspect;
  /** Null: the whole aspect. */
  readonly themeId: string | null;
  readonly theme: string | null;
}

/** How many people complained in the last 24 hours. */
export interface SpikeReading extends SpikeSubject {
  readonly people: number;
  /** In the same 24 hours of the weeks before, on average; null: nothing was heard that long ago. */
  readonly usual: number | null;
}

/** A spike that is not over. */
export interface Spike extends SpikeSubject {
  readonly id: string;
  readonly beganAt: Date;
  readonly people: number;
  readonly peak: number;
  readonly usual: number;
  readonly toldAt: Date | null;
  readonly quietSince: Date | null;
}

/** What becomes of a subject at one look. */
export interface SpikeTurn {
  readonly subject: SpikeSubject;
  /** The spike it goes on from; null: a new one. */
  readonly id: string | null;
  readonly spike: Omit<Spike, keyof SpikeSubject | 'id'>;
  readonly isOver: boolean;
}
