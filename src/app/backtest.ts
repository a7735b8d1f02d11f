import { withLearnedWords } from '../analysis/learning/own-words.ts';
import { createPooledClassifier } from '../analysis/pooled-classifier.ts';
import { parseConfig } from '../config/earshot-yaml.ts';
import type { ProcessEnv } from '../config/env.ts';
import type { Replay } from '../domain/backtest.ts';
import type { Backtests } from '../domain/ports/backtests.ts';
import { AppError } from '../lib/app-error.ts';
import { createWorkerPool, type WorkerPool } from '../lib/worker-pool.ts';
import { type BacktestDeps, backtest } from '../pipeline/backtest.ts';
import type { ReplayTask } from '../routing/replay-thread.ts';
import { writeAudit } from '../store/audit-log.ts';
import { createBacktestReadModel } from '../store/backtest-read-model.ts';
import { lineDiff } from '../store/config-store.ts';
import { readSilences } from '../store/silence-store.ts';
import type { App } from './app.ts';
import { REGISTRIES } from './config-in-force.ts';
import { BASE_VERSION, CLASSIFY_DEADLINE_MS } from './taught-classifier.ts';

/** One side of a backtest that takes longer is given up. */
const DEADLINE_MS = 120_000;

/** `processEnv` fills in what the text takes from the environment. One at a time: a backtest keeps a core busy. */
export function createBacktests(
  app: Pick<App, 'database' | 'config' | 'configText' | 'configVersionId' | 'clock' | 'learning'>,
  processEnv: ProcessEnv,
): Backtests {
  const { database, config, clock, learning } = app;
  const deps: BacktestDeps = {
    past: createBacktestReadModel(database),
    classifierFor: async (hints) => {
      const learned = await learning.addedTo(BASE_VERSION);
      return createPooledClassifier({
        hints: learned === null ? hints : withLearnedWords(hints, learned.words),
        threads: 1,
        deadlineMs: CLASSIFY_DEADLINE_MS,
        learned,
      });
    },
    replay: inThread,
  };
  let isBusy = false;
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isBusy) throw new AppError('conflict', 'Another backtest runs just now; ask again when it is done');
    isBusy = true;
    return work().finally(() => {
      isBusy = false;
    });
  };
  return {
    async tryConfig({ yaml, days, author }) {
      const proposed = parseConfig(yaml, { file: 'proposal', env: processEnv, registries: REGISTRIES });
      return alone(async () => {
        const silences = await readSilences(database, 'active');
        const sides = { before: { ...config, silences }, after: { ...proposed, silences } };
        const tried = {
          diff: lineDiff(app.configText, yaml),
          backtest: await backtest(deps, { ...sides, days, now: clock() }),
        };
        const { moved, receivers, messages } = tried.backtest;
        await writeAudit(database, {
          actor: author,
          action: 'config tried',
          subject: `against config version ${app.configVersionId}`,
          detail: {
            diff: tried.diff,
            days,
            messages,
            moved: moved.map(({ from, to, messages: count }) => ({ from, to, messages: count })),
            receivers,
          },
        });
        return tried;
      });
    },
    trySilence: ({ matchers, days }) =>
      alone(async () => {
        const now = clock();
        const silences = await readSilences(database, 'active');
        const silence = {
          id: 'proposed',
          matchers,
          startsAt: new Date(0),
          endsAt: new Date(8.64e15),
          author: 'proposal',
          reason: 'proposal',
        };
        const sides = {
          before: { ...config, silences },
          after: { ...config, silences: [...silences, silence] },
        };
        return backtest(deps, { ...sides, days, now });
      }),
  };
}

/** In a thread that lasts as long as the replay. */
function inThread(task: ReplayTask): Promise<Replay> {
  const pool: WorkerPool<ReplayTask, Replay> = createWorkerPool({
    entry: new URL('../routing/replay-thread.ts', import.meta.url),
    threads: 1,
    deadlineMs: DEADLINE_MS,
  });
  return pool.run(task).finally(() => pool.close());
}
