import type { FindEntities } from '../domain/entity.ts';
import type { Classifier } from '../domain/ports/classifier.ts';
import type { AnalysedMention } from '../domain/ports/mention-store.ts';
import type { ReanalysisStore, RereadMention } from '../domain/ports/reanalysis-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import type { Reanalysis } from '../domain/reanalysis.ts';
import { analyseMentions } from './analyse-batch.ts';
import { FOUND_NONE } from './decide-mention.ts';

/** Small, so that what was just heard never waits long for the classifier. */
const BATCH = 250;

export interface ReanalyseDeps {
  readonly reanalyses: ReanalysisStore;
  readonly classifier: Classifier;
  readonly entityFinder: () => Promise<FindEntities>;
  readonly wake: WakeUp;
}

/** Reads one batch of history again, if somebody asked for it. Answers whether more is to be read. */
export function rereadBatch({ reanalyses, classifier, entityFinder }: ReanalyseDeps): Promise<boolean> {
  return reanalyses.readBatch(BATCH, async (mentions) =>
    analyseMentions(mentions, classifier, await entityFinder()),
  );
}

/** Makes what was read again current, and sends on what only now has an opinion. */
export async function adoptReanalysis(
  { reanalyses, wake }: Pick<ReanalyseDeps, 'reanalyses' | 'wake'>,
  author: string,
): Promise<Reanalysis> {
  const adopted = await reanalyses.adopt(author, settleReread);
  await wake('route');
  return adopted;
}

/** What a department was given stays with it, and what a person decided stays decided. Pure. */
function settleReread({ outcome, outcomeReason, isReleased, reread }: RereadMention): AnalysedMention {
  const isSettled = outcome === 'routed' || isReleased || outcomeReason === FOUND_NONE;
  return isSettled ? { ...reread, outcome, outcomeReason } : reread;
}
