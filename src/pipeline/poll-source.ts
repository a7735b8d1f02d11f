import type { ClaimedSource, PollEnd, SourceStore } from '../domain/ports/source-store.ts';
import type { ReadBudget, Source } from '../domain/source.ts';
import { AppError, toAppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import { failpoint } from '../lib/failpoint.ts';
import { type IngestDeps, ingestPage } from './ingest-page.ts';
import { nextPollAfter } from './next-poll.ts';

/** A page that takes longer is given up; plug-ins have shorter deadlines of their own. */
const PAGE_MS = 120_000;
/** Well within the lease, so that it holds while one renewal is late. */
const RENEW_MS = 4_000;
/** Then another source gets its turn. */
const MOST_PAGES = 20;

/** A source this process can read, with what the config says of it. */
export interface Listener {
  readonly kind: string;
  readonly source: Source;
  readonly everyMs: number;
}

export interface PollDeps extends IngestDeps {
  readonly sources: SourceStore;
  /** The sources this process can read, by name. */
  readonly listeners: ReadonlyMap<string, Listener>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Called when a poll has ended: for logs and metrics. */
  readonly onPoll: (name: string, end: PollEnd) => void;
}

/** Polls the source that is due longest until it has nothing left for now. Returns whether there was one. */
export async function pollSource(deps: PollDeps, stop: AbortSignal): Promise<boolean> {
  const claimed = await deps.sources.claim([...deps.listeners.keys()]);
  const listener = claimed && deps.listeners.get(claimed.name);
  if (!listener) return false;
  const lease = keepLease(deps.sources, claimed);
  const end = await listen(deps, claimed, { ...listener, signal: AbortSignal.any([stop, lease.lost]) })
    .catch((thrown: unknown): PollEnd => {
      // Asked to stop is no failure of the source: the next process goes on at once.
      if (stop.aborted) return { result: 'more', nextInMs: 0 };
      const { failures, failingSince } = claimed;
      const [now, random] = [deps.clock(), deps.random()];
      return nextPollAfter({ error: toAppError(thrown), failures, failingSince, now, random });
    })
    .finally(lease.stop);
  await deps.sources.release(claimed, end);
  deps.onPoll(claimed.name, end);
  return true;
}

async function listen(
  deps: PollDeps,
  claimed: ClaimedSource,
  { kind, source, everyMs, signal }: Listener & { readonly signal: AbortSignal },
): Promise<PollEnd> {
  let { cursor } = claimed;
  for (let pages = 1; ; pages += 1) {
    const reserved = await setAside(deps.sources, claimed, source.budget);
    if (reserved === null) return spent(source.budget, deps.clock());
    const page = await source
      .fetchPage(cursor, AbortSignal.any([signal, AbortSignal.timeout(PAGE_MS)]))
      .catch(async (thrown: unknown) => {
        if (reserved > 0) await deps.sources.refund(claimed, reserved);
        throw thrown;
      });
    failpoint('poll.fetched');
    const { nextCursor, cost = { reads: 0, micros: 0 }, gap = null } = page;
    const hasRows = page.mentions.length + page.rejected.length > 0;
    const batchId = hasRows ? (await deps.mentions.openBatch({ name: claimed.name, kind })).batchId : null;
    const poll = { token: claimed.token, nextCursor, cost, reservedMicros: reserved, gap };
    await ingestPage(
      deps,
      { batchId, sourceId: claimed.id, listeningSince: claimed.createdAt, poll },
      page,
      deps.clock(),
    );
    failpoint('poll.committed');
    if (batchId !== null) await deps.mentions.closeBatch(batchId);
    cursor = nextCursor;
    const asked = page.retryAt === undefined ? 0 : page.retryAt.getTime() - deps.clock().getTime();
    if (!page.hasMore) return { result: 'caught-up', nextInMs: Math.max(everyMs, asked) };
    if (asked > 0 || signal.aborted || pages === MOST_PAGES)
      return { result: 'more', nextInMs: Math.max(0, asked) };
  }
}

/** Millionths of a dollar set aside for one page; null when the month's money does not reach. */
async function setAside(
  sources: SourceStore,
  claimed: ClaimedSource,
  budget: ReadBudget | undefined,
): Promise<number | null> {
  if (!budget) return 0;
  const { pageMicros, monthlyMicros } = budget;
  return (await sources.reserve(claimed, pageMicros, monthlyMicros)) ? pageMicros : null;
}

function spent(budget: ReadBudget | undefined, now: Date): PollEnd {
  const nextMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  const dollars = ((budget?.monthlyMicros ?? 0) / 1_000_000).toFixed(2);
  return {
    result: 'failed',
    errorKind: 'budget',
    error: `this month's budget of $${dollars} does not reach for another page`,
    nextInMs: nextMonth - now.getTime(),
  };
}

/** Prolongs the lease for as long as the poll lasts; `lost` fires when somebody else has taken it. */
function keepLease(sources: SourceStore, claimed: ClaimedSource): { lost: AbortSignal; stop: () => void } {
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    // While the database is away the next renewal may get through; storing a page checks the token anyway.
    const isHeld = await sources.renew(claimed).catch(() => true);
    if (!isHeld) lost.abort(new AppError('conflict', 'another process polls this source by now'));
  };
  const timer = setInterval(() => void renew(), RENEW_MS);
  return { lost: lost.signal, stop: () => clearInterval(timer) };
}
