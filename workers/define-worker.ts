import type { QueueName } from '../src/domain/ports/wake-up.ts';
import { openWorker, type QueueServer } from '../src/queue/queues.ts';

/** What a queue's wake-up sets in motion: one bounded step, answering whether more waits. */
export type Step = (stop: AbortSignal) => Promise<boolean>;

/** How long one wake-up may keep working before it makes room for the next: well under the queue's stall limit. */
const TURN_MS = 3_000;

interface WorkerSetting {
  readonly server: QueueServer;
  /** Says that more work waits when a turn is over before the work is. */
  readonly wakeAgain: () => Promise<void>;
  readonly onError: (error: Error) => void;
  /** Turns at a time; default 1. More than one lets a turn compute while another waits for the database. */
  readonly concurrency?: number | undefined;
}

export interface RunningWorker {
  /** Stops taking work, lets the current step end, and resolves. */
  close(): Promise<void>;
}

/** A worker that repeats `step` for as long as it says that more waits. */
export function defineWorker(
  name: QueueName,
  step: () => Promise<boolean>,
  { server, wakeAgain, onError, concurrency = 1 }: WorkerSetting,
): RunningWorker {
  let isStopping = false;
  const turn = async (): Promise<void> => {
    const end = Date.now() + TURN_MS;
    let hasMore = true;
    while (hasMore && !isStopping && Date.now() < end) hasMore = await step();
    if (hasMore && !isStopping) await wakeAgain();
  };
  const worker = openWorker(name, server, turn, { onError, concurrency });
  return {
    async close() {
      isStopping = true;
      await worker.close();
    },
  };
}
