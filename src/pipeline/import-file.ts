import { setTimeout as pause } from 'node:timers/promises';
import type { IngestCounts } from '../domain/mention.ts';
import type { BatchProgress } from '../domain/ports/mention-store.ts';
import type { Source } from '../domain/source.ts';
import type { Clock } from '../lib/clock.ts';
import { type IngestDeps, ingestPage } from './ingest-page.ts';

export interface ImportDeps extends IngestDeps {
  readonly clock: Clock;
  /** Called after every page with the sums so far and the share of the file that is read. */
  readonly onPage: (sums: IngestCounts, progress: number | undefined) => void;
}

/** Reads a file source to its end, page by page, and returns the batch it made. Interrupted, it can simply be run again. */
export async function importFile(
  deps: ImportDeps,
  source: { name: string; kind: string; reader: Source },
  signal: AbortSignal,
): Promise<string> {
  const { batchId, sourceId } = await deps.mentions.openBatch(source);
  const sums = { rows: 0, inserted: 0, duplicate: 0, rejected: 0 };
  let cursor: string | null = null;
  for (let hasMore = true; hasMore; ) {
    const page = await source.reader.fetchPage(cursor, signal);
    const now = deps.clock();
    const counts = await ingestPage(deps, { batchId, sourceId, listeningSince: now }, page, now);
    for (const name of ['rows', 'inserted', 'duplicate', 'rejected'] as const) sums[name] += counts[name];
    deps.onPage(sums, page.progress);
    ({ nextCursor: cursor, hasMore } = page);
  }
  await deps.mentions.closeBatch(batchId);
  return batchId;
}

/** A look counts the rows of the batch: of many it may take no more than a tenth of the time, and of few it may be frequent. */
const SHORTEST_PAUSE_MS = 50;
const PAUSE_PER_LOOK = 9;

/** Resolves once every mention of the batch has its outcome, and whatever its source heard before. */
export async function waitForOutcomes(
  mentions: IngestDeps['mentions'],
  batchId: string,
  onProgress: (progress: BatchProgress) => void,
): Promise<BatchProgress> {
  for (;;) {
    const lookedAt = performance.now();
    const progress = await mentions.readBatch(batchId);
    onProgress(progress);
    if (progress.pending === 0) return progress;
    await pause(Math.max(SHORTEST_PAUSE_MS, PAUSE_PER_LOOK * (performance.now() - lookedAt)));
  }
}
