import type {
  Invitation,
  NewPerson,
  PeopleStore,
  PersonChange,
  PersonRow,
} from '../domain/ports/identity-store.ts';
import { AppError } from '../lib/app-error.ts';
import { newToken, tokenHash } from '../lib/token.ts';
import { writeAudit } from './audit-log.ts';
import type { Database, Sql } from './database.ts';
import { createKeys } from './key-store.ts';
import { endSessions } from './session-store.ts';

const INVITATION_HOLDS = `interval '7 days'`;

const READ = `SELECT p.id::text, p.name, p.email, p.role, p.password_hash IS NOT NULL AS "isReady", p.disabled_at IS NOT NULL AS "isDisabled",
         p.created_at AS "createdAt", (SELECT max(last_seen_at) FROM session s WHERE s.person_id = p.id) AS "lastSeenAt",
         ARRAY(SELECT d.name FROM department_member m JOIN department d ON d.id = m.department_id WHERE m.person_id = p.id ORDER BY d.name) AS departments
    FROM person p`;

export function createPeopleStore(database: Database): PeopleStore {
  return {
    list: () => database.query<PersonRow>(`${READ} ORDER BY p.name, p.id`),
    add: (person, actor) =>
      database.transaction(async (sql) => {
        const id = await insertPerson(sql, person);
        const { role, departments } = person;
        await writeAudit(sql, {
          actor,
          action: 'person added',
          subject: `person ${id}`,
          detail: { role, departments },
        });
        return invite(sql, id);
      }),
    invite: (id, actor) =>
      database.transaction(async (sql) => {
        await writeAudit(sql, { actor, action: 'person invited', subject: `person ${id}` });
        return invite(sql, id);
      }),
    change: (id, change, actor) => database.transaction((sql) => changePerson(sql, { id, change, actor })),
    ...createKeys(database),
  };
}

async function insertPerson(sql: Sql, { email, name, role, departments }: NewPerson): Promise<string> {
  await refuseUnknown(sql, departments);
  const [person] = await sql.query<{ id: string }>(
    'INSERT INTO person (email, name, role) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING RETURNING id::text',
    email.toLowerCase(),
    name,
    role,
  );
  if (!person) throw new AppError('conflict', `${email} is known already`);
  await joinDepartments(sql, person.id, departments);
  return person.id;
}

async function refuseUnknown(sql: Sql, departments: readonly string[]): Promise<void> {
  const known = await sql.query<{ name: string }>(
    'SELECT name FROM department WHERE retired_at IS NULL ORDER BY name',
  );
  const unknown = departments.filter((department) => !known.some((row) => row.name === department));
  if (unknown.length > 0)
    throw new AppError(
      'invalid-input',
      `There is no department ${unknown.join(', ')}; there are ${known.map((row) => row.name).join(', ')}`,
    );
}

async function joinDepartments(sql: Sql, personId: string, departments: readonly string[]): Promise<void> {
  await sql.execute(
    `INSERT INTO department_member (person_id, department_id) SELECT $1::int, d.id FROM department d WHERE d.name IN (SELECT jsonb_array_elements_text($2::jsonb))`,
    Number(personId),
    JSON.stringify(departments),
  );
}

async function readPerson(sql: Sql, id: string): Promise<PersonRow> {
  const [person] = await sql.query<PersonRow>(`${READ} WHERE p.id = $1::bigint`, id);
  if (!person) throw new AppError('not-found', `There is no person ${id}`);
  return person;
}

async function invite(sql: Sql, id: string): Promise<Invitation> {
  const person = await readPerson(sql, id);
  if (person.isDisabled) throw new AppError('conflict', `${person.email} is disabled; enable them first`);
  const token = newToken();
  await sql.execute('DELETE FROM person_token WHERE person_id = $1::int', Number(id));
  const [row] = await sql.query<{ expiresAt: Date }>(
    `INSERT INTO person_token (hash, purpose, person_id, expires_at) VALUES ($1, 'invitation', $2::int, now() + ${INVITATION_HOLDS}) RETURNING expires_at AS "expiresAt"`,
    tokenHash(token),
    Number(id),
  );
  if (!row) throw new Error('INSERT … RETURNING gave no row');
  return { person, token, expiresAt: row.expiresAt };
}

interface Change {
  readonly id: string;
  readonly change: PersonChange;
  readonly actor: string;
}

async function changePerson(sql: Sql, { id, change, actor }: Change): Promise<PersonRow> {
  // Two administrators who take the role from each other at once would leave nobody.
  await sql.query(`SELECT pg_advisory_xact_lock(20011, 4)::text`);
  const before = await readPerson(sql, id);
  const { name = before.name, role = before.role, isDisabled = before.isDisabled } = change;
  const { departments = before.departments } = change;
  await refuseUnknown(
    sql,
    departments.filter((department) => !before.departments.includes(department)),
  );
  await sql.execute(
    `UPDATE person SET name = $2, role = $3, disabled_at = CASE WHEN $4::bool THEN coalesce(disabled_at, now()) END WHERE id = $1::int`,
    Number(id),
    name,
    role,
    isDisabled,
  );
  await refuseWithoutAdministrator(sql);
  await sql.execute('DELETE FROM department_member WHERE person_id = $1::int', Number(id));
  await joinDepartments(sql, id, departments);
  if (isDisabled) await sql.execute('DELETE FROM person_token WHERE person_id = $1::int', Number(id));
  const mayElse =
    role !== before.role ||
    isDisabled !== before.isDisabled ||
    departments.toSorted().join('\n') !== before.departments.join('\n');
  if (mayElse) await endSessions(sql, id);
  await writeAudit(sql, { actor, action: 'person changed', subject: `person ${id}`, detail: change });
  return readPerson(sql, id);
}

async function refuseWithoutAdministrator(sql: Sql): Promise<void> {
  const left = await sql.query(
    `SELECT 1 AS found FROM person WHERE role = 'admin' AND disabled_at IS NULL LIMIT 1`,
  );
  if (left.length === 0)
    throw new AppError('conflict', 'This is the last administrator; make somebody else one first');
}
