import type { App } from '../src/app/app.ts';
import { routeBatch } from '../src/pipeline/route-batch.ts';
import type { Step } from './define-worker.ts';

export function routeWorker({ routing, config, clock, wake }: App): Step {
  return () => routeBatch({ routing, root: () => config.route, due: config.due, clock, wake });
}
