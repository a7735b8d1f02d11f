import type { App } from '../src/app/app.ts';
import { QUEUES, type QueueName } from '../src/domain/ports/wake-up.ts';
import { reconcile } from '../src/pipeline/reconcile.ts';
import { createPendingWork } from '../src/store/pending-work.ts';
import { analyseWorker } from './analyse.ts';
import { defineWorker, type RunningWorker, type Step } from './define-worker.ts';
import { deliverWorker } from './deliver.ts';
import { digestWorker } from './digest.ts';
import { flushWorker } from './flush.ts';
import { pollWorker } from './poll.ts';
import { routeWorker } from './route.ts';

const WORKERS: Readonly<Record<QueueName, (app: App) => Step>> = {
  poll: pollWorker,
  analyse: analyseWorker,
  route: routeWorker,
  flush: flushWorker,
  deliver: deliverWorker,
  digest: digestWorker,
};

/**
 * A poll may wait for minutes on one far side while others are due. One turn classifies while the other stores what it has classified.
 * A delivery turn lasts as long as its slowest destination, which
 * no other turn touches meanwhile: what comes in for others goes out in one of the free ones.
 */
const CONCURRENCY: Readonly<Partial<Record<QueueName, number>>> = { poll: 8, analyse: 2, deliver: 4 };

/** How long a stopping worker lets its current step go on before it asks it to give up. */
const GRACE_MS = 5_000;

/** How often Postgres is asked for work that nobody was woken for. */
const RECONCILE_MS = 5_000;

/** Runs the workers of the named queues, and the reconciler, in this process. */
export async function startWorkers(app: App, queues: readonly QueueName[] = QUEUES): Promise<RunningWorker> {
  if (queues.includes('poll')) await app.sources.settle(app.listeners.polled);
  const stop = new AbortController();
  const onError = (error: Error): void => app.log.error({ err: error }, 'worker trouble');
  const running = queues.map((name) => {
    const step = WORKERS[name](app);
    return defineWorker(name, () => step(stop.signal), {
      server: app.queueServer,
      wakeAgain: () => app.wake(name),
      onError,
      concurrency: CONCURRENCY[name],
    });
  });
  const pending = createPendingWork(app.database);
  let looking: Promise<void> | null = null;
  // One at a time: while the database is slow, looks would only pile up before it.
  const look = (): Promise<void> => {
    looking ??= reconcile(pending, app.wake)
      .catch(onError)
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  await look();
  const timer = setInterval(() => void look(), RECONCILE_MS);
  return {
    async close() {
      clearInterval(timer);
      await looking;
      const grace = setTimeout(() => stop.abort(), GRACE_MS);
      await Promise.all(running.map((worker) => worker.close()));
      clearTimeout(grace);
    },
  };
}
