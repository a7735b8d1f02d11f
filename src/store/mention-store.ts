import type { IngestCounts } from '../domain/mention.ts';
import type {
  BatchProgress,
  IngestPage,
  MentionStore,
  MentionToAnalyse,
  PollMove,
  StorableMention,
} from '../domain/ports/mention-store.ts';
import { OUTCOMES, type Outcome } from '../domain/words.ts';
import { AppError } from '../lib/app-error.ts';
import { failpoint } from '../lib/failpoint.ts';
import { linkAuthors } from './account-store.ts';
import type { Database, Sql } from './database.ts';
import { type AnalysisVersions, storeAnalyses } from './store-analyses.ts';

export function createMentionStore(database: Database, versions: () => AnalysisVersions): MentionStore {
  return {
    openBatch: (source) => openBatch(database, source),
    ingest: (page) => database.transaction((sql) => ingest(sql, page)),
    async closeBatch(batchId) {
      await database.execute('UPDATE ingest_batch SET finished_at = now() WHERE id = $1::bigint', batchId);
    },
    readBatch: (batchId) => readBatch(database, batchId),
    analyseBatch: (limit, analyse) =>
      database.transaction(async (sql) => {
        const claimed = await sql.query<MentionToAnalyse>(CLAIM_TO_ANALYSE, limit);
        if (claimed.length > 0) await storeAnalyses(sql, await analyse(claimed), versions());
        return claimed.length;
      }),
  };
}

async function openBatch(
  sql: Sql,
  source: { name: string; kind: string },
): Promise<{ batchId: string; sourceId: number }> {
  const [row] = await sql.query<{ batchId: string; sourceId: number }>(
    `WITH known AS (
       INSERT INTO source (name, kind) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET kind = CASE WHEN source.every_ms IS NULL THEN excluded.kind ELSE source.kind END RETURNING id)
     INSERT INTO ingest_batch (source_id) SELECT id FROM known RETURNING id::text AS "batchId", source_id AS "sourceId"`,
    source.name,
    source.kind,
  );
  if (!row) throw new Error('INSERT … RETURNING gave no row');
  return row;
}

/** Which rows of a page were deleted once: they never come back, and neither do the names of their authors. Places in the page, from 0. */
const FIND_DELETED = `SELECT r.place::int FROM json_to_recordset($1::json) AS r(place int, platform text, external_id text)
  JOIN tombstone t ON t.hash = sha256(convert_to(r.platform || E'\\n' || r.external_id, 'UTF8'))`;

// Rows go in sorted by their unique key, so that two pages with the same rows wait for each other and never deadlock.
const INSERT_AUTHORS = `INSERT INTO author (platform, key, handle, name, email)
  SELECT * FROM json_to_recordset($1::json) AS r(platform text, key text, handle text, name text, email text) ORDER BY platform, key
  ON CONFLICT (platform, key) DO NOTHING RETURNING id::text`;

const INSERT_MENTIONS = `WITH r AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS r(platform text, external_id text, kind text, author_key text, thread text, url text, reach int, occurred_at timestamptz,
      counted_at timestamptz, is_history bool, is_ours bool, machine_mail text, unreadable text, text text, lang text)),
  inserted AS (
    INSERT INTO mention (platform, external_id, kind, author_id, batch_id, thread, url, reach, occurred_at, heard_at, counted_at, is_history, is_ours, machine_mail, unreadable, written_xid)
    SELECT r.platform, r.external_id, r.kind, a.id, $2::bigint, r.thread, r.url, r.reach, r.occurred_at, $3::timestamptz,
           r.counted_at, r.is_history, r.is_ours, r.machine_mail, r.unreadable, (SELECT earshot_xid())
      FROM r JOIN author a ON a.platform = r.platform AND a.key = r.author_key ORDER BY r.platform, r.external_id
    ON CONFLICT (platform, external_id) DO NOTHING RETURNING id, platform, external_id),
  waiting AS (INSERT INTO waiting_mention (stage, mention_id) SELECT 'analyse', id FROM inserted)
  INSERT INTO revision (mention_id, number, text, lang_hint) SELECT i.id, 1, r.text, r.lang FROM inserted i JOIN r USING (platform, external_id)`;

const INSERT_HEARINGS = `INSERT INTO hearing (source_id, mention_id, heard_at)
  SELECT $2::int, m.id, $3::timestamptz FROM json_to_recordset($1::json) AS r(platform text, external_id text)
    JOIN mention m ON m.platform = r.platform AND m.external_id = r.external_id ORDER BY m.id
  ON CONFLICT DO NOTHING`;

async function ingest(sql: Sql, page: IngestPage): Promise<IngestCounts> {
  const heardAt = page.heardAt.toISOString();
  if (page.poll) await holdPoll(sql, page.sourceId, page.poll);
  const fresh = await withoutDeleted(sql, distinct(page.mentions));
  let inserted = 0;
  if (fresh.length > 0) {
    const newAuthors = await sql.query<{ id: string }>(INSERT_AUTHORS, JSON.stringify(authorsOf(fresh)));
    inserted = await sql.execute(INSERT_MENTIONS, JSON.stringify(fresh.map(toRow)), page.batchId, heardAt);
    await sql.execute(INSERT_HEARINGS, JSON.stringify(fresh.map(toKey)), page.sourceId, heardAt);
    if (newAuthors.length > 0)
      await linkAuthors(
        sql,
        newAuthors.map(({ id }) => id),
      );
  }
  const rejected = page.rejected.length;
  const counts = {
    rows: page.mentions.length + rejected,
    inserted,
    duplicate: page.mentions.length - inserted,
    rejected,
  };
  if (rejected > 0) {
    await sql.execute(
      `INSERT INTO ingest_rejection (batch_id, place, reason) SELECT $2::bigint, r."where", r.reason FROM json_to_recordset($1::json) AS r("where" text, reason text)`,
      JSON.stringify(page.rejected),
      page.batchId,
    );
  }
  if (page.batchId !== null)
    await sql.execute(
      `UPDATE ingest_batch SET rows = rows + $2::int, inserted = inserted + $3::int, duplicate = duplicate + $4::int, rejected = rejected + $5::int WHERE id = $1::bigint`,
      page.batchId,
      counts.rows,
      counts.inserted,
      counts.duplicate,
      counts.rejected,
    );
  await sql.execute(NOTE_SUCCESS, page.sourceId, heardAt, inserted > 0);
  if (page.poll) {
    await movePoll(sql, page.sourceId, page.poll);
    failpoint('poll.inserted');
  }
  failpoint('ingest.inserted');
  return counts;
}

// Days without anything heard shift the bits; a day that is more than 60 away has nothing left to say.
const NOTE_SUCCESS = `UPDATE source SET last_success_at = $2::timestamptz,
    heard_days = CASE WHEN NOT $3::bool THEN heard_days
      ELSE 1 | (heard_days << least(60, greatest(0, ($2::timestamptz AT TIME ZONE 'UTC')::date - (last_heard_at AT TIME ZONE 'UTC')::date))) & ((1::bigint << 60) - 1) END,
    last_heard_at = CASE WHEN $3::bool THEN greatest(last_heard_at, $2::timestamptz) ELSE last_heard_at END
  WHERE id = $1::int`;

/** Keeps the source's row until the page is stored, so that two pollers of one source cannot both move it. */
async function holdPoll(sql: Sql, sourceId: number, { token }: PollMove): Promise<void> {
  const held = await sql.query(
    'SELECT id FROM source WHERE id = $1::int AND poll_token = $2::uuid FOR UPDATE',
    sourceId,
    token,
  );
  if (held.length === 0) throw new AppError('conflict', 'Another process polls this source by now');
}

async function movePoll(
  sql: Sql,
  sourceId: number,
  { nextCursor, cost, reservedMicros, gap }: PollMove,
): Promise<void> {
  await sql.execute(
    `UPDATE source SET cursor = $2, cursor_moved_at = now(), reads = reads + $3::bigint, spend_micros = greatest(0, spend_micros + $4::bigint),
            gap = coalesce($5, gap), gap_at = CASE WHEN $5::text IS NULL THEN gap_at ELSE now() END WHERE id = $1::int`,
    sourceId,
    nextCursor,
    cost.reads,
    cost.micros - reservedMicros,
    gap,
  );
}

/** Each mention once: the first of those with one key. */
function distinct(mentions: readonly StorableMention[]): StorableMention[] {
  const first = new Map<string, StorableMention>();
  for (const each of mentions) {
    const key = `${each.mention.platform}\n${each.mention.externalId}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

async function withoutDeleted(
  sql: Sql,
  mentions: readonly StorableMention[],
): Promise<readonly StorableMention[]> {
  const keys = mentions.map((each, place) => ({ place, ...toKey(each) }));
  const deleted = await sql.query<{ place: number }>(FIND_DELETED, JSON.stringify(keys));
  if (deleted.length === 0) return mentions;
  const places = new Set(deleted.map(({ place }) => place));
  return mentions.filter((_, place) => !places.has(place));
}

/** Each author once, as the first of their mentions names them. */
function authorsOf(mentions: readonly StorableMention[]): object[] {
  const authors = new Map<string, object>();
  for (const { mention, authorKey: key } of mentions) {
    const { platform, author } = mention;
    if (!authors.has(`${platform}\n${key}`)) authors.set(`${platform}\n${key}`, { platform, key, ...author });
  }
  return [...authors.values()];
}

function toKey({ mention }: StorableMention): { platform: string; external_id: string } {
  return { platform: mention.platform, external_id: mention.externalId };
}

function toRow({ mention, ...settled }: StorableMention): object {
  return {
    platform: mention.platform,
    external_id: mention.externalId,
    kind: mention.kind,
    author_key: settled.authorKey,
    thread: mention.thread,
    url: mention.url,
    reach: mention.reach,
    occurred_at: mention.occurredAt,
    counted_at: settled.countedAt,
    is_history: settled.isHistory,
    is_ours: settled.isOurs,
    machine_mail: mention.machineMail,
    unreadable: mention.unreadable,
    text: mention.text,
    lang: mention.lang,
  };
}

/** What an earlier batch of the same source left behind, when its process was killed. */
async function countWaitingOfSource(sql: Sql, batchId: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM waiting_mention w JOIN hearing h USING (mention_id) JOIN ingest_batch b USING (source_id)
      WHERE b.id = $1::bigint AND w.stage IN ('analyse', 'route')`,
    batchId,
  );
  return row?.count ?? 0;
}

async function readBatch(sql: Sql, batchId: string): Promise<BatchProgress> {
  const [counts] = await sql.query<IngestCounts>(
    'SELECT rows, inserted, duplicate, rejected FROM ingest_batch WHERE id = $1::bigint',
    batchId,
  );
  const found = await sql.query<{ outcome: Outcome | null; count: number }>(
    'SELECT outcome, count(*)::int AS count FROM mention WHERE batch_id = $1::bigint GROUP BY outcome',
    batchId,
  );
  const countOf = (outcome: Outcome | null): number =>
    found.find((row) => row.outcome === outcome)?.count ?? 0;
  return {
    ...(counts ?? { rows: 0, inserted: 0, duplicate: 0, rejected: 0 }),
    pending: countOf(null) || (await countWaitingOfSource(sql, batchId)),
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, countOf(outcome)])) as Record<
      Outcome,
      number
    >,
  };
}

// What a person released is read like any other, whatever its headers say.
const CLAIM_TO_ANALYSE = `WITH next AS MATERIALIZED (
    SELECT mention_id FROM waiting_mention WHERE stage = 'analyse' ORDER BY mention_id LIMIT $1::int FOR UPDATE SKIP LOCKED)
  SELECT m.id::text, r.id::text AS "revisionId", r.text, m.kind, r.lang_hint AS "langHint", m.is_ours AS "isOurs",
         CASE WHEN m.released_at IS NULL THEN m.machine_mail END AS "machineMail", m.unreadable
  FROM next JOIN mention m ON m.id = next.mention_id
  JOIN LATERAL (SELECT id, text, lang_hint FROM revision WHERE mention_id = m.id ORDER BY number DESC LIMIT 1) r ON true`;
