import { setTimeout as pause } from 'node:timers/promises';
import { type RunningWorkers, startWorkers } from '../../workers/index.ts';
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
export interface Shift {
  readonly app: App;
  readonly workers: RunningWorkers | null;
  /** Lets the requests and jobs that go on come to their end. */
  close(): Promise<void>;
}

export interface Reloaded {
  /** The config version in force. */
  readonly version: number;
  readonly isNew: boolean;
}

/** The shifts of one process, one after the other. */
export interface Shifts {
  current(): Shift;
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
  let handedOver: Promise<unknown> = Promise.resolve();
  let reloading: Promise<Reloaded> | null = null;
  let isClosed = false;

  const begin = async (app: App): Promise<Shift> => {
    const workers = queues.length > 0 ? await startWorkers(app, queues) : null;
    void workers?.stuck.then(onStuck);
    const drained = door?.admit(createHttpApp(httpDeps(app, { reloadConfig: reload })));
    handedOver = Promise.race([drained, pause(DRAIN_MS, undefined, { ref: false })]);
    const cleanup = createCleanup();
    cleanup.add('application', app.close);
    if (workers) cleanup.add('workers', workers.close);
    return { app, workers, close: () => cleanup.run() };
  };

  const takeOver = async (): Promise<Reloaded> => {
    const { app } = shift;
    const { configFile: origin } = app.env;
    const found = await findConfig(app.database, app.env, env).catch(async (error: unknown) => {
      const { kind, message } = toAppError(error);
      if (!isRetryable(toAppError(error)) && (await noteRefusal(app.database, origin, message)))
        app.log.error({ kind, detail: message }, 'the config was refused; the one before stays in force');
      throw error;
    });
    if (found.text === app.configText) {
      await forgetRefusal(app.database, origin);
      return { version: app.configVersionId, isNew: false };
    }
    const before = shift;
    shift = await begin(await duty.open());
    const { configVersionId: version, log } = shift.app;
    log.info({ version }, 'another config is in force');
    ending = handedOver.then(() => before.close());
    ending.catch((error: unknown) => log.error({ err: error }, 'the shift before did not end well'));
    return { version, isNew: true };
  };
  const reload = (): Promise<Reloaded> => {
    if (isClosed) throw new AppError('unavailable', 'Earshot is stopping');
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
    current: () => shift,
    reload,
    async close() {
      isClosed = true;
      clearInterval(timer);
      await reloading?.catch(() => undefined);
      await Promise.all([shift.close(), ending.catch(() => undefined)]);
    },
  };
}
