import { QUEUES, type QueueName, type WakeUp } from '../domain/ports/wake-up.ts';
import { createOutage } from '../lib/outage.ts';
import { openBackend, type QueueServer } from './backends.ts';

export interface Queues {
  /** Resolves within a second or two also while the server is away; see `WakeUp`. */
  readonly wake: WakeUp;
  /** Whether wake-ups can be queued just now. */
  answers(): Promise<boolean>;
  /** Calls `turn` for each wake-up of a queue. A turn that throws is told to `onFailed` and tried again a little later. */
  work(name: QueueName, turn: () => Promise<void>, options: WorkOptions): RunningWorker;
  /** Close the workers first. */
  close(): Promise<void>;
}

interface WorkOptions {
  readonly onFailed: (error: Error) => void;
  /** Turns at a time. */
  readonly concurrency: number;
}

export interface RunningWorker {
  /** Stops taking work, lets the current turns end, and resolves. */
  close(): Promise<void>;
}

/** How trouble with the server is told: once when it begins and once when it is over. */
interface Telling {
  readonly onAway: (error: Error) => void;
  readonly onBack: () => void;
}

/** A wake-up that was lost or failed is made up for by the reconciler, so jobs are neither kept nor retried for long. */
const JOB_OPTIONS = {
  removeOnComplete: true,
  removeOnFail: 100,
  attempts: 3,
  backoff: { type: 'fixed', delay: 1_000 },
} as const;

/** A crashed worker's jobs go on within 15 s: BullMQ's own defaults take a minute and give a job up after its second crash. */
const LOCKS = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 100, runRetryDelay: 1_000 };

/** As many waiting wake-ups keep every free worker busy; one more would find what these find. */
const ENOUGH_WAITING = 8;

export async function openQueues(server: QueueServer, { onAway, onBack }: Telling): Promise<Queues> {
  const outage = createOutage({ onBegin: onAway, onEnd: onBack });
  const backend = await openBackend(server, outage.met);
  const queues = new Map(QUEUES.map((name) => [name, backend.openQueue(name)]));
  for (const queue of queues.values()) queue.on('error', outage.met);
  // One after the other: the first one makes the queue's own tables.
  for (const queue of queues.values()) await queue.waitUntilReady();

  /** Whether the call went through; if it did not, that has been told. */
  const attempt = async (call: () => Promise<unknown>): Promise<boolean> => {
    try {
      await call();
      outage.passed();
      return true;
    } catch (thrown) {
      outage.met(thrown instanceof Error ? thrown : new Error(String(thrown)));
      return false;
    }
  };

  return {
    async wake(name, at) {
      await attempt(async () => {
        const queue = queues.get(name);
        const now = Date.now();
        if (at && at.getTime() > now) {
          // One wake-up a second is enough, however many ask for it: an id that is queued is not queued again.
          const second = Math.ceil(at.getTime() / 1_000);
          const when = { jobId: `at-${second}`, delay: second * 1_000 - now };
          await queue?.add('wake', { version: 1 }, { ...JOB_OPTIONS, ...when });
        } else if (queue && (await queue.getWaitingCount()) < ENOUGH_WAITING) {
          await queue.add('wake', { version: 1 }, JOB_OPTIONS);
        }
      });
    },
    answers: () => attempt(backend.probe),
    work(name, turn, { onFailed, concurrency }) {
      const turns = new Set<Promise<void>>();
      const run = async (): Promise<void> => {
        const running = turn().finally(() => turns.delete(running));
        turns.add(running);
        await running;
      };
      const worker = backend.openWorker(name, run, { ...LOCKS, concurrency });
      worker.on('error', outage.met);
      worker.on('failed', (_job, error) => onFailed(error));
      return {
        async close() {
          // With its server away a worker would wait to say good-bye to it; only the turns are waited for then.
          await worker.close(!(await attempt(backend.probe)));
          await Promise.allSettled(turns);
        },
      };
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await backend.close();
    },
  };
}
