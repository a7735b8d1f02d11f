import type { ShownMention, ThreadMessage } from '../domain/ports/mention-read-model.ts';
import type { Sql } from './database.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';

/** How a person is called, of an author `w`. */
export const AUTHOR = `coalesce(w.name, '@' || w.handle, w.email, 'unknown')`;

/** An account `acc` as it is shown, null when there is none. */
export const ACCOUNT = `CASE WHEN acc.id IS NOT NULL THEN jsonb_build_object('id', acc.id::text, 'name', acc.name, 'tier', acc.tier, 'owner', acc.owner, 'revenue', acc.revenue) END`;

/** The account of an author as it is linked now, as `l` and `acc`. */
export const linkedTo = (author: string): string =>
  `LEFT JOIN account_link l ON l.author_id = ${author} AND l.unlinked_xid IS NULL LEFT JOIN account acc ON acc.id = l.account_id`;

/** An instant inside JSON, in our one spelling. */
const isoOf = (instant: string): string =>
  `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ROUTES = `coalesce((SELECT jsonb_agg(jsonb_build_object('department', d.name, 'receiver', g.receiver, 'why', rm.why) ORDER BY rm.route_path)
  FROM route_match rm JOIN department d ON d.id = rm.department_id JOIN routing_group g ON g.id = rm.group_id WHERE rm.opinion_id = o.id), '[]')`;

const CORRECTED = `CASE WHEN fix.id IS NOT NULL THEN jsonb_build_object('by', fix.author, 'at', ${isoOf('fix.created_at')}, 'aspect', o.aspect, 'polarity', o.polarity) END`;

const OPINIONS = `coalesce((SELECT jsonb_agg(jsonb_build_object('opinionId', o.id::text, 'aspect', ${SAID_ASPECT}, 'polarity', ${SAID_POLARITY}, 'intent', o.intent,
    'confidence', o.confidence, 'start', o.span_start, 'end', o.span_end, 'why', o.why, 'routes', ${ROUTES}, 'corrected', ${CORRECTED}) ORDER BY o.span_start, o.number)
  FROM opinion o ${fixOf('a.revision_id')} WHERE o.analysis_id = a.id), '[]')`;

const READ = `SELECT m.id::text AS "mentionId", CASE WHEN r.erased_at IS NULL THEN r.text END AS text, m.platform, m.kind,
         CASE WHEN m.url ~* '^https?://' THEN m.url END AS url, m.occurred_at AS "occurredAt", ${AUTHOR} AS author, ${ACCOUNT} AS account,
         ARRAY(SELECT s.name FROM hearing h JOIN source s ON s.id = h.source_id WHERE h.mention_id = m.id ORDER BY 1) AS sources, ${OPINIONS} AS opinions
    FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS wanted(id, place) JOIN mention m ON m.id = wanted.id::bigint
    JOIN author w ON w.id = m.author_id ${linkedTo('w.id')} LEFT JOIN analysis a ON a.id = m.analysis_id
    JOIN LATERAL (SELECT * FROM revision WHERE mention_id = m.id ORDER BY id = a.revision_id DESC NULLS LAST, number DESC LIMIT 1) r ON true
   ORDER BY wanted.place`;

/** Mentions in the order of the ids; one that is not there is left out. */
export async function readShown(sql: Sql, ids: readonly string[]): Promise<readonly ShownMention[]> {
  if (ids.length === 0) return [];
  return sql.query<ShownMention>(READ, JSON.stringify(ids));
}

const READ_THREAD = `SELECT DISTINCT ON (other.occurred_at, other.id) other.id::text AS "mentionId", CASE WHEN r.erased_at IS NULL THEN left(r.text, 140) END AS text,
         other.occurred_at AS "occurredAt", other.is_ours AS "isOurs", ${AUTHOR} AS author
    FROM jsonb_array_elements_text($1::jsonb) AS wanted(id) JOIN mention m ON m.id = wanted.id::bigint
    JOIN mention other ON other.platform = m.platform AND other.thread = m.thread JOIN author w ON w.id = other.author_id
    JOIN LATERAL (SELECT text, erased_at FROM revision WHERE mention_id = other.id ORDER BY number DESC LIMIT 1) r ON true
   WHERE NOT jsonb_exists($1::jsonb, other.id::text) ORDER BY other.occurred_at, other.id LIMIT 50`;

/** The other messages of the mentions' conversations, oldest first, at most 50. */
export async function readThread(sql: Sql, mentionIds: readonly string[]): Promise<readonly ThreadMessage[]> {
  return sql.query<ThreadMessage>(READ_THREAD, JSON.stringify(mentionIds));
}
