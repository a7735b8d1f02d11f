import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';

/** Where a case's opinions went when it was passed on. */
export interface Moved {
  readonly toCaseId: string;
  /** The version that case had after it; null: it was there before. */
  readonly newVersion: number | null;
  /** The opinions that were not in it before. */
  readonly opinionIds: readonly string[];
}

// A case that somebody put aside comes back: it is about more than they saw.
const RECEIVE = `INSERT INTO cases (department_id, case_key, bounces, due_at, urgency)
  SELECT d.id, c.case_key, c.bounces + 1, c.due_at, c.urgency FROM cases c, department d WHERE c.id = $1::bigint AND d.name = $2
  ON CONFLICT (department_id, case_key) WHERE closed_at IS NULL DO UPDATE SET updated_at = now(), version = cases.version + 1,
    bounces = greatest(cases.bounces, excluded.bounces), due_at = least(cases.due_at, excluded.due_at), urgency = greatest(cases.urgency, excluded.urgency), snoozed_until = NULL,
    status = CASE WHEN cases.status <> 'snoozed' THEN cases.status WHEN cases.assignee_id IS NULL THEN 'open' ELSE 'accepted' END
  RETURNING id::text, version, xmax = 0 AS "isNew"`;

const JOIN = `INSERT INTO case_member AS m (case_id, opinion_id, reason)
  SELECT $2::bigint, opinion_id, $3 FROM case_member WHERE case_id = $1::bigint AND removed_at IS NULL ORDER BY opinion_id
  ON CONFLICT (case_id, opinion_id) DO UPDATE SET removed_at = NULL, reason = excluded.reason, added_at = now() WHERE m.removed_at IS NOT NULL
  RETURNING opinion_id::text AS "opinionId"`;

const COUNT_OPINIONS = `UPDATE cases SET opinions = (SELECT count(*) FROM case_member WHERE case_id = $1::bigint AND removed_at IS NULL) WHERE id = $1::bigint`;

/**
 * Puts the opinions of a case into the other department's open case of the same matter, or a new one. They stay listed in the case
 * they came from, which shows what was passed on.
 */
export async function moveMembers(
  sql: Sql,
  {
    caseId,
    department,
    reason,
  }: { readonly caseId: string; readonly department: string; readonly reason: string },
): Promise<Moved> {
  const [target] = await sql.query<{ id: string; version: number; isNew: boolean }>(
    RECEIVE,
    caseId,
    department,
  );
  if (!target) throw new AppError('not-found', `There is no department ${department}`);
  const joined = await sql.query<{ opinionId: string }>(JOIN, caseId, target.id, reason);
  await sql.execute(COUNT_OPINIONS, target.id);
  return {
    toCaseId: target.id,
    newVersion: target.isNew ? target.version : null,
    opinionIds: joined.map(({ opinionId }) => opinionId),
  };
}

/** The other way round. Throws AppError `conflict` when the other department has begun to work on the case made for it. */
export async function takeMembersBack(sql: Sql, { toCaseId, newVersion, opinionIds }: Moved): Promise<void> {
  const [target] = await sql.query<{ version: number }>(
    'SELECT version FROM cases WHERE id = $1::bigint FOR UPDATE',
    toCaseId,
  );
  if (newVersion !== null && target?.version !== newVersion)
    throw new AppError('conflict', 'The other department works on it already');
  await sql.execute(
    `UPDATE case_member SET removed_at = now() WHERE case_id = $1::bigint AND opinion_id IN (SELECT value::bigint FROM jsonb_array_elements_text($2::jsonb))`,
    toCaseId,
    JSON.stringify(opinionIds),
  );
  await sql.execute(COUNT_OPINIONS, toCaseId);
  // A case that nothing is left of would stay in the inbox with nothing to do.
  await sql.execute(
    `UPDATE cases SET status = 'declined', snoozed_until = NULL, closed_at = now(), updated_at = now(), version = version + 1
      WHERE id = $1::bigint AND closed_at IS NULL AND NOT EXISTS (SELECT FROM case_member WHERE case_id = $1::bigint AND removed_at IS NULL)`,
    toCaseId,
  );
}
