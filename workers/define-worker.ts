import type { QueueName } from '../src/domain/ports/wake-up.ts';
import type { Queues, RunningWorker } from '../src/queue/queues.ts';
import type { Watch } from './watch.ts';

/** What a queue's wake-up sets in motion: one bounded step, answering whether more waits. */
export type Step = (stop: AbortSignal) => Promise<boolean>;

/** How long one wake-up may keep working before it makes room for the next: well under the queue's stall limit. */
const TURN_MS = 3_000;

interface WorkerSetting {
  readonly queues: Queues;
  readonly watch: Watch;
  readonly onError: (error: Error) => void;
  /** Turns at a time; default 1. More than one lets a turn compute while another waits for the database. */
  readonly concurrency?: number | undefined;
}

/** A worker that repeats `step` for as long as it says that more waits. */
export function defineWorker(
  name: QueueName,
  step: () => Promise<boolean>,
  { queues, watch, onError, concurrency = 1 }: WorkerSetting,
): RunningWorker {
  let isStopping = false;
  const turn = async (): Promise<void> => {
    watch.turnBegins(name);
    try {
      const end = Date.now() + TURN_MS;
      let hasMore = true;
      while (hasMore && !isStopping && Date.now() < end) hasMore = await step();
      if (hasMore && !isStopping) await queues.wake(name);
    } finally {
      watch.turnEnds(name);
    }
  };
  const worker = queues.work(name, turn, { onFailed: onError, concurrency });
  return {
    async close() {
      isStopping = true;
      await worker.close();
    },
  };
}
