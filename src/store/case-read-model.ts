import { type Caller, isOverseer, visibleDepartments } from '../domain/access.ts';
import type { CaseTab } from '../domain/case.ts';
import type { CaseCounts, CaseFilter, CasePlace, CaseReadModel } from '../domain/ports/case-read-model.ts';
import { readCase } from './case-detail.ts';
import { readCaseRows } from './case-rows.ts';
import { EFFECTIVE_STATUS, isVisible } from './case-sql.ts';
import type { Sql } from './database.ts';
import { conditionsOf } from './query-sql.ts';

export function createCaseReadModel(sql: Sql): CaseReadModel {
  return {
    async list(filter, { caller, after, limit }) {
      const ids = await listIds(sql, filter, { caller, after, limit });
      return readCaseRows(sql, ids, caller);
    },
    count: (department, caller) => count(sql, department, caller),
    readRows: (ids, caller) => readCaseRows(sql, ids, caller),
    read: (id, caller) => readCase(sql, id, caller),
  };
}

/** $1 departments that may be seen, $2 who asks. What is not closed is said twice, for the index that holds only that. */
const TAB: Readonly<Record<CaseTab, string>> = {
  open: `c.closed_at IS NULL AND ${EFFECTIVE_STATUS} = 'open'`,
  mine: `c.closed_at IS NULL AND c.assignee_id = $2::int AND ${EFFECTIVE_STATUS} IN ('open', 'accepted')`,
  waiting: `c.closed_at IS NULL AND ${EFFECTIVE_STATUS} = 'accepted'`,
  snoozed: `c.closed_at IS NULL AND ${EFFECTIVE_STATUS} = 'snoozed'`,
  resolved: `c.status = 'resolved'`,
  // A case that was made by passing something on, and was emptied when that was taken back, never was one.
  declined: `c.status = 'declined' AND EXISTS (SELECT FROM case_member cm WHERE cm.case_id = c.id AND cm.removed_at IS NULL)`,
};

function parametersOf(caller: Caller): readonly [string, number | null] {
  return [JSON.stringify(visibleDepartments(caller)), caller === 'key' ? null : Number(caller.id)];
}

async function listIds(
  sql: Sql,
  filter: CaseFilter,
  {
    caller,
    after,
    limit,
  }: { readonly caller: Caller; readonly after: CasePlace | null; readonly limit: number },
): Promise<readonly string[]> {
  const asked = conditionsOf(filter.query, { values: '$3', caller: '$2' });
  // Who asks for a status, or for what is disputed or overdue in whatever status, means it whatever tab is open.
  const hasStatus = filter.query.facts.some(
    ({ kind }) => kind === 'status' || kind === 'disputed' || kind === 'overdue',
  );
  const conditions = [
    isVisible('$1'),
    ...(hasStatus ? [] : [TAB[filter.tab]]),
    ...asked.conditions,
    `($4::timestamptz IS NULL OR (c.opened_at, c.id) < ($4::timestamptz, $5::bigint))`,
    // Postgres wants to know the types of parameters that only some conditions use.
    '($2::int IS NULL OR true) AND $3::jsonb IS NOT NULL',
  ];
  const rows = await sql.query<{ id: string }>(
    `SELECT c.id::text FROM cases c JOIN department d ON d.id = c.department_id WHERE ${conditions.join(' AND ')} ORDER BY c.opened_at DESC, c.id DESC LIMIT $6::int`,
    ...parametersOf(caller),
    JSON.stringify(asked.values),
    after?.openedAt.toISOString() ?? null,
    after?.id ?? null,
    limit,
  );
  return rows.map(({ id }) => id);
}

const COUNT = `SELECT ${Object.entries(TAB)
  .map(([tab, condition]) => `(count(*) FILTER (WHERE ${condition}))::int AS ${tab}`)
  .join(', ')}
  FROM cases c JOIN department d ON d.id = c.department_id WHERE ${isVisible('$1')} AND ($3::text IS NULL OR d.name = $3)`;

const COUNT_HELD = `SELECT (count(*) FILTER (WHERE held = 'quarantined'))::int AS quarantined, (count(*) FILTER (WHERE held = 'unsure'))::int AS unsure
  FROM mention WHERE held IS NOT NULL`;

async function count(sql: Sql, department: string | undefined, caller: Caller): Promise<CaseCounts> {
  const [tabs] = await sql.query<Record<CaseTab, number>>(COUNT, ...parametersOf(caller), department ?? null);
  const none = { open: 0, mine: 0, waiting: 0, snoozed: 0, resolved: 0, declined: 0 };
  const [held] = isOverseer(caller)
    ? await sql.query<{ quarantined: number; unsure: number }>(COUNT_HELD)
    : [{ quarantined: null, unsure: null }];
  return { ...(tabs ?? none), ...(held ?? { quarantined: 0, unsure: 0 }) };
}
