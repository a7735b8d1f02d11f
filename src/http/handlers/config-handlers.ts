import type { Answer } from '../../contract/api.ts';
import type { Backtest } from '../../domain/backtest.ts';
import type { Backtests } from '../../domain/ports/backtests.ts';
import type { Misroutes } from '../../pipeline/misroutes.ts';
import type { Handlers, Sent } from '../api-router.ts';

export interface ConfigDeps {
  readonly backtests: Backtests;
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
      return { ...misroutes, from: from.toISOString(), to: to.toISOString() };
    },
    reloadConfig: () => reloadConfig(),
  };
}

export function shownBacktest({
  from,
  to,
  added,
  gone,
  spikes,
  ...backtest
}: Backtest): Sent<Answer<'trySilence'>> {
  const shown = <One extends { readonly at: Date }>({ at, ...one }: One) => ({
    ...one,
    at: at.toISOString(),
  });
  return {
    ...backtest,
    from: from.toISOString(),
    to: to.toISOString(),
    added: added.map(shown),
    gone: gone.map(shown),
    spikes: { added: spikes.added.map(shown), gone: spikes.gone.map(shown) },
  };
}
