import type { App } from '../src/app/app.ts';
import { flushGroups } from '../src/pipeline/flush-groups.ts';
import type { Step } from './define-worker.ts';

export function flushWorker({ routing, destinations, config, env, wake, clock }: App): Step {
  const { publicUrl } = env;
  const rootReceiver = config.route.receiver;
  return () =>
    flushGroups({ routing, destinationsOf: destinations.listOf, rootReceiver, publicUrl, wake }, clock());
}
