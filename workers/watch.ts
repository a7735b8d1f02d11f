import type { QueueName } from '../src/domain/ports/wake-up.ts';

/** Sees when a queue's worker has died in silence: work waits, wake-ups go in, and no turn comes of it. */
export interface Watch {
  turnBegins(queue: QueueName): void;
  turnEnds(queue: QueueName): void;
  /**
   * Told at every look which queues have work that could be done now; answers those whose work has waited at every look of the last
   * minute without one turn. `now` is milliseconds of a clock that only runs forward.
   */
  look(waiting: readonly QueueName[], now: number): readonly QueueName[];
}

/** Long against a turn's wake-up, which takes milliseconds, and against BullMQ's own reconnecting, which takes seconds. */
const SILENCE_MS = 60_000;

export function createWatch(served: readonly QueueName[]): Watch {
  const waitingSince = new Map<QueueName, number>();
  const running = new Map<QueueName, number>();
  const count = (queue: QueueName, change: number): void => {
    running.set(queue, (running.get(queue) ?? 0) + change);
    waitingSince.delete(queue);
  };
  return {
    turnBegins: (queue) => count(queue, 1),
    turnEnds: (queue) => count(queue, -1),
    look: (waiting, now) =>
      served.filter((queue) => {
        if (!waiting.includes(queue) || (running.get(queue) ?? 0) > 0) {
          waitingSince.delete(queue);
          return false;
        }
        const since = waitingSince.get(queue) ?? now;
        waitingSince.set(queue, since);
        return now - since >= SILENCE_MS;
      }),
  };
}
