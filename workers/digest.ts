import type { App } from '../src/app/app.ts';
import { runDueDigests } from '../src/pipeline/run-digests.ts';
import type { Step } from './define-worker.ts';

export function digestWorker({ digests, clock, log }: App): Step {
  return async () => {
    for (const outcome of await runDueDigests(digests, clock())) log.info(outcome, 'digest run');
    return false;
  };
}
