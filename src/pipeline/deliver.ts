import type { Receiver } from '../domain/delivery.ts';
import type { AttemptEnd, ClaimedDelivery, DeliveryStore } from '../domain/ports/delivery-store.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { isRetryable, toAppError } from '../lib/app-error.ts';
import { nextAttempt } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';

const BATCH = 20;
/** Above every receiver's own deadline, below the lease. */
const DEADLINE_MS = 30_000;

export interface DeliverDeps {
  readonly deliveries: DeliveryStore;
  /** Undefined when the config no longer has the destination. */
  readonly receiverOf: (destination: Destination) => Receiver | undefined;
  readonly wake: WakeUp;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onAttempt: (delivery: ClaimedDelivery, end: AttemptEnd) => void;
}

/**
 * Sends one batch of due deliveries. Destinations go side by side and one destination's messages one after the other, so that a slow
 * one holds up nobody else's. Returns whether more may wait.
 */
export async function deliverBatch(deps: DeliverDeps, stop: AbortSignal): Promise<boolean> {
  const claimed = await deps.deliveries.claim(BATCH);
  await Promise.all(
    groupByDestination(claimed).map(async (queue) => {
      for (const delivery of queue) await attempt(deps, delivery, stop);
    }),
  );
  const dueAt = await deps.deliveries.nextDueAt();
  if (dueAt) await deps.wake('deliver', dueAt);
  return claimed.length === BATCH;
}

function groupByDestination(claimed: readonly ClaimedDelivery[]): ClaimedDelivery[][] {
  const groups = new Map<string, ClaimedDelivery[]>();
  for (const delivery of claimed) {
    const key = `${delivery.receiver}/${delivery.integration}/${delivery.number}`;
    groups.set(key, [...(groups.get(key) ?? []), delivery]);
  }
  return [...groups.values()];
}

async function attempt(deps: DeliverDeps, delivery: ClaimedDelivery, stop: AbortSignal): Promise<void> {
  const end = await send(deps, delivery, stop);
  await deps.deliveries.record(delivery, end);
  deps.onAttempt(delivery, end);
}

async function send(deps: DeliverDeps, delivery: ClaimedDelivery, stop: AbortSignal): Promise<AttemptEnd> {
  const receiver = deps.receiverOf(delivery);
  if (!receiver)
    return {
      result: 'refused',
      status: 0,
      detail: `earshot.yaml has no ${delivery.integration} number ${delivery.number} in receiver ${delivery.receiver} any more`,
    };
  try {
    const receipt = await receiver.send(
      delivery.message,
      AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)]),
    );
    return { result: 'taken', ...receipt };
  } catch (thrown) {
    const error = toAppError(thrown);
    const detail = `${error.kind}: ${error.message}`.slice(0, 500);
    if (!isRetryable(error)) return { result: 'refused', status: 0, detail };
    const dueAt = nextAttempt({
      attempt: delivery.attempt,
      now: deps.clock(),
      retryAt: error.retryAt,
      random: deps.random(),
    });
    return { result: 'retry', status: 0, detail, dueAt };
  }
}
