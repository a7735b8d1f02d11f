import { composeOverdue } from '../digest/overdue-alarm.ts';
import type { OverdueStore } from '../domain/ports/alarm-stores.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';

const BATCH = 200;

export interface OverdueDeps {
  readonly overdue: OverdueStore;
  /** Who hears of it; nobody, when the config names no receiver. */
  readonly destinations: readonly Destination[];
  /** IANA zone that times are written in. */
  readonly zone: string;
  readonly publicUrl: string;
  readonly wake: WakeUp;
}

/** Notices cases that are past their time, each once, and tells one level up. Returns how many there were. */
export async function watchOverdue(deps: OverdueDeps, now: Date): Promise<number> {
  const { destinations, zone, publicUrl } = deps;
  const count = await deps.overdue.take(BATCH, (cases) =>
    destinations.length === 0
      ? null
      : { message: composeOverdue(cases, { zone, publicUrl, now }), destinations },
  );
  if (count > 0 && destinations.length > 0) await deps.wake('deliver');
  return count;
}
