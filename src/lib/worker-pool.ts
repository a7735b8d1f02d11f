import { Piscina } from 'piscina';
import { AppError } from './app-error.ts';
import { createTurns } from './turns.ts';

export interface WorkerPoolOptions {
  /** The TypeScript module a thread loads. It exports `run`, which takes a task and gives its answer, and `ping`, which gives nothing. */
  readonly entry: URL;
  /** What the module finds in `workerData` of `node:worker_threads`. */
  readonly workerData?: unknown;
  /** Threads kept running; each runs one task at a time. */
  readonly threads: number;
  /** How long one task may run. The thread of a task that takes longer is ended and replaced. */
  readonly deadlineMs: number;
  /** How much heap a thread may hold; one that needs more is ended as one that runs too long. Default: Node's own bound. */
  readonly heapMb?: number;
}

/** Threads that run one kind of task. */
export interface WorkerPool<Task, Answer> {
  /**
   * Runs a task as soon as a thread is free; the deadline counts from then. Throws AppError `bug` when the task throws or
   * runs past the deadline, `unavailable` when no thread can be had: after `close`, or when one does not start.
   */
  run(task: Task): Promise<Answer>;
  /** Ends the threads, running tasks included. May be called again. */
  close(): Promise<void>;
}

/** The longest a thread may take to load its modules, on a machine that is busy with other things. */
const START_MS = 60_000;

/** Starts the threads at once, so that the first task seldom waits for modules to load. */
export function createWorkerPool<Task, Answer>(options: WorkerPoolOptions): WorkerPool<Task, Answer> {
  const { entry, workerData, threads, deadlineMs, heapMb } = options;
  const pool: Piscina<Task | null, Answer> = new Piscina({
    filename: entry.href,
    name: 'run',
    workerData,
    ...(heapMb !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
    // The loader is named by its full address: a thread inherits neither one registered by code nor our module paths.
    execArgv: ['--import', new URL('./load-typescript.mjs', import.meta.url).href],
    minThreads: threads,
    maxThreads: threads,
    // A task that hangs is ended together with its thread and must not take others along.
    concurrentTasksPerWorker: 1,
    atomics: 'disabled',
    recordTiming: false,
  });
  // The pool's own queue would count waiting as running.
  const turns = createTurns(threads);
  let cold = threads;
  let isClosed = false;

  return {
    async run(task) {
      await turns.take();
      try {
        if (isClosed) throw new AppError('unavailable', 'The worker threads are closed');
        if (cold > 0) {
          // A new thread loads its modules first; that is not the task's time.
          cold -= 1;
          await warm(pool);
        }
        return await runWithin(deadlineMs, (signal) => pool.run(task, { signal }));
      } catch (thrown) {
        // Whatever went wrong may have ended the thread.
        cold = Math.min(threads, cold + 1);
        if (isClosed) throw new AppError('unavailable', 'The worker threads are closed', { cause: thrown });
        throw thrown;
      } finally {
        turns.give();
      }
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await pool.destroy();
    },
  };
}

async function warm<Answer>(pool: Piscina<null, Answer>): Promise<void> {
  try {
    await runWithin(START_MS, (signal) => pool.run(null, { name: 'ping', signal }));
  } catch (thrown) {
    throw new AppError('unavailable', 'A worker thread did not start', { cause: thrown });
  }
}

async function runWithin<Answer>(ms: number, run: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  try {
    return await run(controller.signal);
  } catch (thrown) {
    if (controller.signal.aborted)
      throw new AppError('bug', `A worker thread took longer than ${ms} ms`, { cause: thrown });
    throw new AppError('bug', 'A worker thread failed', { cause: thrown });
  } finally {
    clearTimeout(timer);
  }
}
