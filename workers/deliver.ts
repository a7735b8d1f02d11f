import type { App } from '../src/app/app.ts';
import { announceDestination } from '../src/pipeline/announce-destination.ts';
import { deliverBatch } from '../src/pipeline/deliver.ts';
import type { Step } from './define-worker.ts';

export function deliverWorker(app: App): Step {
  const { deliveries, destinations, wake, clock, metrics, log, config, env } = app;
  const roots = destinations.listOf(config.route.receiver);
  const others = config.receivers.filter(({ name }) => name !== config.route.receiver);
  const deps = {
    deliveries,
    receiverOf: destinations.receiverOf,
    announce: announceDestination({
      destinations: [...roots, ...others.flatMap(({ name }) => destinations.listOf(name))],
      rootCount: roots.length,
      publicUrl: env.publicUrl,
      clock,
    }),
    wake,
    clock,
    random: Math.random,
    onAttempt: (delivery, end) => {
      metrics.countAttempt(delivery, end);
      const { receiver, integration, attempt } = delivery;
      if (end.result !== 'taken')
        log.warn(
          { deliveryId: delivery.id, receiver, integration, attempt, result: end.result, detail: end.detail },
          'delivery attempt failed',
        );
    },
  } satisfies Parameters<typeof deliverBatch>[0];
  return (stop) => deliverBatch(deps, stop);
}
