import type { Receiver } from '../domain/delivery.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import type { Ticket, TicketStore } from '../domain/ports/ticket-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { AppError } from '../lib/app-error.ts';

/** As many calls a look as no tracker's limits mind; who is left is asked first at the next look. */
const MOST = 200;

export interface TicketDeps {
  readonly tickets: TicketStore;
  /** The ways out that can say what became of what they took. */
  readonly trackers: readonly Destination[];
  readonly receiverOf: (destination: Destination) => Receiver | undefined;
  readonly wake: WakeUp;
  readonly onError: (ticket: Ticket, error: unknown) => void;
}

/** Asks trackers about their open tickets, and resolves the cases of those that were closed there. Returns how many cases. */
export async function watchTickets(deps: TicketDeps, stop: AbortSignal): Promise<number> {
  if (deps.trackers.length === 0) return 0;
  let cases = 0;
  for (const ticket of await deps.tickets.claim(deps.trackers, MOST)) {
    if (stop.aborted) break;
    try {
      const resolution = await deps.receiverOf(ticket)?.resolutionOf?.(ticket.ref, stop);
      if (resolution) cases += await deps.tickets.close(ticket, resolution);
    } catch (error) {
      // An issue that is no more says nothing of its cases; everything else is asked again in some minutes.
      if (error instanceof AppError && error.kind === 'not-found') await deps.tickets.close(ticket, null);
      else deps.onError(ticket, error);
    }
  }
  if (cases > 0) await deps.wake('flush');
  return cases;
}
