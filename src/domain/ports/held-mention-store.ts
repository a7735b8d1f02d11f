import type { Person } from '../access.ts';
import type { Label } from '../case.ts';
import type { Outcome } from '../words.ts';

/** A mention that was held back, as a decision on it finds it. */
export interface HeldState {
  readonly outcome: Outcome | null;
  /** Null: never analysed, since its headers say that a machine wrote it. */
  readonly opinions:
    | readonly { readonly opinionId: string; readonly label: Label; readonly confidence: number }[]
    | null;
  /** Why its content could not be taken apart, or the classifier gave up. */
  readonly failure: string | null;
}

/** What is to become of it, or why that cannot be. */
export type HeldDecision =
  | {
      /** Where it goes on: to be analysed, to be routed, or nowhere. */
      readonly next: 'analyse' | 'route' | { readonly outcome: Outcome; readonly reason: string | null };
      /** What the person says of its opinions. */
      readonly labels: readonly { readonly opinionId: string; readonly label: Label }[];
      readonly isReleased: boolean;
    }
  | { readonly refusal: string };

export interface HeldMentionStore {
  /**
   * Does what `decide` says, in one transaction. Throws AppError `not-found`, and `conflict` as it refuses. `kind` is what the
   * audit log calls it.
   */
  decide(
    asked: { readonly id: string; readonly kind: string; readonly person: Person },
    decide: (state: HeldState) => HeldDecision,
  ): Promise<Exclude<HeldDecision, { readonly refusal: string }>['next']>;
}
