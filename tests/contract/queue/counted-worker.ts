import { vi } from 'vitest';
import type { QueueName } from '../../../src/domain/ports/wake-up.ts';
import type { Queues } from '../../../src/queue/queues.ts';

/** A worker that counts its turns. */
export function countedWorker(
  name: QueueName,
  queues: Queues,
  work: () => void | Promise<void> = () => undefined,
) {
  let calls = 0;
  const errors: Error[] = [];
  const turn = async (): Promise<void> => {
    calls += 1;
    await work();
  };
  const worker = queues.work(name, turn, { onFailed: (error) => errors.push(error), concurrency: 1 });
  return {
    errors,
    count: () => calls,
    /** Resolves once there were so many turns. */
    reached: (count: number) =>
      vi.waitUntil(() => calls >= count, { timeout: 40_000, interval: 20 }).then(() => undefined),
    /** Resolves once no turn has come for a second. */
    async quiet(): Promise<void> {
      let [last, since] = [calls, Date.now()];
      await vi.waitUntil(
        () => {
          if (calls !== last) [last, since] = [calls, Date.now()];
          return Date.now() - since > 1_000;
        },
        { timeout: 40_000, interval: 20 },
      );
    },
    close: () => worker.close(),
  };
}
