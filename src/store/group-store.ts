import type { GroupLook, GroupOutcome, LookedOpinion, RoutingStore } from '../domain/ports/routing-store.ts';
import type { PlacedLabels } from '../domain/routing.ts';
import { EFFECTIVE_STATUS } from './case-sql.ts';
import type { Database, Sql } from './database.ts';
import { insertDeliveries } from './delivery-store.ts';
import { readFiring } from './firing-opinions.ts';
import { LABEL_JOINS, LABELS } from './label-sql.ts';
import { AUTHOR } from './shown-mentions.ts';
import { readSilences } from './silence-store.ts';

/** The turns of groups: what is due is looked at, decided on outside, and written down. */
export function createGroups(
  database: Database,
  configVersionId: () => number,
): Pick<RoutingStore, 'flushGroups'> {
  return {
    flushGroups: (limit, turn) =>
      database.transaction(async (sql) => {
        const looks = await readLooks(sql, limit);
        if (looks.length === 0) return { groups: 0, sent: 0, nextDueAt: null };
        const outcomes = await turn(looks, {
          silences: () => readSilences(sql, 'active'),
          firing: (rule, shared) => readFiring(sql, rule, shared),
        });
        for (const outcome of outcomes) await write(sql, outcome, configVersionId());
        const dues = outcomes.flatMap(({ turn: { dueAt } }) => dueAt ?? []);
        return {
          groups: looks.length,
          sent: outcomes.filter(({ sent }) => sent !== null).length,
          nextDueAt: dues.reduce<Date | null>(
            (least, at) => (least === null || at < least ? at : least),
            null,
          ),
        };
      }),
  };
}

const CLAIM = `SELECT g.id::text, g.receiver, g.department, g.labels, g.times, now()::timestamptz(3) AS now, g.last_notified_at AS "lastNotifiedAt", g.listed_at AS "listedAt",
         g.is_live AS "isLive", g.waiting_since AS "waitingSince", g.group_wait_ms::float8 AS "groupWaitMs", g.group_interval_ms::float8 AS "groupIntervalMs",
         g.repeat_interval_ms::float8 AS "repeatIntervalMs", told.sequence, told.beginnings
    FROM routing_group g
    CROSS JOIN LATERAL (SELECT count(*)::int AS sequence, (count(*) FILTER (WHERE n.reason = 'first'))::int AS beginnings FROM notification n WHERE n.group_id = g.id) told
   WHERE g.due_at <= now() ORDER BY g.due_at, g.id LIMIT $1::int FOR UPDATE OF g SKIP LOCKED`;

const READ_TOLD = `SELECT gc.group_id::text AS "groupId", c.id::text AS "caseId", ${EFFECTIVE_STATUS} AS status, c.snoozed_until AS "snoozedUntil"
    FROM jsonb_array_elements_text($1::jsonb) AS looked(id) JOIN group_case gc ON gc.group_id = looked.id::bigint AND gc.resolved_at IS NULL JOIN cases c ON c.id = gc.case_id
   ORDER BY c.id`;

/** An opinion's case in its department: the open one, where it has been in several. */
const CASE_OF = `LEFT JOIN LATERAL (SELECT c.* FROM case_member cm JOIN cases c ON c.id = cm.case_id
    WHERE cm.opinion_id = o.id AND cm.removed_at IS NULL AND c.department_id = rm.department_id AND (picked.case_id IS NULL OR c.id = picked.case_id)
    ORDER BY c.closed_at IS NULL DESC, c.id DESC LIMIT 1) c ON true`;

const OPINIONS = `SELECT rm.group_id::text AS "groupId", o.id::text AS "opinionId", c.id::text AS "caseId", coalesce(${EFFECTIVE_STATUS}, 'open') AS status,
         c.snoozed_until AS "snoozedUntil", ${LABELS} AS labels, o.mention_id::text AS "mentionId", o.aspect AS "modelAspect", o.polarity AS "modelPolarity", o.intent, a.urgency,
         CASE WHEN r.erased_at IS NULL THEN left(r.text, o.span_end) END AS text, o.span_start AS "spanStart", o.span_end AS "spanEnd", w.id::text AS "authorId", ${AUTHOR} AS author,
         acc.name AS account, acc.tier, m.platform, m.url, m.occurred_at AS "occurredAt"
    FROM picked JOIN opinion o ON o.id = picked.opinion_id JOIN route_match rm ON rm.opinion_id = o.id AND rm.group_id = picked.group_id
    JOIN department d ON d.id = rm.department_id JOIN analysis a ON a.id = o.analysis_id ${LABEL_JOINS} JOIN author w ON w.id = m.author_id ${CASE_OF}
   ORDER BY o.id`;

const READ_WAITING = `WITH picked AS (
    SELECT rm.group_id, rm.opinion_id, NULL::bigint AS case_id FROM jsonb_array_elements_text($1::jsonb) AS looked(id) JOIN route_match rm ON rm.group_id = looked.id::bigint AND rm.is_waiting)
  ${OPINIONS}`;

/** Enough of a case to quote it and to see whether all of it is muted. */
const OPINIONS_A_CASE = 10;

const READ_TOLD_OPINIONS = `WITH picked AS (
    SELECT told.group_id, few.opinion_id, told.case_id FROM jsonb_to_recordset($1::jsonb) AS told(group_id bigint, case_id bigint) CROSS JOIN LATERAL (
      SELECT rm.opinion_id FROM case_member cm JOIN route_match rm ON rm.opinion_id = cm.opinion_id AND rm.group_id = told.group_id AND rm.notification_id IS NOT NULL
       WHERE cm.case_id = told.case_id AND cm.removed_at IS NULL ORDER BY rm.opinion_id DESC LIMIT ${OPINIONS_A_CASE}) few)
  ${OPINIONS}`;

/** Of a group with more open cases than this, the newest are named; all are counted. */
const CASES_NAMED = 200;

type OfGroup<Row> = Row & { readonly groupId: string };
type ToldRow = OfGroup<GroupLook['told'][number]>;
type GroupRow = Omit<GroupLook, 'waiting' | 'told' | 'toldOpinions'>;

interface OpinionRow extends Omit<LookedOpinion, 'labels' | 'quote' | 'isTakenBack' | 'aspect' | 'polarity'> {
  readonly groupId: string;
  /** Polarity null: a person said that there is no opinion here. */
  readonly labels: Omit<PlacedLabels, 'polarity'> & { readonly polarity: string | null };
  readonly modelAspect: string;
  readonly modelPolarity: string;
  /** The text up to the end of the opinion; null when erased. */
  readonly text: string | null;
  readonly spanStart: number;
  readonly spanEnd: number;
}

async function readLooks(sql: Sql, limit: number): Promise<GroupLook[]> {
  const groups = await sql.query<GroupRow>(CLAIM, limit);
  if (groups.length === 0) return [];
  const ids = JSON.stringify(groups.map(({ id }) => id));
  const told = byGroup(await sql.query<ToldRow>(READ_TOLD, ids));
  const waiting = byGroup(await sql.query<OpinionRow>(READ_WAITING, ids));
  const named = groups.flatMap((group) =>
    casesToName(group, told.get(group.id) ?? []).map((caseId) => ({ group_id: group.id, case_id: caseId })),
  );
  const opinions =
    named.length === 0 ? [] : await sql.query<OpinionRow>(READ_TOLD_OPINIONS, JSON.stringify(named));
  const toldOpinions = byGroup(opinions);
  return groups.map((group) => ({
    ...group,
    told: told.get(group.id) ?? [],
    waiting: (waiting.get(group.id) ?? []).map(toLooked),
    toldOpinions: (toldOpinions.get(group.id) ?? []).map(toLooked),
  }));
}

/** What has ended always; what is open only where a repeat may be due. */
function casesToName({ now, listedAt, repeatIntervalMs }: GroupRow, told: readonly ToldRow[]): string[] {
  const isRepeatDue = listedAt !== null && listedAt.getTime() + repeatIntervalMs <= now.getTime();
  return told
    .filter(({ status }) => isRepeatDue || status === 'resolved' || status === 'declined')
    .slice(-CASES_NAMED)
    .map(({ caseId }) => caseId);
}

function byGroup<Row extends { readonly groupId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.groupId, [...(groups.get(row.groupId) ?? []), row]);
  return groups;
}

function toLooked({
  modelAspect,
  modelPolarity,
  text,
  spanStart,
  spanEnd,
  labels,
  ...row
}: OpinionRow): LookedOpinion {
  const quote = text?.slice(spanStart, spanEnd) ?? '';
  return {
    ...row,
    aspect: labels.aspect ?? modelAspect,
    polarity: labels.polarity ?? modelPolarity,
    quote,
    labels: { ...labels, polarity: labels.polarity ?? '', text: quote },
    isTakenBack: labels.polarity === null,
  };
}

const NOTIFY = `WITH made AS (INSERT INTO notification (group_id, reason, config_version_id) VALUES ($1::bigint, $2, $3::int) RETURNING id),
    taken AS (UPDATE route_match rm SET is_waiting = false, mute = NULL, notification_id = made.id FROM made, jsonb_array_elements_text($4::jsonb) AS o(id)
               WHERE rm.group_id = $1::bigint AND rm.opinion_id = o.id::bigint),
    told AS (INSERT INTO group_case (group_id, case_id, notified_at) SELECT $1::bigint, id::bigint, $6::timestamptz FROM jsonb_array_elements_text($5::jsonb) AS c(id)
             ON CONFLICT (group_id, case_id) DO UPDATE SET notified_at = excluded.notified_at, resolved_at = NULL),
    ended AS (UPDATE group_case gc SET resolved_at = $6::timestamptz FROM jsonb_array_elements_text($7::jsonb) AS c(id) WHERE gc.group_id = $1::bigint AND gc.case_id = c.id::bigint)
  SELECT id::text FROM made`;

const SETTLE = `WITH dropped AS (UPDATE route_match rm SET is_waiting = false, mute = NULL FROM jsonb_array_elements_text($2::jsonb) AS o(id) WHERE rm.group_id = $1::bigint AND rm.opinion_id = o.id::bigint),
    muted AS (UPDATE route_match rm SET mute = m.mute FROM jsonb_to_recordset($3::jsonb) AS m("opinionId" bigint, mute jsonb)
               WHERE rm.group_id = $1::bigint AND rm.opinion_id = m."opinionId" AND rm.mute IS DISTINCT FROM m.mute)
  UPDATE routing_group SET due_at = $4::timestamptz, is_live = $5::bool, last_notified_at = coalesce($6::timestamptz, last_notified_at), listed_at = coalesce($7::timestamptz, listed_at),
         waiting_since = CASE WHEN $8::bool THEN waiting_since END WHERE id = $1::bigint`;

async function write(sql: Sql, { group, turn, sent }: GroupOutcome, configVersionId: number): Promise<void> {
  const now = group.now.toISOString();
  const notified = new Set(turn.notified);
  if (sent !== null) {
    const cases = group.waiting.flatMap(({ opinionId, caseId }) =>
      notified.has(opinionId) && caseId !== null ? [caseId] : [],
    );
    const [notification] = await sql.query<{ id: string }>(
      NOTIFY,
      group.id,
      turn.reason,
      configVersionId,
      JSON.stringify(turn.notified),
      JSON.stringify([...new Set(cases)]),
      now,
      JSON.stringify(turn.resolved),
    );
    await insertDeliveries(sql, sent.message, sent.destinations, {
      notificationId: notification?.id ?? null,
    });
  }
  const isStillWaiting = group.waiting.length > turn.notified.length + turn.dropped.length;
  const hasListed = turn.reason === 'first' || turn.reason === 'repeat';
  await sql.execute(
    SETTLE,
    group.id,
    JSON.stringify(turn.dropped),
    JSON.stringify(turn.muted),
    turn.dueAt?.toISOString() ?? null,
    turn.isLive,
    turn.reason === null ? null : now,
    hasListed ? now : null,
    isStillWaiting,
  );
}
