import { type Caller, isOverseer, visibleDepartments } from '../domain/access.ts';
import type { CaseTab } from '../domain/case.ts';
import type { CaseCounts, CaseFilter, CasePlace, CaseReadModel } from '../domain/ports/case-read-model.ts';
import { readCase } from './case-detail.ts';
import { readCaseRows } from './case-rows.ts';
import { EFFECTIVE_STATUS, isVisible } from './case-sql.ts';
import type { Sql } from './database.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';
import { linkedTo } from './shown-mentions.ts';

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

/** $1 departments that may be seen, $2 who asks, $3 the filter. What is not closed is said twice, for the index that holds only that. */
const TAB: Readonly<Record<CaseTab, string>> = {
  open: `c.closed_at IS NULL AND ${EFFECTIVE_STATUS} = 'open'`,
  mine: `c.closed_at IS NULL AND c.assignee_id = $2::int AND ${EFFECTIVE_STATUS} IN ('open', 'accepted')`,
  waiting: `c.closed_at IS NULL AND ${EFFECTIVE_STATUS} = 'accepted'`,
  snoozed: `c.closed_at IS NULL AND ${EFFECTIVE_STATUS} = 'snoozed'`,
  resolved: `c.status = 'resolved'`,
  // A case that was made by passing something on, and was emptied when that was taken back, never was one.
  declined: `c.status = 'declined' AND EXISTS (SELECT FROM case_member cm WHERE cm.case_id = c.id AND cm.removed_at IS NULL)`,
};

/** What is asked of the case itself. */
const OF_CASE = {
  department: `d.name = $3::jsonb->>'department'`,
  since: `c.opened_at >= ($3::jsonb->>'since')::timestamptz`,
} as const;

/** What one opinion of it has to fulfil, all of it at once. */
const OF_MEMBER = {
  aspect: `${SAID_ASPECT} = $3::jsonb->>'aspect'`,
  polarity: `${SAID_POLARITY} = $3::jsonb->>'polarity'`,
  tier: `acc.tier = $3::jsonb->>'tier'`,
  source: `EXISTS (SELECT FROM hearing h JOIN source s ON s.id = h.source_id WHERE h.mention_id = m.id AND s.name = $3::jsonb->>'source')`,
  q: `r.erased_at IS NULL AND position(lower($3::jsonb->>'q') IN lower(r.text)) > 0`,
} as const;

function memberCondition(conditions: readonly string[]): string {
  return `EXISTS (SELECT FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN mention m ON m.id = o.mention_id JOIN analysis a ON a.id = o.analysis_id
    JOIN revision r ON r.id = a.revision_id ${linkedTo('m.author_id')} ${fixOf('a.revision_id')} WHERE cm.case_id = c.id AND cm.removed_at IS NULL AND ${conditions.join(' AND ')})`;
}

/** The conditions whose key the filter has. */
function askedOf(
  filter: CaseFilter,
  conditions: Readonly<Partial<Record<keyof CaseFilter, string>>>,
): string[] {
  return Object.entries(conditions).flatMap(([key, condition]) =>
    filter[key as keyof CaseFilter] === undefined ? [] : [condition],
  );
}

function assigneeCondition(assignee: string): string {
  if (assignee === 'unassigned') return 'c.assignee_id IS NULL';
  return assignee === 'me' ? 'c.assignee_id = $2::int' : `c.assignee_id = ($3::jsonb->>'assignee')::bigint`;
}

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
  const { tab, assignee } = filter;
  const ofMember = askedOf(filter, OF_MEMBER);
  const conditions = [
    isVisible('$1'),
    TAB[tab],
    ...askedOf(filter, OF_CASE),
    ...(ofMember.length === 0 ? [] : [memberCondition(ofMember)]),
    ...(assignee === undefined ? [] : [assigneeCondition(assignee)]),
    `($4::timestamptz IS NULL OR (c.opened_at, c.id) < ($4::timestamptz, $5::bigint))`,
    // Postgres wants to know the types of parameters that only some conditions use.
    '($2::int IS NULL OR true) AND $3::jsonb IS NOT NULL',
  ];
  const rows = await sql.query<{ id: string }>(
    `SELECT c.id::text FROM cases c JOIN department d ON d.id = c.department_id WHERE ${conditions.join(' AND ')} ORDER BY c.opened_at DESC, c.id DESC LIMIT $6::int`,
    ...parametersOf(caller),
    JSON.stringify(filter),
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

const COUNT_HELD = `SELECT (count(*) FILTER (WHERE outcome = 'quarantined'))::int AS quarantined, (count(*) FILTER (WHERE outcome = 'unsure'))::int AS unsure
  FROM mention WHERE outcome IN ('quarantined', 'unsure')`;

async function count(sql: Sql, department: string | undefined, caller: Caller): Promise<CaseCounts> {
  const [tabs] = await sql.query<Record<CaseTab, number>>(COUNT, ...parametersOf(caller), department ?? null);
  const none = { open: 0, mine: 0, waiting: 0, snoozed: 0, resolved: 0, declined: 0 };
  const [held] = isOverseer(caller)
    ? await sql.query<{ quarantined: number; unsure: number }>(COUNT_HELD)
    : [{ quarantined: null, unsure: null }];
  return { ...(tabs ?? none), ...(held ?? { quarantined: 0, unsure: 0 }) };
}
