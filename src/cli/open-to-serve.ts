import { setTimeout as pause } from 'node:timers/promises';
import { type App, openApp } from '../app/app.ts';
import { readEnv } from '../config/env.ts';
import { AppError } from '../lib/app-error.ts';
import { checkRedis } from '../queue/check-redis.ts';
import type { Database } from '../store/database.ts';
import { linesOf, type Terminal } from './terminal.ts';

/** Between two tries; what comes up is used well within five seconds. */
const RETRY_MS = 1_000;
/** How often it is said that something is still waited for. */
const SAY_EVERY_MS = 30_000;

interface Opening {
  readonly terminal: Terminal;
  /** See `openApp`. */
  readonly guard?: (database: Database) => Promise<void>;
  /** Ends the waiting: what is tried last throws its reason. */
  readonly stop: AbortSignal;
}

/**
 * Opens the workspace for a process that stays: it waits, saying so, for a database and a Redis that are not there yet. Throws AppError
 * when waiting would not help: a Redis that is not fit for it, a database that refuses or is newer than this version.
 */
export async function openToServe({ terminal, guard, stop }: Opening): Promise<App> {
  const { databaseUrl, redisUrl } = readEnv(terminal.env);
  const { err } = linesOf(terminal);
  if (redisUrl) {
    const remarks = await whenThere(() => checkRedis(redisUrl.reveal()), err, stop);
    for (const remark of remarks) err(remark);
  }
  const open = (): Promise<App> => openApp({ processEnv: terminal.env, ...(guard ? { guard } : {}) });
  // The embedded database is started by opening it; waiting would not bring it up.
  return databaseUrl ? whenThere(open, err, stop) : open();
}

async function whenThere<T>(
  work: () => Promise<T>,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<T> {
  let saidAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError && error.kind === 'unavailable')) throw error;
      if (performance.now() - saidAt > SAY_EVERY_MS) {
        saidAt = performance.now();
        say(`waiting: ${error.message}`);
      }
    }
    await pause(RETRY_MS, undefined, { signal: stop });
  }
}
