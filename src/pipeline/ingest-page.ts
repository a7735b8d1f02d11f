import type { IngestCounts, SourcePage } from '../domain/mention.ts';
import type { MentionStore, PollMove } from '../domain/ports/mention-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { type OwnVoice, settleMention } from './settle-mention.ts';

export interface IngestDeps {
  readonly mentions: MentionStore;
  readonly wake: WakeUp;
  readonly ours: () => OwnVoice;
}

interface Batch {
  /** Null only for a page without rows. */
  readonly batchId: string | null;
  readonly sourceId: number;
  /** What was written before is history; see {@link settleMention}. */
  readonly listeningSince: Date;
  /** What moves with the rows when the page was polled. */
  readonly poll?: PollMove;
}

/** Takes one page of a source in, exactly once, and wakes analysis. */
export async function ingestPage(
  deps: IngestDeps,
  { batchId, sourceId, listeningSince, poll }: Batch,
  page: Pick<SourcePage, 'mentions' | 'rejected'>,
  now: Date,
): Promise<IngestCounts> {
  const settling = { heardAt: now, listeningSince, ours: deps.ours() };
  const mentions = page.mentions.map((mention) => settleMention(mention, settling));
  const { rejected } = page;
  const counts = await deps.mentions.ingest({
    batchId,
    sourceId,
    heardAt: now,
    mentions,
    rejected,
    poll: poll ?? null,
  });
  if (counts.inserted > 0) await deps.wake('analyse');
  return counts;
}
