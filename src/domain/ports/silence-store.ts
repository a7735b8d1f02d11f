import type { Silence } from '../routing.ts';

/** `pending`: it has not begun yet. */
export const SILENCE_STATES = ['active', 'pending', 'expired'] as const;
export type SilenceState = (typeof SILENCE_STATES)[number];

export interface NewSilence extends Omit<Silence, 'id'> {
  /** The matchers as they were written. */
  readonly spelling: string;
}

export interface SilenceRow extends Silence {
  readonly spelling: string;
  readonly createdAt: Date;
  readonly state: SilenceState;
  /** Who ended it before its time. */
  readonly expiredBy: string | null;
  /** Opinions that wait because of it. */
  readonly heldBack: number;
}

/** Silences are never rewritten: a change is the end of one and a new one. */
export interface SilenceStore {
  /** Newest first. */
  list(state: SilenceState | null): Promise<readonly SilenceRow[]>;
  add(silence: NewSilence): Promise<SilenceRow>;
  /** Ends it now; what it held back is notified. Throws AppError `not-found`, or `conflict` when it is over already. */
  expire(id: string, by: string): Promise<SilenceRow>;
}
