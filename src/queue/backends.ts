import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, type JobsOptions, Queue, Worker } from 'bullmq';
import type { QueueName } from '../domain/ports/wake-up.ts';
import { KEY_PREFIX, openRedis, type RedisClient } from './redis.ts';

/** Where the queues live: in a Postgres (embedded mode) or on Redis (served mode). Only this file knows the difference. */
export type QueueServer =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string };

/** What a job carries: only the version of this shape. The work itself waits in Postgres. */
export interface WakeUpJob {
  readonly version: 1;
}

/** The parts of BullMQ that are used here, the same on both servers. */
type OnError = (error: Error) => void;
export type BullQueue = Pick<Queue, 'waitUntilReady' | 'getWaitingCount' | 'close'> & {
  on(event: 'error', listener: OnError): unknown;
  add(name: string, data: WakeUpJob, options: JobsOptions): Promise<unknown>;
};
export type BullWorker = Pick<Worker, 'close'> & {
  on(event: 'error', listener: OnError): unknown;
  on(event: 'failed', listener: (job: unknown, error: Error) => void): unknown;
};

export interface WorkerSettings {
  readonly concurrency: number;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly maxStalledCount: number;
  readonly runRetryDelay: number;
}

export interface Backend {
  openQueue(name: QueueName): BullQueue;
  openWorker(name: QueueName, work: () => Promise<void>, settings: WorkerSettings): BullWorker;
  /** Rejects when nothing can be queued just now. */
  probe(): Promise<void>;
  /** To be called once queues and workers are closed. */
  close(): Promise<void>;
}

export function openBackend({ kind, url }: QueueServer, onError: OnError): Promise<Backend> {
  return kind === 'postgres' ? openPostgresBackend(url) : openRedisBackend(url, onError);
}

/** The queues are asked about together with the database they lie in, so this has nothing to say of its own. */
async function openPostgresBackend(url: string): Promise<Backend> {
  const connection = {
    connectionString: url,
    migrate: true,
    schema: 'bullmq',
    max: 2,
    connectionTimeoutMillis: 2_000,
  };
  return {
    openQueue: (name) => new Queue(name, { connection }, createPostgresBackend),
    openWorker: (name, work, settings) =>
      new Worker(name, work, { ...settings, connection }, createPostgresBackend),
    probe: async () => undefined,
    close: async () => undefined,
  };
}

/** The longest that opening waits for the first connection; without it the first wake-ups find nobody. */
const FIRST_CONNECTION_MS = 2_000;

/** One connection for all queues and one for all workers, which each add one that blocks. */
async function openRedisBackend(url: string, onError: OnError): Promise<Backend> {
  const open = (use: 'calls' | 'jobs'): RedisClient => openRedis(url, use).on('error', onError);
  const calls = open('calls');
  let jobs: RedisClient | null = null;
  // Trouble has been told to `onError`.
  await Promise.race([once(calls, 'ready').catch(() => undefined), pause(FIRST_CONNECTION_MS)]);
  return {
    // Waiting for a connection would make every wake-up wait that comes before it.
    openQueue: (name) =>
      new Queue(name, {
        connection: calls,
        prefix: KEY_PREFIX,
        skipWaitingForReady: true,
        skipVersionCheck: true,
      }),
    openWorker(name, work, settings) {
      jobs ??= open('jobs');
      return new Worker(name, work, { ...settings, connection: jobs, prefix: KEY_PREFIX });
    },
    // Written, so that a server that is full or cannot save says so.
    probe: async () => void (await calls.set(`${KEY_PREFIX}:probe`, '1', 'EX', 60)),
    async close() {
      calls.disconnect();
      jobs?.disconnect();
    },
  };
}
