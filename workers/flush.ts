import type { App } from '../src/app/app.ts';
import { flushGroups } from '../src/pipeline/flush-groups.ts';
import type { Step } from './define-worker.ts';

export function flushWorker({ routing, destinations, config, env, wake, clock }: App): Step {
  const deps = {
    routing,
    muteRules: () => config,
    destinationsOf: destinations.listOf,
    rootReceiver: config.route.receiver,
    publicUrl: env.publicUrl,
    wake,
  };
  return () => flushGroups(deps, clock());
}
