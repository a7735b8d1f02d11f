import type { Backtest } from '../backtest.ts';
import type { Matcher } from '../routing.ts';

/** What changes would have done to the last days; nothing comes into force by it. One at a time: AppError `conflict` meanwhile. */
export interface Backtests {
  /**
   * Of another config. `diff` is the change in unified form; it is kept in the audit log with what it would have moved. Throws AppError
   * with every fault of the text.
   */
  tryConfig(asked: {
    readonly yaml: string;
    readonly days: number;
    readonly author: string;
  }): Promise<{ readonly diff: string; readonly backtest: Backtest }>;
  /** Of a silence, had it been there all the time. */
  trySilence(asked: { readonly matchers: readonly Matcher[]; readonly days: number }): Promise<Backtest>;
}
