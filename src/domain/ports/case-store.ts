import type { Person } from '../access.ts';
import type { CaseAction, CaseFields, CaseState } from '../case.ts';
import type { Told } from './routing-store.ts';

/** What becomes of the case, or why the action is not possible. */
export type CaseDecision =
  | {
      readonly next: CaseFields;
      /** What others are told of it, by which ways out. */
      readonly tell?: readonly Told[];
    }
  | { readonly refusal: string; readonly kind: 'conflict' | 'invalid-input' | 'forbidden' };

export interface CaseStore {
  /**
   * Does what `decide` says, in one transaction, and keeps how to take it back; the event's id. Throws AppError: `not-found` for a
   * case that the person may not see, `conflict` when it is not of that version any more, else as `decide` refuses.
   */
  act(
    asked: {
      readonly id: string;
      /** The version that the person saw. */
      readonly version: number;
      readonly action: CaseAction;
      readonly person: Person;
    },
    decide: (state: CaseState) => CaseDecision,
  ): Promise<string>;
  /**
   * Takes back what the event did, in one transaction; the case's id and the new event's. Throws AppError `not-found` for an event
   * that is not the person's own, `conflict` when it is too old, taken back already, or somebody has gone on from there.
   */
  undo(eventId: string, person: Person): Promise<{ caseId: string; eventId: string }>;
  /** Notes that the person has seen all that was heard so far. Throws `not-found`. */
  markSeen(id: string, person: Person): Promise<void>;
}
