import { withLearnedWords } from '../analysis/learning/own-words.ts';
import { MODEL_FOLDER, readModelVersion } from '../analysis/model/model-files.ts';
import { createPooledClassifier } from '../analysis/pooled-classifier.ts';
import type { AspectHint } from '../domain/opinion.ts';
import type { Classifier } from '../domain/ports/classifier.ts';
import type { AddedKnowledge, LearningStore } from '../domain/ports/learning-store.ts';
import { registerModel } from '../store/config-store.ts';
import type { Sql } from '../store/database.ts';

/** The model that a workspace's corrections add to. */
export const BASE_VERSION = readModelVersion(MODEL_FOLDER);

/** A text that takes longer is poison; ordinary ones take well under a millisecond. */
export const CLASSIFY_DEADLINE_MS = 5_000;

/** The classifier with what the workspace has taught it, which may change while it works. */
export interface TaughtClassifier extends Classifier {
  /** The version that classifies now, as it is registered. */
  readonly modelVersionId: number;
  /** Runs one step of work during which the version stays; before it, once a minute, looks for what was newly learned. */
  use<Result>(step: () => Promise<Result>): Promise<Result>;
}

interface Options {
  readonly sql: Sql;
  readonly learning: LearningStore;
  readonly hints: readonly AspectHint[];
  /** How long a text may take. */
  readonly deadlineMs?: number;
  /** How long what was newly learned may wait to be seen. */
  readonly freshMs?: number;
}

const FRESH_MS = 60_000;

export async function createTaughtClassifier({
  sql,
  learning,
  hints,
  deadlineMs = CLASSIFY_DEADLINE_MS,
  freshMs = FRESH_MS,
}: Options): Promise<TaughtClassifier> {
  const open = async (learned: AddedKnowledge | null) => {
    const classifier = createPooledClassifier({
      hints: learned === null ? hints : withLearnedWords(hints, learned.words),
      threads: 1,
      deadlineMs,
      learned,
    });
    return {
      name: learned?.name,
      classifier,
      modelVersionId: await registerModel(sql, classifier.modelVersion),
    };
  };
  let now = await open(await learning.addedTo(BASE_VERSION));
  let lookedAt = performance.now();
  let active = 0;
  let renewal: Promise<void> | null = null;
  const idle: (() => void)[] = [];

  const renew = async (): Promise<void> => {
    const learned = await learning.addedTo(BASE_VERSION);
    if (learned?.name === now.name) return;
    if (active > 0) await new Promise<void>((resolve) => idle.push(resolve));
    const before = now;
    now = await open(learned);
    await before.classifier.close();
  };
  return {
    get modelVersion() {
      return now.classifier.modelVersion;
    },
    get modelVersionId() {
      return now.modelVersionId;
    },
    classify: (inputs) => now.classifier.classify(inputs),
    async use(step) {
      if (renewal === null && performance.now() - lookedAt > freshMs) {
        lookedAt = performance.now();
        renewal = renew().finally(() => {
          renewal = null;
        });
      }
      await renewal;
      active += 1;
      try {
        return await step();
      } finally {
        active -= 1;
        if (active === 0) for (const resolve of idle.splice(0)) resolve();
      }
    },
    close: () => now.classifier.close(),
  };
}
