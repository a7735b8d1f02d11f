import type { App } from '../src/app/app.ts';
import { makeRollups } from '../src/store/rollup-store.ts';
import type { Step } from './define-worker.ts';

/** Nobody wakes it but the reconciler: a rollup is worth making once its quarter of an hour has come to rest. */
export function rollupWorker({ database }: App): Step {
  return () => makeRollups(database);
}
