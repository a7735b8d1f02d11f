import type { App } from '../app/app.ts';
import { readEnv } from '../config/env.ts';
import type { QueueName } from '../domain/ports/wake-up.ts';
import { openDoor } from '../http/door.ts';
import { AppError } from '../lib/app-error.ts';
import { createCleanup } from '../lib/cleanup.ts';
import type { Database } from '../store/database.ts';
import { buildPages } from './build-pages.ts';
import { offerFirstRun } from './first-run.ts';
import { openToServe } from './open-to-serve.ts';
import { beginShifts } from './shift.ts';
import type { Terminal } from './terminal.ts';

interface ServeOptions {
  /** False: nothing listens; the process works for others. */
  readonly hasApi: boolean;
  /** The queues that are worked on here; none: others do the work. */
  readonly queues: readonly QueueName[];
  /** Runs before the config is settled; throws when this database is not the right one. */
  readonly guard?: (database: Database) => Promise<void>;
  /** Runs before the workers start. */
  readonly prepare?: (app: App) => Promise<void>;
  /** Runs once everything is up, before the process waits for its end. */
  readonly onReady?: (app: App, url: string) => Promise<void>;
}

/** After this a shutdown that hangs is cut short. */
const SHUTDOWN_MS = 9_500;

/**
 * Runs the API, workers, or both until SIGINT or SIGTERM; SIGHUP has the config read again. The port is taken first, so that a port
 * in use is said before anything is started; until the workspace is open, requests get 503. Throws AppError when it cannot come up, or
 * when a worker has died in silence.
 */
export async function serve(terminal: Terminal, options: ServeOptions): Promise<number> {
  const { host, port, publicUrl } = readEnv(terminal.env);
  const { hasApi, queues, guard, prepare, onReady } = options;
  const ended = waitForSignal();
  const stop = new AbortController();
  const cleanup = createCleanup();
  let sayStuck: (queue: QueueName) => void;
  const stuck = new Promise<QueueName>((resolve) => {
    sayStuck = resolve;
  });
  const rise = async (): Promise<void> => {
    const door = hasApi ? await openDoor({ host, port }) : null;
    if (door) cleanup.add('http server', door.close);
    const built = hasApi ? buildPages(terminal, stop.signal) : Promise.resolve();
    const url = door && port === 0 ? `http://${host}:${door.port}` : publicUrl;
    const env = { ...terminal.env, EARSHOT_URL: url };
    const open = (): Promise<App> =>
      openToServe({ terminal: { ...terminal, env }, stop: stop.signal, ...(guard ? { guard } : {}) });
    const app = await open();
    cleanup.add('workspace', app.close);
    stop.signal.throwIfAborted();
    await prepare?.(app);
    await built;
    const shifts = await beginShifts(app, { env, open, queues, door, onStuck: sayStuck });
    cleanup.add('shifts', shifts.close);
    process.on('SIGHUP', () => void shifts.reload().catch(() => undefined));
    app.log.info({ url, hasApi, queues }, 'earshot is up');
    await onReady?.(app, url);
    if (!onReady) announce(terminal, hasApi ? `is at ${url}` : `works on ${queues.join(', ')}`);
    if (hasApi) await offerFirstRun(app, terminal);
  };
  const rising = rise();
  try {
    await Promise.race([ended, rising]);
    await Promise.race([ended, stuck.then(refuseSilence)]);
    return 0;
  } finally {
    const hanging = setTimeout(() => process.exit(1), SHUTDOWN_MS);
    stop.abort();
    await Promise.allSettled([rising]);
    await cleanup.run();
    clearTimeout(hanging);
  }
}

function refuseSilence(queue: QueueName): never {
  throw new AppError(
    'unavailable',
    `The worker of the queue ${queue} took none of the work that waited for a minute; this process ends so that it is started anew`,
  );
}

function announce({ stderr }: Terminal, what: string): void {
  stderr.write(`Earshot ${what}; Ctrl-C stops it\n`);
}

/** Resolves on the first SIGINT or SIGTERM; a second one ends the process at once. */
function waitForSignal(): Promise<null> {
  return new Promise((resolve) => {
    let isAsked = false;
    const ask = (): void => {
      if (isAsked) process.exit(1);
      isAsked = true;
      resolve(null);
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
}
