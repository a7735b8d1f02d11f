import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when the next turn may begin, at least `gapMs` after the one before began. Rejects when `signal` aborts. */
export type Pace = (signal: AbortSignal) => Promise<void>;

export function createPace(gapMs: number): Pace {
  let begunAt = Number.NEGATIVE_INFINITY;
  let last: Promise<unknown> = Promise.resolve();

  const wait = async (before: Promise<unknown>, signal: AbortSignal): Promise<void> => {
    await before;
    // Timers may fire a millisecond early.
    const waitMs = Math.ceil(begunAt + gapMs - performance.now()) + 1;
    if (waitMs > 0) await pause(waitMs, undefined, { signal });
    signal.throwIfAborted();
    begunAt = performance.now();
  };

  return (signal) => {
    const turn = wait(last, signal);
    last = turn.catch(() => undefined);
    return turn;
  };
}
