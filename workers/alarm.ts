import type { App } from '../src/app/app.ts';
import { watchOverdue } from '../src/pipeline/watch-overdue.ts';
import { watchSpikes } from '../src/pipeline/watch-spikes.ts';
import { createOverdueStore } from '../src/store/overdue-store.ts';
import { createSpikeStore } from '../src/store/spike-store.ts';
import type { Step } from './define-worker.ts';

/** Nobody wakes it but the reconciler: what rises over a day can wait some seconds. */
export function alarmWorker({ database, config, destinations, env, wake, clock, log }: App): Step {
  const { publicUrl } = env;
  const spikes = {
    spikes: createSpikeStore(database),
    config,
    destinationsOf: destinations.listOf,
    publicUrl,
    wake,
  };
  const { escalateTo } = config.due;
  const overdue = {
    overdue: createOverdueStore(database),
    destinations: escalateTo === null ? [] : destinations.listOf(escalateTo),
    zone: config.workspace.timezone,
    publicUrl,
    wake,
  };
  return async () => {
    for (const subject of await watchSpikes(spikes)) log.warn({ subject }, 'spike');
    const cases = await watchOverdue(overdue, clock());
    if (cases > 0) log.warn({ cases }, 'cases are past their time');
    return false;
  };
}
