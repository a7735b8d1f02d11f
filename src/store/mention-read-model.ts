import type { MentionPage } from '../domain/ports/mention-page.ts';
import type { Sql } from './database.ts';

const READ = `SELECT m.id::text AS "mentionId", CASE WHEN r.erased_at IS NULL THEN r.text END AS text, m.platform, m.kind, m.url, m.occurred_at AS "occurredAt",
         m.outcome, m.outcome_reason AS "outcomeReason", a.lang, a.urgency,
         coalesce(w.name, '@' || w.handle, w.email, 'unknown') AS author, acc.name AS account, acc.tier, l.rule AS "linkRule",
         ARRAY(SELECT s.name FROM hearing h JOIN source s ON s.id = h.source_id WHERE h.mention_id = m.id ORDER BY 1) AS sources
    FROM mention m JOIN author w ON w.id = m.author_id
    LEFT JOIN analysis a ON a.id = m.analysis_id
    JOIN LATERAL (SELECT * FROM revision WHERE mention_id = m.id ORDER BY id = a.revision_id DESC, number DESC LIMIT 1) r ON true
    LEFT JOIN account_link l ON l.author_id = w.id AND l.unlinked_xid IS NULL LEFT JOIN account acc ON acc.id = l.account_id
   WHERE m.id = $1::bigint`;

const READ_OPINIONS = `SELECT o.aspect, o.polarity, o.intent, o.confidence, o.span_start AS start, o.span_end AS "end", o.why,
         coalesce((SELECT jsonb_agg(jsonb_build_object('department', d.name, 'receiver', g.receiver, 'why', rm.why) ORDER BY rm.route_path)
                     FROM route_match rm JOIN department d ON d.id = rm.department_id JOIN routing_group g ON g.id = rm.group_id WHERE rm.opinion_id = o.id), '[]') AS routes
    FROM mention m JOIN opinion o ON o.analysis_id = m.analysis_id WHERE m.id = $1::bigint ORDER BY o.span_start, o.number`;

const READ_THREAD = `SELECT other.id::text AS "mentionId", left(r.text, 140) AS text, other.occurred_at AS "occurredAt", other.is_ours AS "isOurs",
         coalesce(w.name, '@' || w.handle, w.email, 'unknown') AS author
    FROM mention m JOIN mention other ON other.platform = m.platform AND other.thread = m.thread AND other.id <> m.id
    JOIN author w ON w.id = other.author_id
    JOIN LATERAL (SELECT text FROM revision WHERE mention_id = other.id ORDER BY number DESC LIMIT 1) r ON true
   WHERE m.id = $1::bigint ORDER BY other.occurred_at LIMIT 50`;

/** Everything one mention's page shows; null when there is no such mention. */
export async function readMention(sql: Sql, id: string): Promise<MentionPage | null> {
  const [head] = await sql.query<Omit<MentionPage, 'opinions' | 'thread'>>(READ, id);
  if (!head) return null;
  const opinions = await sql.query<MentionPage['opinions'][number]>(READ_OPINIONS, id);
  const thread = await sql.query<MentionPage['thread'][number]>(READ_THREAD, id);
  return { ...head, opinions, thread };
}
