import type { FindEntities } from '../domain/entity.ts';
import type { Classification } from '../domain/opinion.ts';
import type { Classifier, ClassifierFailure } from '../domain/ports/classifier.ts';
import type { AnalysedMention, MentionStore, MentionToAnalyse } from '../domain/ports/mention-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { failpoint } from '../lib/failpoint.ts';
import { decideOutcome } from './decide-outcome.ts';

/** Small enough that a batch is analysed and committed well within a second. */
const BATCH = 500;

export interface AnalyseDeps {
  readonly mentions: MentionStore;
  readonly classifier: Classifier;
  /** The finder of what the config and the accounts name by now. */
  readonly entityFinder: () => Promise<FindEntities>;
  readonly wake: WakeUp;
}

/** Analyses one batch of waiting mentions and wakes routing. Returns whether more may wait. */
export async function analyseBatch({ mentions, wake, ...deps }: AnalyseDeps): Promise<boolean> {
  const count = await mentions.analyseBatch(BATCH, async (batch) =>
    analyseMentions(batch, deps.classifier, await deps.entityFinder()),
  );
  if (count > 0) {
    failpoint('analyse.committed');
    await wake('route');
  }
  return count === BATCH;
}

/** What each of them says and what becomes of it. Throws as the classifier does. */
export async function analyseMentions(
  batch: readonly MentionToAnalyse[],
  classifier: Classifier,
  findEntities: FindEntities,
): Promise<AnalysedMention[]> {
  failpoint('analyse.claimed');
  const spoken = batch.filter(
    ({ isOurs, machineMail, unreadable }) => !isOurs && machineMail === null && unreadable === null,
  );
  const answers = await classifier.classify(
    spoken.map(({ text, kind, langHint }) => ({ text, kind, ...(langHint ? { lang: langHint } : {}) })),
  );
  failpoint('analyse.classified');
  const byId = new Map(spoken.map((mention, index) => [mention.id, answers[index]]));
  return batch.map((mention) => {
    const { classification, failure } =
      mention.unreadable === null
        ? usable(mention.text, byId.get(mention.id))
        : { classification: null, failure: mention.unreadable };
    const { id, revisionId } = mention;
    const entities = classification === null ? [] : findEntities(mention.text);
    return {
      id,
      revisionId,
      classification,
      failure,
      entities,
      ...decideOutcome(mention, classification, failure),
    };
  });
}

/** An answer that could not be stored is a failure of its text alone; it must not fail the whole batch again and again. */
function usable(
  text: string,
  answer: Classification | ClassifierFailure | undefined,
): { classification: Classification | null; failure: string | null } {
  if (answer === undefined) return { classification: null, failure: null };
  if ('failure' in answer) return { classification: null, failure: answer.failure };
  const isStorable = answer.opinions.every(
    ({ start, end, why }) =>
      start >= 0 &&
      start < end &&
      end <= text.length &&
      [text.slice(start, end), ...why].every((words) => words.isWellFormed()),
  );
  return isStorable
    ? { classification: answer, failure: null }
    : { classification: null, failure: 'the classifier gave an opinion without words of the text' };
}
