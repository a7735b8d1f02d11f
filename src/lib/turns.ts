import { AppError } from './app-error.ts';

/** Lets so many in at a time and the others wait in order. */
export interface Turns {
  /** Resolves when it is the caller's turn. Throws AppError `unavailable` when as many as may are waiting already. */
  take(): Promise<void>;
  /** To be called once for each turn taken. */
  give(): void;
}

export function createTurns(count: number, mostWaiting = Number.POSITIVE_INFINITY): Turns {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    async take() {
      if (free > 0) free -= 1;
      else if (waiting.length >= mostWaiting)
        throw new AppError('unavailable', 'Too many are waiting for this just now; try again in a moment');
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
