import { composeNotification } from '../digest/notification.ts';
import type { Destination, RoutingStore } from '../domain/ports/routing-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { failpoint } from '../lib/failpoint.ts';

const BATCH = 50;

export interface FlushDeps {
  readonly routing: RoutingStore;
  /** The integrations of a receiver, in the order of the config. */
  readonly destinationsOf: (receiver: string) => readonly Destination[];
  /** The root's receiver: it gets what waits for a receiver that the config no longer has. */
  readonly rootReceiver: string;
  readonly publicUrl: string;
  readonly wake: WakeUp;
}

/** Turns due groups into notifications and deliveries. Returns whether more may wait. */
export async function flushGroups(
  { routing, destinationsOf, rootReceiver, publicUrl, wake }: FlushDeps,
  now: Date,
): Promise<boolean> {
  const count = await routing.flushGroups(BATCH, (group) => {
    const own = destinationsOf(group.receiver);
    return {
      message: composeNotification(group, { publicUrl, now }),
      destinations: own.length > 0 ? own : destinationsOf(rootReceiver),
    };
  });
  if (count > 0) {
    failpoint('flush.committed');
    await wake('deliver');
  }
  return count === BATCH;
}
