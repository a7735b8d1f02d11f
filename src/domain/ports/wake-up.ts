/** The queues; each stands for work that waits in Postgres. */
export const QUEUES = ['poll', 'analyse', 'route', 'flush', 'deliver', 'digest'] as const;
export type QueueName = (typeof QUEUES)[number];

/** Says that work waits, now or at `at`. Losing a wake-up costs time only: the reconciler finds the work. */
export type WakeUp = (queue: QueueName, at?: Date) => Promise<void>;
