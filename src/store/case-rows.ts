import { type Caller, visibleDepartments } from '../domain/access.ts';
import type { CaseRow } from '../domain/ports/case-read-model.ts';
import { EFFECTIVE_STATUS, isVisible } from './case-sql.ts';
import type { Sql } from './database.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';
import { ACCOUNT } from './shown-mentions.ts';

// $1 ids, $2 the departments that may be seen, $3 who asks. `said` holds one row for each opinion of a case; the rest adds up.
const READ = `WITH
  wanted AS MATERIALIZED (
    SELECT c.*, d.name AS department, list.place, ${EFFECTIVE_STATUS} AS effective FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS list(id, place)
      JOIN cases c ON c.id = list.id::bigint JOIN department d ON d.id = c.department_id WHERE ${isVisible('$2')}),
  said AS MATERIALIZED (
    SELECT cm.case_id, cm.added_at, o.id, o.mention_id, o.confidence, o.span_start, o.span_end, a.urgency, a.revision_id, m.author_id, m.platform, m.heard_at, l.account_id,
           ${SAID_ASPECT} AS aspect, ${SAID_POLARITY} AS polarity, o.polarity AS model_polarity, o.aspect AS model_aspect
      FROM wanted w JOIN case_member cm ON cm.case_id = w.id AND cm.removed_at IS NULL JOIN opinion o ON o.id = cm.opinion_id JOIN analysis a ON a.id = o.analysis_id
      JOIN mention m ON m.id = o.mention_id LEFT JOIN account_link l ON l.author_id = m.author_id AND l.unlinked_xid IS NULL ${fixOf('a.revision_id')}),
  total AS (
    SELECT case_id, count(DISTINCT mention_id)::int AS messages, count(DISTINCT author_id)::int AS people, count(DISTINCT account_id)::int AS accounts,
           max(urgency) AS urgency, max(heard_at) AS heard, max(added_at) AS added, array_agg(DISTINCT platform) AS platforms FROM said GROUP BY 1),
  chip AS (
    SELECT case_id, jsonb_agg(jsonb_build_object('aspect', aspect, 'polarity', polarity, 'opinions', n) ORDER BY n DESC, aspect, polarity) AS chips
      FROM (SELECT case_id, aspect, polarity, count(*)::int AS n FROM said WHERE polarity IS NOT NULL GROUP BY 1, 2, 3) counted GROUP BY 1),
  top AS (
    SELECT DISTINCT ON (s.case_id) s.case_id, ${ACCOUNT} AS account FROM said s JOIN account acc ON acc.id = s.account_id ORDER BY s.case_id, acc.revenue DESC NULLS LAST, acc.id),
  best AS (
    SELECT DISTINCT ON (case_id) * FROM said ORDER BY case_id, polarity IS NULL, urgency DESC, polarity = 'negative' DESC, confidence DESC, id DESC)
  SELECT w.id::text, w.version, w.department, w.effective AS status, coalesce(chips, '[]') AS chips,
         jsonb_build_object('messages', coalesce(t.messages, 0), 'people', coalesce(t.people, 0), 'accounts', coalesce(t.accounts, 0)) AS tally,
         top.account AS "topAccount", coalesce(t.platforms, '{}') AS platforms, coalesce(t.urgency, 0) AS urgency, w.opened_at AS "openedAt",
         coalesce(t.heard, w.opened_at) AS "lastHeardAt", w.due_at AS "dueAt", CASE WHEN w.effective = 'snoozed' THEN w.snoozed_until END AS "snoozedUntil",
         CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id::text, 'name', p.name) END AS assignee, w.outcome AS resolution,
         w.closed_at IS NULL AND $3::int IS NOT NULL AND coalesce(t.added > seen.seen_at, true) AS "isUnread",
         b.mention_id::text AS "quotedId", coalesce(b.aspect, b.model_aspect) AS "quotedAspect", coalesce(b.polarity, b.model_polarity) AS "quotedPolarity",
         CASE WHEN r.erased_at IS NULL THEN left(r.text, b.span_end) END AS "quotedText", b.span_start AS "spanStart", b.span_end AS "spanEnd"
    FROM wanted w LEFT JOIN total t ON t.case_id = w.id LEFT JOIN chip ON chip.case_id = w.id LEFT JOIN top ON top.case_id = w.id LEFT JOIN best b ON b.case_id = w.id
    LEFT JOIN revision r ON r.id = b.revision_id LEFT JOIN person p ON p.id = w.assignee_id LEFT JOIN case_seen seen ON seen.case_id = w.id AND seen.person_id = $3::int
   ORDER BY w.place`;

type QuotedRow = Omit<CaseRow, 'quote'> & {
  readonly quotedId: string | null;
  readonly quotedAspect: string;
  readonly quotedPolarity: 'negative' | 'neutral' | 'positive';
  /** The text up to the end of the quoted words. */
  readonly quotedText: string | null;
  readonly spanStart: number;
  readonly spanEnd: number;
};

/** The cases with these ids that the caller may see, in that order. */
export async function readCaseRows(
  sql: Sql,
  ids: readonly string[],
  caller: Caller,
): Promise<readonly CaseRow[]> {
  if (ids.length === 0) return [];
  const rows = await sql.query<QuotedRow>(
    READ,
    JSON.stringify(ids),
    JSON.stringify(visibleDepartments(caller)),
    caller === 'key' ? null : Number(caller.id),
  );
  return rows.map(({ quotedId, quotedAspect, quotedPolarity, quotedText, spanStart, spanEnd, ...row }) => ({
    ...row,
    quote:
      quotedId === null
        ? null
        : {
            mentionId: quotedId,
            text: quotedText?.slice(spanStart, spanEnd) ?? null,
            aspect: quotedAspect,
            polarity: quotedPolarity,
          },
  }));
}
