import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when the next turn may begin, at least `gapMs` after the one before began. Rejects when `signal` aborts. */
export type Pace = (signal: AbortSignal) => Promise<void>;

export function createPace(gapMs: number): Pace {
  let begunAt = Number.NEGATIVE_INFINITY;
  let last: Promise<unknown> = Promise.resolve();
  return (signal) => {
    const turn = last.then(async () => {
      // Timers may fire a millisecond early.
      const waitMs = Math.ceil(begunAt + gapMs - performance.now()) + 1;
      if (waitMs > 0) await pause(waitMs, undefined, { signal });
      signal.throwIfAborted();
      begunAt = performance.now();
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
