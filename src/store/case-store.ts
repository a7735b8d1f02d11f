import { type Person, visibleDepartments } from '../domain/access.ts';
import type { CaseAction, CaseFields, CaseState, Resolution } from '../domain/case.ts';
import type { CaseDecision, CaseStore } from '../domain/ports/case-store.ts';
import { AppError } from '../lib/app-error.ts';
import { writeAudit } from './audit-log.ts';
import { type Moved, moveMembers, takeMembersBack } from './case-moves.ts';
import { EFFECTIVE_STATUS, isVisible, UNDO_WITHIN } from './case-sql.ts';
import { correct, type Restoration, restore } from './correction-store.ts';
import { type Database, isUniqueViolation, type Sql } from './database.ts';
import { insertDeliveries } from './delivery-store.ts';
import { lookAtGroups } from './look-at-groups.ts';

/** What takes an action back: the fields as they were, and what else it changed. */
interface Undo {
  readonly fields: CaseFields;
  readonly moved?: Moved;
  readonly restoration?: Restoration;
}

export function createCaseStore(database: Database): CaseStore {
  return {
    act: (asked, decide) => database.transaction((sql) => act(sql, asked, decide)),
    undo: (eventId, person) => database.transaction((sql) => undo(sql, eventId, person)),
    async markSeen(id, person) {
      const marked = await database.execute(
        `INSERT INTO case_seen (person_id, case_id, seen_at) SELECT $2::int, c.id, now() FROM cases c JOIN department d ON d.id = c.department_id
          WHERE c.id = $1::bigint AND ${isVisible('$3')} ON CONFLICT (person_id, case_id) DO UPDATE SET seen_at = excluded.seen_at`,
        id,
        Number(person.id),
        JSON.stringify(visibleDepartments(person)),
      );
      if (marked === 0) throw missing(id);
    },
  };
}

function missing(id: string): AppError {
  return new AppError('not-found', `There is no case ${id}`);
}

interface CaseRow extends CaseFields {
  readonly id: string;
  readonly version: number;
  readonly department: string;
  readonly bounces: number;
}

/** Locked, so that of two who act at once the second finds what the first did. */
const LOCKED = `SELECT c.id::text, c.version, d.name AS department, c.bounces, ${EFFECTIVE_STATUS} AS status, c.assignee_id::text AS assignee,
         CASE WHEN ${EFFECTIVE_STATUS} = 'snoozed' THEN to_char(c.snoozed_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END AS "snoozedUntil", c.outcome AS resolution
    FROM cases c JOIN department d ON d.id = c.department_id`;
const LOCK = `${LOCKED} WHERE c.id = $1::bigint AND ${isVisible('$2')} FOR UPDATE OF c`;
const LOCK_OPEN = `${LOCKED} WHERE c.id IN (SELECT value::bigint FROM jsonb_array_elements_text($1::jsonb)) AND c.closed_at IS NULL ORDER BY c.id FOR UPDATE OF c`;

async function lock(sql: Sql, id: string, person: Person): Promise<CaseRow> {
  const [row] = await sql.query<CaseRow>(LOCK, id, JSON.stringify(visibleDepartments(person)));
  if (!row) throw missing(id);
  return row;
}

function fieldsOf({ status, assignee, snoozedUntil, resolution }: CaseFields): CaseFields {
  return { status, assignee, snoozedUntil, resolution };
}

async function act(
  sql: Sql,
  { id, version, action, person }: Parameters<CaseStore['act']>[0],
  decide: (state: CaseState) => CaseDecision,
): Promise<string> {
  const found = await lock(sql, id, person);
  if (found.version !== version)
    throw new AppError('conflict', `Somebody else has changed case ${id} meanwhile; look at it again`);
  const decision = decide(await stateOf(sql, found));
  if ('refusal' in decision) throw new AppError(decision.kind, decision.refusal);
  await writeFields(sql, found, decision.next);
  for (const { message, destinations } of decision.tell ?? [])
    await insertDeliveries(sql, message, destinations, {});
  const undo: Undo = { fields: fieldsOf(found), ...(await doMore(sql, found, action, person)) };
  await writeAudit(sql, {
    actor: person.email,
    action: `case ${action.kind}`,
    subject: `case ${id}`,
    detail: 'text' in action || 'note' in action ? { kind: action.kind } : action,
  });
  return insertEvent(sql, { caseId: id, by: person, action, undo, undoes: null, version: version + 1 });
}

/** Resolves those of the cases that are open, in the name of the tracker that says so. Returns how many there were. */
export async function resolveByTracker(
  sql: Sql,
  ids: readonly string[],
  {
    tracker,
    resolution,
    note,
  }: { readonly tracker: string; readonly resolution: Resolution; readonly note: string },
): Promise<number> {
  const action: CaseAction = { kind: 'resolve', resolution, note };
  const open = await sql.query<CaseRow>(LOCK_OPEN, JSON.stringify(ids));
  for (const found of open) {
    const { id: caseId, version, assignee } = found;
    await writeFields(sql, found, { status: 'resolved', assignee, snoozedUntil: null, resolution });
    await writeAudit(sql, {
      actor: tracker,
      action: 'case resolve',
      subject: `case ${caseId}`,
      detail: action,
    });
    const undo = { fields: fieldsOf(found) };
    await insertEvent(sql, { caseId, by: tracker, action, undo, undoes: null, version: version + 1 });
  }
  return open.length;
}

async function stateOf(sql: Sql, found: CaseRow): Promise<CaseState> {
  const members = await sql.query<{ id: string }>(
    `SELECT p.id::text FROM person p JOIN department_member m ON m.person_id = p.id JOIN department d ON d.id = m.department_id
      WHERE d.name = $1 AND p.disabled_at IS NULL`,
    found.department,
  );
  const departments = await sql.query<{ name: string }>(
    'SELECT name FROM department WHERE retired_at IS NULL ORDER BY name',
  );
  const { id, department, bounces } = found;
  return {
    id,
    fields: fieldsOf(found),
    department,
    bounces,
    members: members.map(({ id }) => id),
    departments: departments.map(({ name }) => name),
  };
}

async function writeFields(sql: Sql, { id, status }: CaseRow, next: CaseFields): Promise<void> {
  const isClosed = next.status === 'resolved' || next.status === 'declined';
  await refuseSecond(sql, id, isClosed);
  const written = sql.execute(
    `UPDATE cases SET status = $2, assignee_id = $3::int, snoozed_until = $4::timestamptz, outcome = $5, version = version + 1, updated_at = now(),
            closed_at = CASE WHEN $6::bool THEN coalesce(closed_at, now()) END WHERE id = $1::bigint`,
    id,
    next.status,
    next.assignee === null ? null : Number(next.assignee),
    next.snoozedUntil,
    next.resolution,
    isClosed,
  );
  // Routing may open the same matter in the same instant.
  await written.catch((thrown: unknown) => {
    throw isUniqueViolation(thrown) ? new AppError('conflict', 'The same matter is open again') : thrown;
  });
  if (next.status !== status) await lookAtGroups(sql, id);
}

/** One open case a key and department: what has been said since a case was closed made another, which then is the one to work on. */
async function refuseSecond(sql: Sql, id: string, isClosed: boolean): Promise<void> {
  if (isClosed) return;
  const [other] = await sql.query<{ id: string }>(
    `SELECT o.id::text FROM cases c JOIN cases o ON o.department_id = c.department_id AND o.case_key = c.case_key AND o.closed_at IS NULL AND o.id <> c.id
      WHERE c.id = $1::bigint`,
    id,
  );
  if (other) throw new AppError('conflict', `The same matter is open again as case ${other.id}; go on there`);
}

/** What an action changes beside the case's own fields. */
async function doMore(
  sql: Sql,
  { id, department }: CaseRow,
  action: CaseAction,
  person: Person,
): Promise<Omit<Undo, 'fields'>> {
  if (action.kind === 'not-ours') {
    const reason = `passed on by ${department}: ${action.reason}`;
    return { moved: await moveMembers(sql, { caseId: id, department: action.department, reason }) };
  }
  if (action.kind !== 'correct') return {};
  const { opinionId, label } = action;
  const members = await sql.query(
    'SELECT 1 AS found FROM case_member WHERE case_id = $1::bigint AND opinion_id = $2::bigint AND removed_at IS NULL',
    id,
    opinionId,
  );
  if (members.length === 0) throw new AppError('not-found', `Case ${id} has no opinion ${opinionId}`);
  return { restoration: await correct(sql, { opinionId, label, author: person.name }) };
}

interface NewEvent {
  readonly caseId: string;
  /** A tracker by its name. */
  readonly by: Person | string;
  readonly action: CaseAction | null;
  readonly undo: Undo;
  readonly undoes: string | null;
  readonly version: number;
}

async function insertEvent(
  sql: Sql,
  { caseId, by, action, undo, undoes, version }: NewEvent,
): Promise<string> {
  const [row] = await sql.query<{ id: string }>(
    `INSERT INTO case_event (case_id, at, person_id, actor, action, undo, version, undoes)
     VALUES ($1::bigint, clock_timestamp(), $2::int, $7, $3::jsonb, $4::jsonb, $5::int, $6::bigint) RETURNING id::text`,
    caseId,
    typeof by === 'string' ? null : Number(by.id),
    action === null ? null : JSON.stringify(action),
    JSON.stringify(undo),
    version,
    undoes,
    typeof by === 'string' ? by : null,
  );
  return row?.id ?? '';
}

interface EventRow {
  readonly caseId: string;
  readonly version: number;
  readonly undo: Undo;
  readonly kind: string | null;
  readonly isRecent: boolean;
}

async function undo(sql: Sql, eventId: string, person: Person): Promise<{ caseId: string; eventId: string }> {
  const [event] = await sql.query<EventRow>(
    `SELECT case_id::text AS "caseId", version, undo, action->>'kind' AS kind, at > clock_timestamp() - ${UNDO_WITHIN} AS "isRecent" FROM case_event
      WHERE id = $1::bigint AND person_id = $2::int`,
    eventId,
    Number(person.id),
  );
  if (!event) throw new AppError('not-found', `There is no event ${eventId} of yours`);
  const found = await lock(sql, event.caseId, person);
  if (event.kind === null || !event.isRecent)
    throw new AppError('conflict', 'Only what was done within the last ten minutes can be taken back');
  if (found.version !== event.version)
    throw new AppError('conflict', `Somebody has gone on with case ${event.caseId} since`);
  const { fields, moved, restoration } = event.undo;
  await writeFields(sql, found, fields);
  if (moved) await takeMembersBack(sql, moved);
  if (restoration) await restore(sql, restoration, person.name);
  await writeAudit(sql, {
    actor: person.email,
    action: `case undo of ${event.kind}`,
    subject: `case ${event.caseId}`,
    detail: { event: eventId },
  });
  const undone = await insertEvent(sql, {
    caseId: event.caseId,
    by: person,
    action: null,
    undo: { fields: fieldsOf(found) },
    undoes: eventId,
    version: found.version + 1,
  });
  return { caseId: event.caseId, eventId: undone };
}
