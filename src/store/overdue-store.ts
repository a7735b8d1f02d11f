import type { OverdueCase } from '../domain/due.ts';
import type { OverdueStore } from '../domain/ports/alarm-stores.ts';
import type { Database } from './database.ts';
import { insertDeliveries } from './delivery-store.ts';

/** Case `c` is past its time and nobody has noticed; what is snoozed has time until it comes back. */
export const OVERDUE = `c.due_at <= now() AND c.overdue_at IS NULL AND c.closed_at IS NULL AND (c.snoozed_until IS NULL OR c.snoozed_until <= now())`;

const TAKE = `WITH late AS MATERIALIZED (SELECT c.id FROM cases c WHERE ${OVERDUE} ORDER BY c.due_at, c.id LIMIT $1::int FOR UPDATE SKIP LOCKED),
    taken AS (UPDATE cases c SET overdue_at = now() FROM late WHERE c.id = late.id RETURNING c.*)
  SELECT c.id::text AS "caseId", d.name AS department, c.due_at AS "dueAt", p.name AS owner, coalesce(size.people, 0) AS people, coalesce(best.urgency, 0) AS urgency, best.text, best.start
    FROM taken c JOIN department d ON d.id = c.department_id LEFT JOIN person p ON p.id = c.assignee_id
    LEFT JOIN LATERAL (SELECT count(DISTINCT m.author_id)::int AS people FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN mention m ON m.id = o.mention_id
       WHERE cm.case_id = c.id AND cm.removed_at IS NULL) size ON true
    LEFT JOIN LATERAL (SELECT a.urgency, CASE WHEN r.erased_at IS NULL THEN left(r.text, o.span_end) END AS text, o.span_start AS start
        FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN analysis a ON a.id = o.analysis_id JOIN revision r ON r.id = a.revision_id
       WHERE cm.case_id = c.id AND cm.removed_at IS NULL ORDER BY a.urgency DESC, o.id DESC LIMIT 1) best ON true
   ORDER BY c.due_at, c.id`;

interface Row extends Omit<OverdueCase, 'quote'> {
  readonly text: string | null;
  readonly start: number | null;
}

export function createOverdueStore(database: Database): OverdueStore {
  return {
    take: (limit, tell) =>
      database.transaction(async (sql) => {
        const rows = await sql.query<Row>(TAKE, limit);
        const cases = rows.map(({ text, start, ...row }) => ({
          ...row,
          quote: text?.slice(start ?? 0) ?? null,
        }));
        const told = cases.length === 0 ? null : tell(cases);
        if (told !== null) await insertDeliveries(sql, told.message, told.destinations, {});
        return cases.length;
      }),
  };
}
