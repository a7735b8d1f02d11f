import type { Resolution } from '../case.ts';
import type { Destination } from './routing-store.ts';

/** An issue that was written for cases of which at least one is open. */
export interface Ticket extends Destination {
  readonly deliveryId: string;
  /** How its tracker calls it. */
  readonly ref: string;
}

export interface TicketStore {
  /** Tickets that nobody has asked about within the last minutes, at one of these ways out; they count as asked from now on. */
  claim(trackers: readonly Destination[], limit: number): Promise<readonly Ticket[]>;
  /**
   * Resolves the open cases that the ticket was written for, as its tracker says; null: it is no more, and is not asked about again.
   * Once a ticket. Returns how many cases there were.
   */
  close(ticket: Ticket, resolution: Resolution | null): Promise<number>;
}
