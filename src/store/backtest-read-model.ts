import type { PastCase, PastComplaint } from '../domain/backtest.ts';
import type { BacktestReadModel, PastMention } from '../domain/ports/backtest-read-model.ts';
import type { Sql } from './database.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';

const OPINIONS = `coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id::text, 'aspect', ${SAID_ASPECT}, 'polarity', ${SAID_POLARITY}, 'intent', coalesce(o.intent, 'none'),
      'confidence', CASE WHEN fix.id IS NULL THEN o.confidence ELSE 1 END, 'start', o.span_start, 'end', o.span_end) ORDER BY o.id)
    FROM opinion o ${fixOf('r.id')} WHERE o.analysis_id = a.id AND ${SAID_POLARITY} IS NOT NULL), '[]')`;

const CLOSED_AT = `(SELECT CASE WHEN bool_and(c.closed_at IS NOT NULL) THEN max(c.closed_at) END FROM opinion o JOIN case_member cm ON cm.opinion_id = o.id AND cm.removed_at IS NULL
    JOIN cases c ON c.id = cm.case_id WHERE o.analysis_id = a.id)`;

const READ = `SELECT m.id::text, r.text, m.kind, r.lang_hint AS "langHint", m.thread, m.heard_at AS "heardAt", m.is_history AS "isHistory",
         jsonb_build_object('source', s.name, 'platform', m.platform, 'lang', a.lang, 'account', coalesce(acc.name, ''), 'tier', coalesce(acc.tier, ''), 'urgency', a.urgency::text) AS labels,
         ${OPINIONS} AS opinions, ${CLOSED_AT} AS "closedAt"
    FROM mention m JOIN analysis a ON a.id = m.analysis_id JOIN revision r ON r.id = a.revision_id JOIN ingest_batch b ON b.id = m.batch_id JOIN source s ON s.id = b.source_id
    LEFT JOIN account_link l ON l.author_id = m.author_id AND l.unlinked_xid IS NULL LEFT JOIN account acc ON acc.id = l.account_id
   WHERE m.counted_at >= $1::timestamptz AND m.outcome IN ('routed', 'unsure', 'no-opinion') AND r.erased_at IS NULL
   ORDER BY m.counted_at DESC, m.id DESC LIMIT $2::int`;

const READ_COMPLAINTS = `SELECT m.counted_at AS at, ${SAID_ASPECT} AS aspect, m.author_id::text AS "authorId", m.is_history AS "isHistory"
    FROM mention m JOIN analysis a ON a.id = m.analysis_id JOIN opinion o ON o.analysis_id = a.id ${fixOf('a.revision_id')}
   WHERE m.counted_at >= $1::timestamptz AND m.outcome = 'routed' AND ${SAID_POLARITY} = 'negative' ORDER BY m.counted_at DESC, m.id DESC LIMIT $2::int`;

const READ_CASES = `SELECT c.opened_at AS "openedAt", c.closed_at AS "closedAt", coalesce(max(a.urgency), 0) AS urgency
    FROM cases c JOIN case_member cm ON cm.case_id = c.id JOIN opinion o ON o.id = cm.opinion_id JOIN analysis a ON a.id = o.analysis_id JOIN mention m ON m.id = o.mention_id
   WHERE c.opened_at >= $1::timestamptz AND NOT m.is_history GROUP BY c.id ORDER BY c.id DESC LIMIT $2::int`;

export function createBacktestReadModel(sql: Sql): BacktestReadModel {
  return {
    readPast: (since, limit) => sql.query<PastMention>(READ, since.toISOString(), limit),
    async readComplaints(since, limit) {
      const [first] = await sql.query<{ at: Date | null }>('SELECT min(counted_at) AS at FROM mention');
      const newest = await sql.query<PastComplaint>(READ_COMPLAINTS, since.toISOString(), limit);
      const complaints = newest.toReversed();
      const isCut = complaints.length === limit;
      return { complaints, heardSince: (isCut ? complaints[0]?.at : first?.at) ?? null };
    },
    readCases: (since, limit) => sql.query<PastCase>(READ_CASES, since.toISOString(), limit),
  };
}
