import type { Sql } from './database.ts';

/** When a group may notify next, whatever it was due for. */
export const NEXT_LOOK = `greatest(now(), last_notified_at + group_interval_ms * interval '1 ms')`;

// A group that ended starts to fire again with a case that is reopened.
const REOPEN = `UPDATE group_case gc SET resolved_at = NULL FROM cases c WHERE gc.case_id = $1::bigint AND c.id = gc.case_id AND c.closed_at IS NULL AND gc.resolved_at IS NOT NULL`;

const LOOK = `UPDATE routing_group SET due_at = ${NEXT_LOOK} WHERE id IN (
    SELECT group_id FROM group_case WHERE case_id = $1::bigint AND resolved_at IS NULL
    UNION SELECT rm.group_id FROM case_member cm JOIN route_match rm ON rm.opinion_id = cm.opinion_id AND rm.is_waiting WHERE cm.case_id = $1::bigint
    UNION SELECT group_id FROM route_match WHERE is_waiting AND mute->>'kind' = 'inhibition' AND mute->>'by' = $1::bigint::text)`;

/**
 * Has the groups that a case bears on looked at: its own, which repeat or say its end, and those that it inhibits. Call it inside the
 * transaction that gives the case another status. They are found again within seconds without a wake-up.
 */
export async function lookAtGroups(sql: Sql, caseId: string): Promise<void> {
  await sql.execute(REOPEN, caseId);
  await sql.execute(LOOK, caseId);
}
