import type { PollEnd } from '../../../src/domain/ports/source-store.ts';
import type { Source } from '../../../src/domain/source.ts';
import type { SourceHealth } from '../../../src/domain/source-health.ts';
import { type PollDeps, pollSource } from '../../../src/pipeline/poll-source.ts';
import { healthOf } from '../../../src/pipeline/source-health.ts';
import { watchSources } from '../../../src/pipeline/watch-sources.ts';
import type { Database } from '../../../src/store/database.ts';
import { createMentionStore } from '../../../src/store/mention-store.ts';
import { createSourceStore } from '../../../src/store/source-store.ts';

export const EVERY_MS = 60_000;
const ROOT = { receiver: 'everything', integration: 'file', number: 0 };

/** One source called `club` on a real database, polled by hand. */
export async function openPolling(database: Database, source: Source) {
  const sources = createSourceStore(database);
  const mentions = createMentionStore(database, () => ({ modelVersionId: 0, configVersionId: 0 }));
  const ends: PollEnd[] = [];
  const deps: PollDeps = {
    sources,
    mentions,
    listeners: new Map([['club', { kind: 'scripted', source, everyMs: EVERY_MS }]]),
    wake: async () => undefined,
    ours: () => ({ domains: [], handles: [] }),
    clock: () => new Date(),
    random: () => 0.5,
    onPoll: (_, end) => void ends.push(end),
  };
  const settle = (): Promise<void> =>
    sources.settle([
      {
        name: 'club',
        kind: 'scripted',
        everyMs: EVERY_MS,
        silentAfterMs: null,
        budgetMicros: source.budget?.monthlyMicros ?? null,
      },
    ]);
  await settle();
  const row = async <Row>(columns: string): Promise<Row> => {
    const [found] = await database.query<Row>(`SELECT ${columns} FROM source WHERE name = 'club'`);
    if (!found) throw new Error('there is no source club');
    return found;
  };
  return {
    database,
    sources,
    deps,
    ends,
    settle,
    row,
    poll: (stop = new AbortController().signal) => pollSource(deps, stop),
    /** Makes it due, whatever it waits for: a second ago, since the column rounds `now()` up to half a millisecond. */
    due: () =>
      database.execute(`UPDATE source SET next_poll_at = now() - interval '1 second' WHERE name = 'club'`),
    /** Moves everything the source remembers so far into the past. */
    age: (interval: string) =>
      database.execute(
        `UPDATE source SET failing_since = failing_since - $1::interval, last_heard_at = last_heard_at - $1::interval, created_at = created_at - $1::interval,
                caught_up_at = caught_up_at - $1::interval, watched_at = NULL`,
        interval,
      ),
    async health(): Promise<SourceHealth> {
      const [facts] = await sources.readFacts();
      if (!facts) throw new Error('there is no source');
      return healthOf(facts, new Date());
    },
    async watch(): Promise<readonly string[]> {
      await database.execute('UPDATE source SET watched_at = NULL');
      return watchSources(
        {
          sources,
          destinations: () => [ROOT],
          publicUrl: 'https://earshot.example',
          wake: async () => undefined,
        },
        new Date(),
      );
    },
    ids: async () =>
      (
        await database.query<{ id: string }>(
          'SELECT external_id AS id FROM mention ORDER BY external_id::int',
        )
      ).map(({ id }) => Number(id)),
  };
}
