import type { Classification } from '../domain/opinion.ts';
import type { MentionToAnalyse } from '../domain/ports/mention-store.ts';
import type { Outcome } from '../domain/words.ts';

/** Below this the classifier is not sure enough of an opinion to bother a department; it waits in the unsure view. */
export const SURE_ENOUGH = 0.4;

export interface Decision {
  /** Null: it has opinions to route. */
  readonly outcome: Outcome | null;
  readonly outcomeReason: string | null;
}

/** Gives a mention its one outcome, with the reason; what is left without one goes on to routing. Pure. */
export function decideOutcome(
  { isOurs, machineMail }: Pick<MentionToAnalyse, 'isOurs' | 'machineMail'>,
  classification: Classification | null,
  failure: string | null,
): Decision {
  if (isOurs) return { outcome: 'ours', outcomeReason: 'written by the company itself' };
  if (machineMail) return { outcome: 'quarantined', outcomeReason: `machine mail: ${machineMail}` };
  if (failure !== null || !classification)
    return { outcome: 'quarantined', outcomeReason: `could not be analysed: ${failure ?? 'no answer'}` };
  if (classification.spam) return { outcome: 'quarantined', outcomeReason: 'spam' };
  return decideByOpinions(classification.opinions);
}

/** The outcome of a mention that is fit to be counted, by what it says. Pure. */
export function decideByOpinions(opinions: readonly { readonly confidence: number }[]): Decision {
  if (opinions.length === 0) return { outcome: 'no-opinion', outcomeReason: null };
  const surest = Math.max(...opinions.map(({ confidence }) => confidence));
  if (surest < SURE_ENOUGH)
    return { outcome: 'unsure', outcomeReason: `surest opinion ${surest.toFixed(2)}, needs ${SURE_ENOUGH}` };
  return { outcome: null, outcomeReason: null };
}
