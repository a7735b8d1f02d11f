import type { Classifier } from '../domain/ports/classifier.ts';
import type { AnalysedMention, MentionStore, MentionToAnalyse } from '../domain/ports/mention-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { decideOutcome } from './decide-outcome.ts';

/** Small enough that a batch is analysed and committed well within a second. */
const BATCH = 250;

export interface AnalyseDeps {
  readonly mentions: MentionStore;
  readonly classifier: Classifier;
  readonly wake: WakeUp;
}

/** Analyses one batch of waiting mentions and wakes routing. Returns whether more may wait. */
export async function analyseBatch({ mentions, classifier, wake }: AnalyseDeps): Promise<boolean> {
  const count = await mentions.analyseBatch(BATCH, (batch) => analyse(batch, classifier));
  if (count > 0) await wake('route');
  return count === BATCH;
}

async function analyse(
  batch: readonly MentionToAnalyse[],
  classifier: Classifier,
): Promise<AnalysedMention[]> {
  const spoken = batch.filter((mention) => !mention.isOurs && mention.machineMail === null);
  const answers = await classifier.classify(
    spoken.map(({ text, kind, langHint }) => ({ text, kind, ...(langHint ? { lang: langHint } : {}) })),
  );
  const byId = new Map(spoken.map((mention, index) => [mention.id, answers[index]]));
  return batch.map((mention) => {
    const answer = byId.get(mention.id) ?? null;
    const failure = answer && 'failure' in answer ? answer.failure : null;
    const classification = answer && !('failure' in answer) ? answer : null;
    const { id, revisionId } = mention;
    return { id, revisionId, classification, failure, ...decideOutcome(mention, classification, failure) };
  });
}
