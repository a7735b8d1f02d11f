import type { WorkFacts } from '../domain/digest-work.ts';
import type { GivenCase } from '../routing/suggest-rules.ts';
import type { Sql } from './database.ts';
import { READ_MISROUTES } from './digest-work-sql.ts';
import { fixOf, SAID_ASPECT } from './said-sql.ts';
import { linkedTo } from './shown-mentions.ts';

/** What was passed on between two instants and not taken back, most first. */
export function readMisroutes(sql: Sql, from: Date, to: Date): Promise<WorkFacts['misroutes']> {
  return sql.query<WorkFacts['misroutes'][number]>(
    READ_MISROUTES,
    from.toISOString(),
    to.toISOString(),
    null,
  );
}

/** Enough to tell what is passed on from what is kept. */
const MOST_CASES = 5_000;

const READ_GIVEN = `SELECT d.name AS "from", passed.department AS "to",
         coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('aspect', ${SAID_ASPECT}, 'intent', o.intent, 'source', s.name, 'platform', m.platform, 'lang', a.lang,
             'account', coalesce(acc.name, ''), 'tier', coalesce(acc.tier, '')))
           FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN analysis a ON a.id = o.analysis_id JOIN mention m ON m.id = o.mention_id
           JOIN ingest_batch b ON b.id = m.batch_id JOIN source s ON s.id = b.source_id ${linkedTo('m.author_id')} ${fixOf('a.revision_id')}
          WHERE cm.case_id = c.id AND cm.removed_at IS NULL), '[]') AS labels
    FROM cases c JOIN department d ON d.id = c.department_id
    LEFT JOIN LATERAL (SELECT e.action->>'department' AS department FROM case_event e WHERE e.case_id = c.id AND e.action->>'kind' = 'not-ours'
         AND NOT EXISTS (SELECT FROM case_event u WHERE u.undoes = e.id) ORDER BY e.id DESC LIMIT 1) passed ON true
   WHERE c.opened_at >= $1::timestamptz AND c.bounces = 0 ORDER BY c.id DESC LIMIT ${MOST_CASES}`;

/** The cases that routing gave to departments since then, with what became of them. */
export function readGivenCases(sql: Sql, since: Date): Promise<readonly GivenCase[]> {
  return sql.query<GivenCase>(READ_GIVEN, since.toISOString());
}
