import type { AspectHint, Classification, ClassifierInput } from '../domain/opinion.ts';
import type { Classifier, ClassifierFailure } from '../domain/ports/classifier.ts';
import { toAppError } from '../lib/app-error.ts';
import { createWorkerPool, type WorkerPool } from '../lib/worker-pool.ts';
import { MODEL_FOLDER, readModelVersion } from './model/model-files.ts';
import { versionWith } from './model-version.ts';

export interface PooledClassifierOptions {
  /** The workspace's own aspect words. */
  readonly hints: readonly AspectHint[];
  /** Worker threads; about 60 MB each. */
  readonly threads: number;
  /** How long a batch of texts, or one text of a batch that failed, may take. */
  readonly deadlineMs: number;
  /** What the workspace's corrections add, with a name for it. */
  readonly learned?: { readonly name: string; readonly weights: Float32Array | null } | null;
  /** Another thread module; default: our engine. */
  readonly entry?: URL;
}

type Answer = Classification | ClassifierFailure;
type Pool = WorkerPool<readonly ClassifierInput[], readonly Classification[]>;

/** Several times what an engine and its longest texts hold; with a bound the thread also tidies its heap sooner. */
const HEAP_MB = 256;
/** Texts handed to a thread at once: enough to make the hand-over cheap, few enough that one poison text costs little. */
const BATCH = 64;

/**
 * A classifier that works in threads, so that no text can hold up the process that asks. A batch that throws or runs past
 * its deadline is tried again text by text; only the texts that fail alone become failures. `classify` throws AppError
 * `unavailable` when there is no thread to run on, as after `close`.
 */
export function createPooledClassifier({
  hints,
  threads,
  deadlineMs,
  learned,
  entry,
}: PooledClassifierOptions): Classifier {
  const pool: Pool = createWorkerPool({
    entry: entry ?? new URL('./worker.ts', import.meta.url),
    workerData: {
      hints: structuredClone(hints),
      learned: learned?.weights ?? null,
    },
    threads,
    heapMb: HEAP_MB,
    deadlineMs,
  });
  return {
    modelVersion: versionWith(readModelVersion(MODEL_FOLDER), hints, learned?.name),
    async classify(inputs) {
      const batches: (readonly ClassifierInput[])[] = [];
      for (let at = 0; at < inputs.length; at += BATCH) batches.push(inputs.slice(at, at + BATCH));
      const answers = await Promise.all(batches.map((batch) => classifyBatch(pool, batch)));
      return answers.flat();
    },
    close: () => pool.close(),
  };
}

async function classifyBatch(pool: Pool, batch: readonly ClassifierInput[]): Promise<readonly Answer[]> {
  try {
    return await pool.run(batch);
  } catch (thrown) {
    const error = toAppError(thrown);
    // No thread to be had is no fault of the texts: let the caller try again.
    if (error.kind === 'unavailable') throw error;
    if (batch.length === 1) return [{ failure: error.message }];
    const answers: Answer[] = [];
    for (const input of batch) answers.push(...(await classifyBatch(pool, [input])));
    return answers;
  }
}
