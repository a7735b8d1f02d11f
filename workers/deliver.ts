import type { App } from '../src/app/app.ts';
import { deliverBatch } from '../src/pipeline/deliver.ts';
import type { Step } from './define-worker.ts';

export function deliverWorker({ deliveries, destinations, wake, clock, metrics, log }: App): Step {
  const deps = {
    deliveries,
    receiverOf: destinations.receiverOf,
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
