import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when the next turn may begin, at least `gapMs` after the one before began. Rejects when `signal` aborts. */
export type Pace = (signal: AbortSignal) => Promise<void>;

export function createPace(gapMs: number): Pace {
  let freeAt = Number.NEGATIVE_INFINITY;
  return async (signal) => {
    const startAt = Math.max(freeAt, performance.now());
    freeAt = startAt + gapMs;
    // Timers may fire a millisecond early.
    const waitMs = Math.ceil(startAt - performance.now());
    if (waitMs > 0) await pause(waitMs + 1, undefined, { signal });
  };
}
