import type { QueueName, WakeUp } from '../domain/ports/wake-up.ts';

/** Finds out which queues have work waiting in Postgres, whoever forgot to say so. */
export interface PendingWork {
  find(): Promise<readonly QueueName[]>;
}

/** Wakes every queue that has work: after a lost queue, a killed process, a clock that jumped. Returns which they were. */
export async function reconcile(pending: PendingWork, wake: WakeUp): Promise<readonly QueueName[]> {
  const waiting = await pending.find();
  for (const queue of waiting) await wake(queue);
  return waiting;
}
