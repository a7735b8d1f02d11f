import type { Lessons } from '../analysis/learning/worker.ts';
import type { Learned } from '../domain/learning.ts';
import { createWorkerPool, type WorkerPool } from '../lib/worker-pool.ts';
import type { LearningDeps } from '../pipeline/learn-corrections.ts';
import type { App } from './app.ts';
import { BASE_VERSION } from './taught-classifier.ts';

/** Far more than five thousand corrected texts take. */
const DEADLINE_MS = 15 * 60_000;

/** What learning from corrections needs; it learns in a thread that lasts as long as the learning. */
export function learningOf({ learning, config }: Pick<App, 'learning' | 'config'>): LearningDeps {
  return {
    learning,
    baseVersion: BASE_VERSION,
    async learn(corrected) {
      const pool: WorkerPool<Lessons, Learned> = createWorkerPool({
        entry: new URL('../analysis/learning/worker.ts', import.meta.url),
        threads: 1,
        deadlineMs: DEADLINE_MS,
      });
      return pool.run({ corrected, hints: config.aspects }).finally(() => pool.close());
    },
  };
}
