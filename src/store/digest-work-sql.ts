import { EFFECTIVE_STATUS } from './case-sql.ts';

// What departments are doing, as it stands now: cases change, so a digest keeps what these give.

const LINK = 'LEFT JOIN account_link l ON l.author_id = m.author_id AND l.unlinked_xid IS NULL';

/** The latest case of each theme, one that goes on before one that is closed. $1 theme ids. */
export const READ_STANDINGS = `SELECT DISTINCT ON (c.theme_id) c.theme_id::text AS "themeId", c.id::text AS "caseId", d.name AS department, ${EFFECTIVE_STATUS} AS status,
         coalesce(p.name, '') AS owner, c.outcome AS resolution
    FROM cases c JOIN department d ON d.id = c.department_id LEFT JOIN person p ON p.id = c.assignee_id
   WHERE c.theme_id IN (SELECT value::bigint FROM jsonb_array_elements_text($1::jsonb)) AND c.status <> 'declined'
   ORDER BY c.theme_id, c.closed_at IS NOT NULL, c.status = 'accepted' DESC, c.updated_at DESC, c.id DESC`;

/** A theme of two opinions names nothing that others would know it by. */
const THEME_NAME = `CASE WHEN (SELECT count(*) FROM (SELECT FROM opinion WHERE theme_id = t.id LIMIT 3) few) >= 3 THEN t.name ELSE '' END`;

/** The words that say best what a case is about. */
const BEST = `LEFT JOIN LATERAL (
    SELECT o.mention_id::text AS "mentionId", a.revision_id::text AS "revisionId", o.span_start AS "spanStart", o.span_end AS "spanEnd", o.aspect, o.polarity, o.intent, a.urgency,
           m.platform, l.account_id::text AS "accountId", acc.name AS "accountName"
      FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN analysis a ON a.id = o.analysis_id JOIN mention m ON m.id = o.mention_id ${LINK}
      LEFT JOIN account acc ON acc.id = l.account_id
     WHERE cm.case_id = c.id AND cm.removed_at IS NULL ORDER BY a.urgency DESC, o.polarity = 'negative' DESC, o.confidence DESC, o.id DESC LIMIT 1) best ON true`;

/** People who spoke badly of the same thing between two instants: of the theme, or without one in the cases of the same matter. */
function upset(from: string, to: string): string {
  return `(SELECT count(DISTINCT m.author_id)::int FROM mention m JOIN opinion o ON o.mention_id = m.id AND o.analysis_id = m.analysis_id AND o.polarity = 'negative'
     WHERE m.counted_at >= ${from} AND m.counted_at < ${to} AND m.outcome = 'routed'
       AND (o.theme_id = c.theme_id OR (c.theme_id IS NULL AND EXISTS (
         SELECT FROM case_member cm JOIN cases s ON s.id = cm.case_id WHERE cm.opinion_id = o.id AND s.department_id = c.department_id AND s.case_key = c.case_key))))`;
}

/** $1 since when, $2 until when, $3 department or null, $4 time zone: cases resolved in that time, newest first, at most 5. */
export const READ_CLOSED = `SELECT c.id::text AS "caseId", d.name AS department, coalesce(p.name, doer.name, '') AS owner, c.outcome AS resolution, c.closed_at AS "closedAt", ${THEME_NAME} AS theme,
         days.n AS days, ${upset("c.closed_at - days.n * interval '1 day'", 'c.closed_at')} AS before, ${upset('c.closed_at', '$2::timestamptz')} AS after,
         to_jsonb(best) AS best
    FROM (SELECT * FROM cases WHERE status = 'resolved' AND closed_at >= $1::timestamptz AND closed_at < $2::timestamptz) c
    JOIN department d ON d.id = c.department_id LEFT JOIN person p ON p.id = c.assignee_id LEFT JOIN theme t ON t.id = c.theme_id
    LEFT JOIN LATERAL (SELECT coalesce(p.name, e.actor) AS name FROM case_event e LEFT JOIN person p ON p.id = e.person_id WHERE e.case_id = c.id AND e.action->>'kind' = 'resolve' ORDER BY e.id DESC LIMIT 1) doer ON true
    CROSS JOIN LATERAL (SELECT greatest(1, least(14, ceil(extract(epoch FROM $2::timestamptz - c.closed_at) / 86400)))::int AS n) days ${BEST}
   WHERE $3::text IS NULL OR d.name = $3 ORDER BY c.closed_at DESC, c.id DESC LIMIT 5`;

/**
 * $1 department or null, $2 now: what waits. A department sees its own, most urgent first; above the departments only what was passed
 * on twice, is overdue, or nobody has taken though five people spoke of it. Of equally urgent cases the people are counted in the two
 * hundred with most opinions.
 */
export const READ_OPEN = `WITH likely AS (
    SELECT * FROM (SELECT c.*, ${EFFECTIVE_STATUS} AS effective, c.due_at < $2::timestamptz IS TRUE AS is_overdue FROM cases c WHERE c.closed_at IS NULL) waiting
     WHERE effective IN ('open', 'accepted')
       AND CASE WHEN $1::text IS NULL THEN bounces >= 2 OR is_overdue OR (effective = 'open' AND assignee_id IS NULL AND opinions >= 5)
             ELSE effective = 'open' AND department_id = (SELECT id FROM department WHERE name = $1) END
     ORDER BY is_overdue DESC, urgency DESC, opinions DESC, opened_at, id LIMIT 200),
  sized AS (
    SELECT c.id, count(DISTINCT o.mention_id)::int AS messages, count(DISTINCT m.author_id)::int AS people, count(DISTINCT l.account_id)::int AS accounts
      FROM likely c JOIN case_member cm ON cm.case_id = c.id AND cm.removed_at IS NULL JOIN opinion o ON o.id = cm.opinion_id
      JOIN mention m ON m.id = o.mention_id ${LINK} GROUP BY c.id),
  chosen AS (
    SELECT c.*, s.messages, s.people, s.accounts FROM likely c JOIN sized s ON s.id = c.id
     WHERE $1::text IS NOT NULL OR c.bounces >= 2 OR c.is_overdue OR s.people >= 5
     ORDER BY c.is_overdue DESC, c.urgency DESC, s.people DESC, c.opened_at, c.id LIMIT 5)
  SELECT c.id::text AS "caseId", d.name AS department, c.effective AS status, coalesce(p.name, '') AS owner, c.outcome AS resolution, c.opened_at AS "openedAt", c.due_at AS "dueAt", c.bounces,
         c.messages, c.people, c.accounts, c.urgency, ${THEME_NAME} AS theme, to_jsonb(best) AS best
    FROM chosen c JOIN department d ON d.id = c.department_id LEFT JOIN person p ON p.id = c.assignee_id LEFT JOIN theme t ON t.id = c.theme_id ${BEST}
   ORDER BY c.is_overdue DESC, c.urgency DESC, c.people DESC, c.opened_at, c.id`;

/** $1 department or null, $2 now. */
export const COUNT_OPEN = `SELECT (count(*) FILTER (WHERE effective IN ('open', 'accepted')))::int AS "openCases",
         (count(*) FILTER (WHERE due_at < $2::timestamptz))::int AS overdue,
         (count(*) FILTER (WHERE due_at >= $2::timestamptz AND due_at < $2::timestamptz + interval '1 day'))::int AS "dueSoon"
    FROM (SELECT c.due_at, ${EFFECTIVE_STATUS} AS effective FROM cases c JOIN department d ON d.id = c.department_id
           WHERE c.closed_at IS NULL AND ($1::text IS NULL OR d.name = $1)) open`;

/** $1 since when, $2 until when, $3 department or null: how many cases went from one department to another and were not taken back. */
export const READ_MISROUTES = `SELECT d.name AS "from", e.action->>'department' AS "to", count(*)::int AS cases
    FROM case_event e JOIN cases c ON c.id = e.case_id JOIN department d ON d.id = c.department_id
   WHERE e.action->>'kind' = 'not-ours' AND e.at >= $1::timestamptz AND e.at < $2::timestamptz
     AND NOT EXISTS (SELECT FROM case_event u WHERE u.undoes = e.id) AND ($3::text IS NULL OR d.name = $3 OR e.action->>'department' = $3)
   GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`;

/** $1 digest, $2 local date: what the digest of that day told, when it has its run. */
export const READ_TOLD = `SELECT r.local_date::text AS date, jsonb_path_query_array(r.document, '$.tiles[*]') AS tiles FROM digest_run r JOIN digest d ON d.id = r.digest_id
   WHERE d.name = $1 AND r.local_date = $2::date`;
