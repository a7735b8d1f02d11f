import { startWorkers } from '../../workers/index.ts';
import { type App, openApp } from '../app/app.ts';
import { httpDeps } from '../app/http-deps.ts';
import { readEnv } from '../config/env.ts';
import { openDoor } from '../http/door.ts';
import { createHttpApp } from '../http/http-app.ts';
import { createCleanup } from '../lib/cleanup.ts';
import type { Database } from '../store/database.ts';
import type { Terminal } from './terminal.ts';

interface ServeOptions {
  /** False: the API alone; others do the work. */
  readonly hasWorkers: boolean;
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
 * Runs the API, and the workers beside it, until SIGINT or SIGTERM. The port is taken first, so that a port in use is said before
 * anything is started; until the workspace is open, requests get 503.
 */
export async function serve(
  terminal: Terminal,
  { hasWorkers, guard, prepare, onReady }: ServeOptions,
): Promise<number> {
  const { host, port, publicUrl } = readEnv(terminal.env);
  const ended = waitForSignal();
  const cleanup = createCleanup();
  const rise = async (): Promise<void> => {
    const door = await openDoor({ host, port });
    cleanup.add('http server', door.close);
    const url = port === 0 ? `http://${host}:${door.port}` : publicUrl;
    const app = await openApp({
      processEnv: { ...terminal.env, EARSHOT_URL: url },
      ...(guard ? { guard } : {}),
    });
    cleanup.add('workspace', app.close);
    await prepare?.(app);
    if (hasWorkers) {
      const workers = await startWorkers(app);
      cleanup.add('workers', workers.close);
    }
    door.admit(createHttpApp(httpDeps(app)));
    app.log.info({ url, hasWorkers }, 'earshot is up');
    await (onReady ? onReady(app, url) : announce(terminal, url));
  };
  try {
    await Promise.race([ended, rise()]);
    await ended;
    return 0;
  } finally {
    const hanging = setTimeout(() => process.exit(1), SHUTDOWN_MS);
    await cleanup.run();
    clearTimeout(hanging);
  }
}

async function announce({ stderr }: Terminal, url: string): Promise<void> {
  stderr.write(`Earshot is at ${url}; Ctrl-C stops it\n`);
}

/** Resolves on the first SIGINT or SIGTERM; a second one ends the process at once. */
function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    const ask = (): void => {
      if (isAsked) process.exit(1);
      isAsked = true;
      resolve();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
}
