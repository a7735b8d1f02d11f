import type { PastOpinion, Replay, RoutingRules } from '../domain/backtest.ts';
import { replay } from './replay.ts';

/** What a thread is handed. */
export interface ReplayTask {
  readonly opinions: readonly PastOpinion[];
  readonly rules: RoutingRules;
  readonly to: Date;
}

/** Thirty days of many opinions take seconds, for which a process that answers others has no time. */
export function run({ opinions, rules, to }: ReplayTask): Replay {
  return replay(opinions, rules, to);
}

export function ping(): void {
  // It is up once its modules are loaded.
}
