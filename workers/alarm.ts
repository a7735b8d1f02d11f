import type { App } from '../src/app/app.ts';
import { watchOverdue } from '../src/pipeline/watch-overdue.ts';
import { watchSpikes } from '../src/pipeline/watch-spikes.ts';
import { watchTickets } from '../src/pipeline/watch-tickets.ts';
import { createOverdueStore } from '../src/store/overdue-store.ts';
import { createSpikeStore } from '../src/store/spike-store.ts';
import { createTicketStore } from '../src/store/ticket-store.ts';
import type { Step } from './define-worker.ts';

/** What nobody's message brings about: spikes, cases past their time, tickets closed elsewhere. Only the reconciler wakes it. */
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
  const tickets = {
    tickets: createTicketStore(database),
    trackers: config.receivers
      .flatMap(({ name }) => destinations.listOf(name))
      .filter((one) => destinations.receiverOf(one)?.resolutionOf !== undefined),
    receiverOf: destinations.receiverOf,
    wake,
    onError: (ticket, error) =>
      log.warn({ err: error, ticket }, 'a tracker does not say what became of a ticket'),
  } satisfies Parameters<typeof watchTickets>[0];
  return async (stop) => {
    for (const subject of await watchSpikes(spikes)) log.info({ subject }, 'spike');
    const cases = await watchOverdue(overdue, clock());
    if (cases > 0) log.info({ cases }, 'cases are past their time');
    const closed = await watchTickets(tickets, stop);
    if (closed > 0) log.info({ cases: closed }, 'trackers have closed cases');
    return false;
  };
}
