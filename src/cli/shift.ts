import { setTimeout as pause } from 'node:timers/promises';
import { startWorkers } from '../../workers/index.ts';
import type { App } from '../app/app.ts';
import { findConfig } from '../app/config-in-force.ts';
import { httpDeps } from '../app/http-deps.ts';
import type { ProcessEnv } from '../config/env.ts';
import type { QueueName } from '../domain/ports/wake-up.ts';
import type { Door } from '../http/door.ts';
import { createHttpApp } from '../http/http-app.ts';
import { AppError, isRetryable, toAppError } from '../lib/app-error.ts';
import { createCleanup } from '../lib/cleanup.ts';
import { forgetRefusal, noteRefusal } from '../store/config-store.ts';

/** One config at work: the application, its workers and its face. */
interface Shift {
  readonly app: App;
  /** Resolves once nothing that came in before has still to be answered, or has taken too long. */
  readonly handedOver: Promise<unknown>;
  /** Lets the jobs that go on come to their end. */
  close(): Promise<void>;
}

export interface Reloaded {
  /** The config version in force. */
  readonly version: number;
  readonly isNew: boolean;
}

/** The shifts of one process, one after the other. */
export interface Shifts {
  /**
   * Reads the config again. Another one takes over as a whole: what comes in from then on is its own, and the shift before ends. The
   * faults of a bad one are thrown as AppError and noted, and nothing changes.
   */
  reload(): Promise<Reloaded>;
  close(): Promise<void>;
}

interface Duty {
  readonly env: ProcessEnv;
  readonly open: () => Promise<App>;
  readonly queues: readonly QueueName[];
  /** Null: nothing listens here. */
  readonly door: Door | null;
  /** A worker of some shift has died in silence. */
  readonly onStuck: (queue: QueueName) => void;
}

/** How often the config is looked at. */
const LOOK_MS = 5_000;
/** How long answers and live streams of the shift before may go on; a browser whose stream ends connects again. */
const DRAIN_MS = 5_000;

/** Begins the first shift on an application that is open. */
export async function beginShifts(first: App, duty: Duty): Promise<Shifts> {
  const { env, queues, door, onStuck } = duty;
  const closing = new AbortController();
  let reloading: Promise<Reloaded> | null = null;

  const begin = async (app: App): Promise<Shift> => {
    const cleanup = createCleanup();
    cleanup.add('application', app.close);
    try {
      if (queues.length > 0) {
        const workers = await startWorkers(app, queues);
        cleanup.add('workers', workers.close);
        void workers.stuck.then(onStuck);
      }
      const answered = door?.admit(createHttpApp(httpDeps(app, { reloadConfig: reload })));
      const tooLong = pause(DRAIN_MS, undefined, { ref: false, signal: closing.signal }).catch(
        () => undefined,
      );
      return { app, handedOver: Promise.race([answered, tooLong]), close: () => cleanup.run() };
    } catch (error) {
      await cleanup.run();
      throw error;
    }
  };

  /** Null: the config is the one at work. */
  const openNext = async ({ database, env: settings, configText, log }: App): Promise<App | null> => {
    const origin = settings.configFile;
    try {
      const found = await findConfig(database, settings, env);
      if (found.text !== configText) return await duty.open();
      await forgetRefusal(database, origin);
      return null;
    } catch (error) {
      const { kind, message } = toAppError(error);
      if (!isRetryable(toAppError(error)) && (await noteRefusal(database, origin, message)))
        log.error({ kind, detail: message }, 'the config was refused; the one before stays in force');
      throw error;
    }
  };

  const takeOver = async (): Promise<Reloaded> => {
    const next = await openNext(shift.app);
    if (next === null) return { version: shift.app.configVersionId, isNew: false };
    const before = shift;
    shift = await begin(next);
    const { configVersionId: version, log } = shift.app;
    log.info({ version }, 'another config is in force');
    ending = shift.handedOver.then(() => before.close());
    ending.catch((error: unknown) => log.error({ err: error }, 'the shift before did not end well'));
    return { version, isNew: true };
  };
  const reload = (): Promise<Reloaded> => {
    if (closing.signal.aborted) throw new AppError('unavailable', 'Earshot is stopping');
    reloading ??= ending
      .catch(() => undefined)
      .then(takeOver)
      .finally(() => {
        reloading = null;
      });
    return reloading;
  };

  let ending: Promise<void> = Promise.resolve();
  let shift = await begin(first);
  // What is wrong is noted and logged where it is found; a database that is away is waited for.
  const timer = setInterval(() => void reload().catch(() => undefined), LOOK_MS);
  return {
    reload,
    async close() {
      closing.abort();
      clearInterval(timer);
      await reloading?.catch(() => undefined);
      await Promise.all([shift.close(), ending.catch(() => undefined)]);
    },
  };
}
