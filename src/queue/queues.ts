import { createPostgresBackend, type JobsOptions, Queue, Worker } from 'bullmq';
import { QUEUES, type QueueName, type WakeUp } from '../domain/ports/wake-up.ts';

/** Where the queues live: in a Postgres (embedded mode) or on Redis (served mode). Nothing else in the code knows which. */
export type QueueServer =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string };

/** What a job carries: only the version of this shape. The work itself waits in Postgres. */
interface WakeUpJob {
  readonly version: 1;
}

export interface Queues {
  readonly wake: WakeUp;
  close(): Promise<void>;
}

type OnError = (error: Error) => void;

/** A wake-up that was lost or failed is made up for by the reconciler, so jobs are neither kept nor retried for long. */
const JOB_OPTIONS = {
  removeOnComplete: true,
  removeOnFail: 100,
  attempts: 3,
  backoff: { type: 'fixed', delay: 1_000 },
} as const;

/** A crashed worker's jobs go on within 15 s: BullMQ's own defaults take a minute and give a job up after its second crash. */
const LOCKS = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 100 } as const;

export async function openQueues(server: QueueServer, onError: OnError): Promise<Queues> {
  const queues = new Map(QUEUES.map((name) => [name, openQueue(name, server)]));
  for (const queue of queues.values()) queue.on('error', onError);
  // One after the other: the first one makes the queue's own tables.
  for (const queue of queues.values()) await queue.waitUntilReady();
  return {
    async wake(name, at) {
      const delay = at ? Math.max(0, at.getTime() - Date.now()) : 0;
      await queues.get(name)?.add('wake', { version: 1 }, { ...JOB_OPTIONS, delay });
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

/** A worker of one queue; `work` is called for each wake-up, at most `concurrency` at a time. */
export function openWorker(
  name: QueueName,
  server: QueueServer,
  work: () => Promise<void>,
  { onError, concurrency = 1 }: { readonly onError: OnError; readonly concurrency?: number },
): { close(): Promise<void> } {
  const options = { ...LOCKS, concurrency };
  const worker =
    server.kind === 'postgres'
      ? new Worker(name, work, { ...options, connection: postgresConnection(server) }, createPostgresBackend)
      : new Worker(name, work, { ...options, connection: redisConnection(server) });
  worker.on('error', onError);
  worker.on('failed', (_job: unknown, error: Error) => onError(error));
  return { close: () => worker.close() };
}

/** The part of BullMQ's queue that is used here, the same on both backends. */
type WakeUpQueue = Pick<Queue, 'waitUntilReady' | 'close'> & {
  on(event: 'error', listener: OnError): unknown;
  add(name: string, data: WakeUpJob, options: JobsOptions): Promise<unknown>;
};

function openQueue(name: QueueName, server: QueueServer): WakeUpQueue {
  return server.kind === 'postgres'
    ? new Queue(name, { connection: postgresConnection(server) }, createPostgresBackend)
    : new Queue(name, { connection: redisConnection(server) });
}

function postgresConnection({ url }: QueueServer): {
  connectionString: string;
  migrate: true;
  schema: string;
  max: number;
} {
  return { connectionString: url, migrate: true, schema: 'bullmq', max: 2 };
}

function redisConnection({ url }: QueueServer): { url: string; maxRetriesPerRequest: null } {
  return { url, maxRetriesPerRequest: null };
}
