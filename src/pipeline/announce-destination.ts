import { composeDestinationAlarm } from '../digest/destination-alarm.ts';
import type { Announce } from '../domain/ports/delivery-store.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import type { Clock } from '../lib/clock.ts';

interface AnnounceDeps {
  /** Every way out of the config, those of the root receiver first. */
  readonly destinations: readonly Destination[];
  /** How many of them are the root receiver's. */
  readonly rootCount: number;
  readonly publicUrl: string;
  readonly clock: Clock;
}

/** The alarm goes to the root receiver's ways out that are on; when none is, to the first of the others that is. */
export function announceDestination({ destinations, rootCount, publicUrl, clock }: AnnounceDeps): Announce {
  return (disabled, off) => {
    const isOn = (one: Destination): boolean =>
      !off.some(
        ({ receiver, integration, number }) =>
          receiver === one.receiver && integration === one.integration && number === one.number,
      );
    const roots = destinations.slice(0, rootCount).filter(isOn);
    const others = destinations.slice(rootCount).filter(isOn);
    return {
      message: composeDestinationAlarm(disabled, { publicUrl, now: clock() }),
      destinations: roots.length > 0 ? roots : others.slice(0, 1),
    };
  };
}
