import type { OpinionToRoute, PlacedOpinion, RoutingStore } from '../domain/ports/routing-store.ts';
import type { OpinionLabels } from '../domain/routing.ts';
import { failpoint } from '../lib/failpoint.ts';
import type { Database, Sql } from './database.ts';
import { createGroups } from './group-store.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';

export function createRoutingStore(database: Database, configVersionId: () => number): RoutingStore {
  return {
    routeBatch: (limit, place) =>
      database.transaction(async (sql) => {
        const mentions = await sql.query<{ id: string }>(CLAIM_TO_ROUTE, limit);
        if (mentions.length === 0) return { mentions: 0, firstDueAt: null };
        const ids = JSON.stringify(mentions.map(({ id }) => id));
        await sql.execute(AS_WRITTEN);
        const opinions = (await sql.query<OpinionRow>(READ_OPINIONS, ids)).map(toOpinion);
        failpoint('route.claimed');
        const firstDueAt = await storePlaces(sql, place(opinions), configVersionId());
        await sql.execute(
          `WITH routed AS (UPDATE mention SET outcome = 'routed' FROM jsonb_array_elements_text($1::jsonb) AS c(id) WHERE mention.id = c.id::bigint RETURNING mention.id)
           INSERT INTO waiting_mention (stage, mention_id) SELECT 'theme', id FROM routed ON CONFLICT DO NOTHING`,
          ids,
        );
        return { mentions: mentions.length, firstDueAt };
      }),
    ...createGroups(database, configVersionId),
  };
}

// Materialized: a plan that looks at a claim more than once would claim others each time, and more than the limit.
const CLAIM_TO_ROUTE = `WITH next AS MATERIALIZED (
    SELECT mention_id FROM waiting_mention WHERE stage = 'route' ORDER BY mention_id LIMIT $1::int FOR UPDATE SKIP LOCKED)
  DELETE FROM waiting_mention w USING next WHERE w.stage = 'route' AND w.mention_id = next.mention_id RETURNING w.mention_id::text AS id`;

// The statements below name their tables in the order they are best read in; looking for a better one takes longer than reading.
const AS_WRITTEN = 'SET LOCAL join_collapse_limit = 1';

// What a person said of the words counts for sure; what they said is no opinion goes nowhere. Who is read again is no news.
const READ_OPINIONS = `SELECT o.id::text, o.mention_id::text AS "mentionId", CASE WHEN fix.id IS NULL THEN o.confidence ELSE 1 END AS confidence,
         ${SAID_ASPECT} AS aspect, ${SAID_POLARITY} AS polarity, o.intent, a.lang, a.urgency, m.platform, m.thread,
         m.is_history OR EXISTS (SELECT FROM analysis earlier WHERE earlier.mention_id = m.id AND earlier.id < a.id) AS "isHistory", m.counted_at AS "countedAt", r.text, o.span_start AS "spanStart", o.span_end AS "spanEnd",
         coalesce(acc.name, '') AS account, coalesce(acc.tier, '') AS tier, s.name AS source
    FROM jsonb_array_elements_text($1::jsonb) AS c(id)
    JOIN mention m ON m.id = c.id::bigint
    JOIN analysis a ON a.id = m.analysis_id
    JOIN revision r ON r.id = a.revision_id
    JOIN opinion o ON o.analysis_id = a.id
    JOIN ingest_batch b ON b.id = m.batch_id
    JOIN source s ON s.id = b.source_id
    LEFT JOIN account_link l ON l.author_id = m.author_id AND l.unlinked_xid IS NULL
    LEFT JOIN account acc ON acc.id = l.account_id ${fixOf('r.id')}
   WHERE ${SAID_POLARITY} IS NOT NULL
   ORDER BY o.id`;

interface OpinionRow extends Omit<OpinionLabels, 'urgency' | 'text'>, Omit<OpinionToRoute, 'labels'> {
  readonly urgency: 0 | 1 | 2 | 3;
  readonly spanStart: number;
  readonly spanEnd: number;
}

function toOpinion(row: OpinionRow): OpinionToRoute {
  const { aspect, polarity, intent, source, platform, lang, account, tier } = row;
  const text = row.text.slice(row.spanStart, row.spanEnd);
  return {
    ...row,
    labels: {
      aspect,
      polarity,
      intent,
      source,
      platform,
      lang,
      account,
      tier,
      urgency: `${row.urgency}`,
      text,
    },
  };
}

/**
 * Groups, cases, members and matches of a batch in one statement, so that its rows are read from JSON once.
 * A group is due once its first waiting member has waited group_wait, and while it is live on the next beat of group_interval; this only
 * says when it is looked at, `decideTurn` decides whether it notifies then.
 * Keys are inserted in order, so that two workers wait for each other and never deadlock.
 */
const STORE_PLACES = `WITH
  place AS MATERIALIZED (
    SELECT d.id AS department_id, p.* FROM json_to_recordset($1::json) AS p("opinionId" bigint, "routePath" text, department text, receiver text, why jsonb,
           "isWaiting" bool, "caseKey" text, "caseReason" text, "caseDueAt" timestamptz, urgency int, "groupKey" text, "groupLabels" jsonb, times jsonb, "groupWaitMs" bigint, "groupIntervalMs" bigint, "repeatIntervalMs" bigint)
      JOIN department d ON d.name = p.department),
  grouped AS (
    INSERT INTO routing_group AS g (group_key, route_path, receiver, department, labels, times, group_wait_ms, group_interval_ms, repeat_interval_ms, due_at, waiting_since)
    SELECT DISTINCT ON ("groupKey") "groupKey", "routePath", receiver, department, "groupLabels", times, "groupWaitMs", "groupIntervalMs", "repeatIntervalMs",
           CASE WHEN bool_or("isWaiting") OVER (PARTITION BY "groupKey") THEN now() + "groupWaitMs" * interval '1 ms' END,
           CASE WHEN bool_or("isWaiting") OVER (PARTITION BY "groupKey") THEN now() END
      FROM place ORDER BY "groupKey"
    ON CONFLICT (group_key) DO UPDATE SET
      receiver = excluded.receiver, times = excluded.times, group_wait_ms = excluded.group_wait_ms, group_interval_ms = excluded.group_interval_ms,
      repeat_interval_ms = excluded.repeat_interval_ms, waiting_since = coalesce(g.waiting_since, excluded.waiting_since),
      due_at = CASE WHEN excluded.due_at IS NULL THEN g.due_at ELSE least(g.due_at, CASE WHEN g.is_live
        THEN g.last_notified_at + ceil(greatest(extract(epoch FROM now() - g.last_notified_at) * 1000 / excluded.group_interval_ms, 1)) * excluded.group_interval_ms * interval '1 ms'
        ELSE greatest(excluded.due_at, g.last_notified_at + excluded.group_interval_ms * interval '1 ms') END) END
    RETURNING id, group_key, due_at),
  opened AS (
    INSERT INTO cases (department_id, case_key, due_at, urgency, opinions)
    SELECT department_id, "caseKey", min("caseDueAt"), max(urgency), count(DISTINCT "opinionId") FROM place GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (department_id, case_key) WHERE closed_at IS NULL DO UPDATE SET updated_at = now(), due_at = least(cases.due_at, excluded.due_at),
      urgency = greatest(cases.urgency, excluded.urgency), opinions = cases.opinions + excluded.opinions
    RETURNING id, department_id, case_key),
  joined AS (
    INSERT INTO case_member (case_id, opinion_id, reason)
    SELECT DISTINCT ON (o.id, p."opinionId") o.id, p."opinionId", p."caseReason" FROM place p JOIN opened o ON o.department_id = p.department_id AND o.case_key = p."caseKey"
    ON CONFLICT DO NOTHING),
  matched AS (
    INSERT INTO route_match (opinion_id, route_path, department_id, group_id, config_version_id, why, is_waiting)
    SELECT p."opinionId", p."routePath", p.department_id, g.id, $2::int, p.why, p."isWaiting" FROM place p JOIN grouped g ON g.group_key = p."groupKey"
    ON CONFLICT DO NOTHING)
  SELECT min(due_at) AS "dueAt" FROM grouped`;

async function storePlaces(
  sql: Sql,
  places: readonly PlacedOpinion[],
  configVersionId: number,
): Promise<Date | null> {
  const [row] = await sql.query<{ dueAt: Date | null }>(
    STORE_PLACES,
    JSON.stringify(places),
    configVersionId,
  );
  return row?.dueAt ?? null;
}
