import type { Receiver } from '../domain/delivery.ts';
import type { Announce, AttemptEnd, ClaimedDelivery, DeliveryStore } from '../domain/ports/delivery-store.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { type AppError, isRetryable, toAppError } from '../lib/app-error.ts';
import { nextAttempt } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import { failpoint } from '../lib/failpoint.ts';

const BATCH = 50;
/** Above every receiver's own deadline, below the lease. */
const DEADLINE_MS = 30_000;
/** How long a destination's messages of one claim may take before the rest is given back; with one more deadline it is still below the lease. */
const TURN_MS = 20_000;
/** How long the other messages of a destination wait when it failed without naming a time. */
const PAUSE_MS = 5_000;
/** Shortest sleep when nothing could be claimed: what is due may be in other hands, and the database's clock may be behind. */
const SHORTEST_SLEEP_MS = 1_000;

export interface DeliverDeps {
  readonly deliveries: DeliveryStore;
  /** Undefined when the config no longer has the destination. */
  readonly receiverOf: (destination: Destination) => Receiver | undefined;
  /** What is said, and where, of a destination that is switched off. */
  readonly announce: Announce;
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
  if (claimed.length > 0) failpoint('deliver.claimed');
  await Promise.all(groupByDestination(claimed).map((queue) => sendInTurn(deps, queue, stop)));
  const dueAt = await deps.deliveries.nextDueAt();
  const now = deps.clock().getTime();
  if (dueAt === null) return false;
  if (claimed.length > 0 && dueAt.getTime() <= now) return true;
  const earliest = claimed.length > 0 ? now : now + SHORTEST_SLEEP_MS;
  await deps.wake('deliver', new Date(Math.max(dueAt.getTime(), earliest)));
  return false;
}

function groupByDestination(claimed: readonly ClaimedDelivery[]): ClaimedDelivery[][] {
  const groups = new Map<string, ClaimedDelivery[]>();
  for (const delivery of claimed) {
    const key = `${delivery.receiver}/${delivery.integration}/${delivery.number}`;
    groups.set(key, [...(groups.get(key) ?? []), delivery]);
  }
  return [...groups.values()];
}

/** Once the destination has failed, or has taken its time, the rest is given back: it would only fail too, or outlive its lease. */
async function sendInTurn(
  deps: DeliverDeps,
  queue: readonly ClaimedDelivery[],
  stop: AbortSignal,
): Promise<void> {
  const endsAt = deps.clock().getTime() + TURN_MS;
  let postponedTo: Date | null = null;
  for (const delivery of queue) {
    if (postponedTo === null && deps.clock().getTime() > endsAt) postponedTo = deps.clock();
    if (postponedTo === null) postponedTo = await attempt(deps, delivery, stop);
    else await deps.deliveries.postpone(delivery, postponedTo);
  }
}

/** Returns until when the destination's other messages have to wait. */
async function attempt(
  deps: DeliverDeps,
  delivery: ClaimedDelivery,
  stop: AbortSignal,
): Promise<Date | null> {
  const { end, holdUntil } = await send(deps, delivery, stop);
  if (end.result === 'taken') failpoint('deliver.taken');
  await deps.deliveries.record(delivery, end, deps.announce);
  if (end.result === 'taken') failpoint('deliver.recorded');
  deps.onAttempt(delivery, end);
  return holdUntil;
}

interface Sent {
  readonly end: AttemptEnd;
  readonly holdUntil: Date | null;
}

async function send(deps: DeliverDeps, delivery: ClaimedDelivery, stop: AbortSignal): Promise<Sent> {
  const receiver = deps.receiverOf(delivery);
  if (!receiver) {
    const { receiver: name, integration, number } = delivery;
    const detail = `earshot.yaml has no ${integration} number ${number} in receiver ${name} any more`;
    return { end: { result: 'refused', status: 0, detail }, holdUntil: null };
  }
  try {
    const receipt = await receiver.send(
      delivery.message,
      AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)]),
      delivery.before,
    );
    return { end: { result: 'taken', ...receipt }, holdUntil: null };
  } catch (thrown) {
    return failed(deps, delivery, toAppError(thrown));
  }
}

function failed(deps: DeliverDeps, { attempt: number }: ClaimedDelivery, error: AppError): Sent {
  const detail = `${error.kind}: ${error.message}`.slice(0, 500);
  const { retryAt, isGone } = error;
  const now = deps.clock();
  const dueAt = nextAttempt({ attempt: number, now, retryAt, random: deps.random() });
  if (!isRetryable(error)) {
    const refused = { result: 'refused', status: 0, detail } as const;
    const isMisdirected = error.kind === 'auth' || error.kind === 'not-found';
    if (!isMisdirected) return { end: refused, holdUntil: null };
    const holdUntil = new Date(now.getTime() + PAUSE_MS);
    return { end: { ...refused, misdirected: { isGone, dueAt } }, holdUntil };
  }
  return {
    end: { result: 'retry', status: 0, detail, dueAt, progress: error.progress ?? null },
    holdUntil: retryAt ?? new Date(now.getTime() + PAUSE_MS),
  };
}
