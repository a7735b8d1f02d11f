import type { WorkFacts } from '../domain/digest-work.ts';
import { type GivenCase, type SuggestedRule, suggestRules } from '../routing/suggest-rules.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How far back rules are learned from: longer than most matrices look, since three equal cases may take a while. */
const RULE_DAYS = 90;

/** Where routing was wrong, as departments said. */
export interface Misroutes {
  readonly from: Date;
  readonly to: Date;
  readonly passedOn: WorkFacts['misroutes'];
  readonly suggestions: readonly SuggestedRule[];
}

export interface MisrouteDeps {
  readonly readMisroutes: (from: Date, to: Date) => Promise<Misroutes['passedOn']>;
  readonly readGivenCases: (since: Date) => Promise<readonly GivenCase[]>;
}

/** Who passed on how many cases to whom in the last `days` days, and the routes that would have spared it. */
export async function readMisroutes(deps: MisrouteDeps, days: number, now: Date): Promise<Misroutes> {
  const from = new Date(now.getTime() - days * DAY_MS);
  return {
    from,
    to: now,
    passedOn: await deps.readMisroutes(from, now),
    suggestions: suggestRules(await deps.readGivenCases(new Date(now.getTime() - RULE_DAYS * DAY_MS))),
  };
}
