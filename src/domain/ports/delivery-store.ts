import type { Before, OutboundMessage } from '../delivery.ts';
import type { Destination, Told } from './routing-store.ts';

/** A delivery this process has claimed; only the holder of `token` may record its end. */
export interface ClaimedDelivery extends Destination {
  readonly id: string;
  readonly token: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly createdAt: Date;
  readonly message: OutboundMessage;
  readonly before: Before;
}

/** How an attempt ended. `retry` without `dueAt` means that the tries are used up: the delivery is dead until someone replays it. */
export type AttemptEnd =
  | { readonly result: 'taken'; readonly status: number; readonly detail: string; readonly ref?: string }
  | {
      readonly result: 'retry';
      readonly status: number;
      readonly detail: string;
      readonly dueAt: Date | null;
      /** How far it got; the next attempt goes on from there. */
      readonly progress: string | null;
    }
  | {
      readonly result: 'refused';
      readonly status: number;
      readonly detail: string;
      /** Present when the destination is at fault, not the message, which then stays pending. */
      readonly misdirected?: {
        /** Whether the far side says that the destination is no more. */
        readonly isGone: boolean;
        /** When the message is tried again while the destination stays on; null when its tries are used up. */
        readonly dueAt: Date | null;
      };
    };

/** A destination that nothing is sent to any more. */
export interface DisabledDestination extends Destination {
  readonly disabledAt: Date;
  /** What it answered last. */
  readonly reason: string;
  /** Messages kept for it. */
  readonly waiting: number;
}

/** What is to be said, and where, of a destination that was just switched off; `off` are all that are. */
export type Announce = (disabled: DisabledDestination, off: readonly Destination[]) => Told;

export interface DeliveryStore {
  /**
   * Claims what is due by the database's clock, writing the attempt before anything is sent. Expired leases count as due.
   * A destination gets a share of it only, and nothing while somebody else is sending to it.
   */
  claim(limit: number): Promise<readonly ClaimedDelivery[]>;
  /**
   * Records the end of an attempt; false when another process has taken the delivery over meanwhile. A destination that is
   * gone, or has refused three messages in a row, is switched off and announced in the same transaction.
   */
  record(delivery: ClaimedDelivery, end: AttemptEnd, announce: Announce): Promise<boolean>;
  /** Gives a claimed delivery back unsent, due again at `dueAt` at the earliest; it counts as no attempt. */
  postpone(delivery: ClaimedDelivery, dueAt: Date): Promise<void>;
  /** When the next pending delivery to a destination that is on is due; null when none waits. */
  nextDueAt(): Promise<Date | null>;
}
