import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from './app-error.ts';

/** Resolves when the next turn may begin, at least `gapMs` after the one before began. Throws AppError `unavailable` when `signal` aborts. */
export type Pace = (signal: AbortSignal) => Promise<void>;

export function createPace(gapMs: number): Pace {
  let begunAt = Number.NEGATIVE_INFINITY;
  let last: Promise<unknown> = Promise.resolve();

  const wait = async (before: Promise<unknown>, signal: AbortSignal): Promise<void> => {
    await before;
    // Timers may fire a millisecond early.
    const waitMs = Math.ceil(begunAt + gapMs - performance.now()) + 1;
    if (waitMs > 0) await pause(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw new AppError('unavailable', 'Aborted while it waited for its turn');
    begunAt = performance.now();
  };

  return (signal) => {
    const turn = wait(last, signal);
    last = turn.catch(() => undefined);
    return turn;
  };
}
