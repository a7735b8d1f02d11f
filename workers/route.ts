import type { App } from '../src/app/app.ts';
import { routeBatch } from '../src/pipeline/route-batch.ts';
import { createDueTime } from '../src/routing/due-time.ts';
import type { Step } from './define-worker.ts';

export function routeWorker({ routing, config, clock, wake }: App): Step {
  const dueTime = createDueTime(config.due);
  return () => routeBatch({ routing, root: () => config.route, dueTime, clock, wake });
}
