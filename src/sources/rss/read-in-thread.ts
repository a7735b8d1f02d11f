import { AppError } from '../../lib/app-error.ts';
import { createWorkerPool, type WorkerPool } from '../../lib/worker-pool.ts';
import type { FeedReading, ReadingFault, ReadingTask } from './read-document.ts';

const DEADLINE_MS = 10_000;
/** An honest document of 5 MB takes 150 MB; a hostile one takes what it can get. */
const HEAP_MB = 400;

/**
 * Reads a document in a thread of its own, which ends with it: the parser can be kept busy for minutes by a document of a few
 * KB, and a feed changes too seldom to keep a thread for it. Throws AppError: `invalid-input` for a document that is no feed,
 * `unavailable` when it takes too long or too much memory, and when stopped.
 */
export async function readInThread(task: ReadingTask, signal: AbortSignal): Promise<FeedReading> {
  const pool: WorkerPool<ReadingTask, FeedReading | ReadingFault> = createWorkerPool({
    entry: new URL('./worker.ts', import.meta.url),
    threads: 1,
    deadlineMs: DEADLINE_MS,
    heapMb: HEAP_MB,
  });
  const stop = (): void => void pool.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const answer = await pool.run(task);
    if ('fault' in answer) throw new AppError(answer.fault.kind, answer.fault.message);
    return answer;
  } catch (thrown) {
    if (signal.aborted) throw new AppError('unavailable', 'reading was stopped', { cause: thrown });
    if (thrown instanceof AppError && thrown.kind !== 'bug') throw thrown;
    const host = new URL(task.url).host;
    const what = `the feed on ${host} took more time or memory to read than it may`;
    throw new AppError('unavailable', what, { cause: thrown });
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.close();
  }
}
