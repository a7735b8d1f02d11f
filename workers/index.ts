import type { App } from '../src/app/app.ts';
import { BASE_VERSION } from '../src/app/taught-classifier.ts';
import { QUEUES, type QueueName } from '../src/domain/ports/wake-up.ts';
import { isRetryable, toAppError } from '../src/lib/app-error.ts';
import { createOutage } from '../src/lib/outage.ts';
import { reconcile } from '../src/pipeline/reconcile.ts';
import type { RunningWorker } from '../src/queue/queues.ts';
import { createPendingWork } from '../src/store/pending-work.ts';
import { alarmWorker } from './alarm.ts';
import { analyseWorker } from './analyse.ts';
import { defineWorker, type Step } from './define-worker.ts';
import { deliverWorker } from './deliver.ts';
import { digestWorker } from './digest.ts';
import { flushWorker } from './flush.ts';
import { learnWorker } from './learn.ts';
import { pollWorker } from './poll.ts';
import { reanalyseWorker } from './reanalyse.ts';
import { rollupWorker } from './rollup.ts';
import { routeWorker } from './route.ts';
import { themeWorker } from './theme.ts';
import { createWatch } from './watch.ts';

const WORKERS: Readonly<Record<QueueName, (app: App) => Step>> = {
  poll: pollWorker,
  analyse: analyseWorker,
  route: routeWorker,
  theme: themeWorker,
  rollup: rollupWorker,
  flush: flushWorker,
  deliver: deliverWorker,
  digest: digestWorker,
  alarm: alarmWorker,
  learn: learnWorker,
  reanalyse: reanalyseWorker,
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

export interface RunningWorkers extends RunningWorker {
  /** Resolves when a queue's worker has died in silence, so that the process is better started anew. */
  readonly stuck: Promise<QueueName>;
}

/** Runs the workers of the named queues, and the reconciler, in this process. They wait out a database or a queue that is away. */
export async function startWorkers(app: App, served: readonly QueueName[] = QUEUES): Promise<RunningWorkers> {
  const { log, queues } = app;
  if (served.includes('poll')) await app.sources.settle(app.listeners.polled);
  const stop = new AbortController();
  const outage = createOutage({
    onBegin: (error) => log.error({ err: error }, 'what the workers need is away; they wait for it'),
    onEnd: () => log.info('what the workers need is back'),
  });
  const onError = (error: Error): void =>
    isRetryable(toAppError(error)) ? outage.met(error) : log.error({ err: error }, 'worker trouble');
  const watch = createWatch(served);
  const running = served.map((name) => {
    const step = WORKERS[name](app);
    const settings = { queues, watch, onError, concurrency: CONCURRENCY[name] };
    return defineWorker(name, () => step(stop.signal), settings);
  });

  const pending = createPendingWork(app.database, BASE_VERSION);
  let sayStuck: (queue: QueueName) => void;
  const stuck = new Promise<QueueName>((resolve) => {
    sayStuck = resolve;
  });
  const reconcileAndWatch = async (): Promise<void> => {
    const waiting = await reconcile(pending, app.wake);
    outage.passed();
    // What waits while nothing can be queued is nobody's fault.
    const [silent] = watch.look((await queues.answers()) ? waiting : [], performance.now());
    if (silent) sayStuck(silent);
  };
  let looking: Promise<void> | null = null;
  // One at a time: while the database is slow, looks would only pile up before it.
  const look = (): Promise<void> => {
    looking ??= reconcileAndWatch()
      .catch(onError)
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  await look();
  const timer = setInterval(() => void look(), RECONCILE_MS);
  return {
    stuck,
    async close() {
      clearInterval(timer);
      await looking;
      const grace = setTimeout(() => stop.abort(), GRACE_MS);
      await Promise.all(running.map((worker) => worker.close()));
      clearTimeout(grace);
    },
  };
}
