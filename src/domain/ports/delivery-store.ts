import type { OutboundMessage } from '../delivery.ts';
import type { Destination } from './routing-store.ts';

/** A delivery this process has claimed; only the holder of `token` may record its end. */
export interface ClaimedDelivery extends Destination {
  readonly id: string;
  readonly token: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly createdAt: Date;
  readonly message: OutboundMessage;
}

/** How an attempt ended. `retry` without `dueAt` means that the tries are used up: the delivery is dead until someone replays it. */
export type AttemptEnd =
  | { readonly result: 'taken'; readonly status: number; readonly detail: string }
  | {
      readonly result: 'retry';
      readonly status: number;
      readonly detail: string;
      readonly dueAt: Date | null;
    }
  | { readonly result: 'refused'; readonly status: number; readonly detail: string };

export interface DeliveryStore {
  /**
   * Claims what is due by the database's clock, writing the attempt before anything is sent. Expired leases count as due.
   * A destination gets a share of it only, and nothing while somebody else is sending to it.
   */
  claim(limit: number): Promise<readonly ClaimedDelivery[]>;
  /** Records the end of an attempt; false when another process has taken the delivery over meanwhile. */
  record(delivery: ClaimedDelivery, end: AttemptEnd): Promise<boolean>;
  /** Gives a claimed delivery back unsent, due again at `dueAt` at the earliest; it counts as no attempt. */
  postpone(delivery: ClaimedDelivery, dueAt: Date): Promise<void>;
  /** When the next pending delivery is due; null when none waits. */
  nextDueAt(): Promise<Date | null>;
}
