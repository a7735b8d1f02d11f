import type { Answer } from '../../contract/api.ts';
import type { Backtest as Shown } from '../../contract/config.ts';
import type { Backtest, PastNotification } from '../../domain/backtest.ts';
import type { Matcher } from '../../domain/routing.ts';
import type { Misroutes } from '../../pipeline/misroutes.ts';
import type { Handlers } from '../api-router.ts';

interface Tried {
  readonly diff: string;
  readonly backtest: Backtest;
}

/** What changes would have done to the past; see `createBacktests`. */
export interface BacktestDeps {
  readonly tryConfig: (asked: {
    readonly yaml: string;
    readonly days: number;
    readonly author: string;
  }) => Promise<Tried>;
  readonly trySilence: (asked: {
    readonly matchers: readonly Matcher[];
    readonly days: number;
  }) => Promise<Tried>;
}

export interface ConfigDeps {
  readonly backtests: BacktestDeps;
  readonly readConfig: () => Promise<{
    readonly version: number;
    readonly text: string;
    readonly refusal: {
      readonly origin: string;
      readonly message: string;
      readonly refusedAt: Date;
    } | null;
  }>;
  readonly readMisroutes: (days: number) => Promise<Misroutes>;
  /** Throws AppError with every fault of a config that cannot be taken. */
  readonly reloadConfig: () => Promise<{ readonly version: number; readonly isNew: boolean }>;
}

type Names = 'getConfig' | 'tryConfig' | 'getMisroutes' | 'reloadConfig';

export function configHandlers({
  backtests,
  readConfig,
  readMisroutes,
  reloadConfig,
}: ConfigDeps): Handlers<Names> {
  return {
    async getConfig() {
      const { refusal, ...config } = await readConfig();
      return { ...config, refusal: refusal && { ...refusal, refusedAt: refusal.refusedAt.toISOString() } };
    },
    async tryConfig({ body, caller }) {
      const { diff, backtest } = await backtests.tryConfig({ ...body, author: caller.email });
      return { diff, backtest: shownBacktest(backtest) };
    },
    async getMisroutes({ query }) {
      const { from, to, ...misroutes } = await readMisroutes(query.days);
      return structuredClone({
        ...misroutes,
        from: from.toISOString(),
        to: to.toISOString(),
      }) as Answer<'getMisroutes'>;
    },
    reloadConfig: () => reloadConfig(),
  };
}

export function shownBacktest({ from, to, added, gone, ...backtest }: Backtest): Shown {
  const shown = ({ at, ...one }: PastNotification) => ({ ...one, at: at.toISOString() });
  return structuredClone({
    ...backtest,
    from: from.toISOString(),
    to: to.toISOString(),
    added: added.map(shown),
    gone: gone.map(shown),
  }) as Shown;
}
