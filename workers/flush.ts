import type { App } from '../src/app/app.ts';
import { flushGroups } from '../src/pipeline/flush-groups.ts';
import type { Step } from './define-worker.ts';

export function flushWorker({ routing, destinations, env, wake, clock }: App): Step {
  const { publicUrl } = env;
  return () => flushGroups({ routing, destinationsOf: destinations.listOf, publicUrl, wake }, clock());
}
