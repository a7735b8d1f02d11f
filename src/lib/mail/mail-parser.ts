import { toAppError } from '../app-error.ts';
import { createWorkerPool, type WorkerPool } from '../worker-pool.ts';
import type { ParsedMail } from './parse-mail.ts';

/** A mail taken apart, or why it cannot be: one sentence that holds nothing of the mail. */
export type MailReading = { readonly mail: ParsedMail } | { readonly refusal: string };

export interface MailParser {
  /** Refuses what breaks a limit or takes too long. Throws AppError `unavailable` when there is no thread to run on. */
  parse(raw: Buffer): Promise<MailReading>;
  /** Ends the thread and what it works on; the next mail starts another. */
  close(): Promise<void>;
}

export interface MailParserOptions {
  /**
   * Longest time for one mail. Default 3,000: 10 MB take a tenth of that, and with the start of a new thread the mail after
   * one that hangs is read within 5 s.
   */
  readonly deadlineMs?: number;
  /** Another thread module; default: ours. */
  readonly entry?: URL;
}

/**
 * Takes mail apart in a thread of its own, so that mail which blocks it is given up and holds up nothing else. The thread
 * starts with the first mail.
 */
export function createMailParser({ deadlineMs = 3000, entry }: MailParserOptions = {}): MailParser {
  let pool: WorkerPool<Uint8Array, MailReading> | null = null;
  return {
    async parse(raw) {
      pool ??= createWorkerPool({
        entry: entry ?? new URL('./parse-worker.ts', import.meta.url),
        threads: 1,
        deadlineMs,
      });
      try {
        // A copy, because handing a thread a part of a buffer clones the whole of it.
        return await pool.run(new Uint8Array(raw));
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.kind === 'unavailable') throw error;
        return { refusal: `the mail could not be taken apart within ${deadlineMs} ms` };
      }
    },
    async close() {
      const open = pool;
      pool = null;
      await open?.close();
    },
  };
}
