import type { IngestCounts, SourcePage } from '../domain/mention.ts';
import type { MentionStore } from '../domain/ports/mention-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { type OwnVoice, settleMention } from './settle-mention.ts';

export interface IngestDeps {
  readonly mentions: MentionStore;
  readonly wake: WakeUp;
  readonly ours: () => OwnVoice;
}

interface Batch {
  readonly batchId: string;
  readonly sourceId: number;
  readonly isImport: boolean;
}

/** Takes one page of a source in, exactly once: rows, hearings and cursor move together, and analysis is woken. */
export async function ingestPage(
  deps: IngestDeps,
  batch: Batch,
  page: SourcePage,
  now: Date,
): Promise<IngestCounts> {
  const settling = { heardAt: now, isImport: batch.isImport, ours: deps.ours() };
  const mentions = page.mentions.map((mention) => settleMention(mention, settling));
  const counts = await deps.mentions.ingest({
    batchId: batch.batchId,
    sourceId: batch.sourceId,
    heardAt: now,
    mentions,
    rejected: page.rejected,
    nextCursor: page.nextCursor,
  });
  if (counts.inserted > 0) await deps.wake('analyse');
  return counts;
}
