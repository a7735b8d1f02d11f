/** The queues; each stands for work that waits in Postgres. */
export const QUEUES = [
  'poll',
  'analyse',
  'route',
  'theme',
  'rollup',
  'flush',
  'deliver',
  'digest',
  'alarm',
  'learn',
  'reanalyse',
] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * Says that work waits, now or at `at`. It never fails and never takes long: a wake-up that is lost because the queue is away costs time
 * only, since the reconciler finds the work.
 */
export type WakeUp = (queue: QueueName, at?: Date) => Promise<void>;
