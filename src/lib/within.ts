import { setTimeout as pause } from 'node:timers/promises';

/** What `work` resolves to, unless that takes longer than `ms`: then throws what `late` makes. The work itself is not stopped. */
export async function within<T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  const ended = new AbortController();
  const giveUp = async (): Promise<never> => {
    await pause(ms, undefined, { signal: ended.signal });
    throw late();
  };
  try {
    return await Promise.race([work, giveUp()]);
  } finally {
    ended.abort();
  }
}
