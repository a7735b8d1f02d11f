import type { Person, Role } from '../domain/access.ts';
import type { Credentials, SessionStore } from '../domain/ports/identity-store.ts';
import { newToken, tokenHash } from '../lib/token.ts';
import { writeAudit } from './audit-log.ts';
import type { Database, Sql } from './database.ts';

/** A session ends when it was not used for this long, and after the longer one in any case. */
const IDLE = `interval '30 minutes'`;
const LONGEST = `interval '8 hours'`;
const FIRST_RUN_HOLDS = `interval '24 hours'`;

const GOES_ON = `s.hash = $1 AND s.expires_at > now() AND s.last_seen_at > now() - ${IDLE} AND p.disabled_at IS NULL`;

// Being seen is noted once a minute, since reading is far more frequent than what it is needed for.
const READ = `WITH seen AS (
    UPDATE session SET last_seen_at = now() WHERE hash = $1 AND expires_at > now()
       AND last_seen_at > now() - ${IDLE} AND last_seen_at < now() - interval '1 minute')
  SELECT p.id::text, p.name, p.email, p.role,
         ARRAY(SELECT d.name FROM department_member m JOIN department d ON d.id = m.department_id WHERE m.person_id = p.id AND d.retired_at IS NULL ORDER BY d.name) AS departments
    FROM session s JOIN person p ON p.id = s.person_id WHERE ${GOES_ON}`;

const CREDENTIALS = `SELECT p.id::text, p.name, p.email, p.password_hash AS "passwordHash" FROM person p`;

/** `administrator` can sign in. */
const IS_ADMINISTRATOR = `role = 'admin' AND disabled_at IS NULL AND password_hash IS NOT NULL`;

export function createSessionStore(database: Database): SessionStore {
  return {
    async findCredentials(email) {
      const [row] = await database.query<Credentials>(
        `${CREDENTIALS} WHERE p.email = $1 AND p.disabled_at IS NULL`,
        email,
      );
      return row ?? null;
    },
    async open(personId, replaced) {
      const token = newToken();
      await database.execute(
        `WITH over AS (DELETE FROM session WHERE hash = $3 OR expires_at < now() OR last_seen_at < now() - ${IDLE})
         INSERT INTO session (hash, person_id, expires_at) VALUES ($1, $2::int, now() + ${LONGEST})`,
        tokenHash(token),
        Number(personId),
        replaced === null ? null : tokenHash(replaced),
      );
      return token;
    },
    async read(token) {
      const [person] = await database.query<Person>(READ, tokenHash(token));
      return person ?? null;
    },
    async isAlive(token) {
      const found = await database.query(
        `SELECT 1 AS found FROM session s JOIN person p ON p.id = s.person_id WHERE ${GOES_ON}`,
        tokenHash(token),
      );
      return found.length > 0;
    },
    async end(token) {
      await database.execute('DELETE FROM session WHERE hash = $1', tokenHash(token));
    },
    endAllOf: (personId) => endSessions(database, personId),
    setPassword: (personId, passwordHash) =>
      database.transaction(async (sql) => setPassword(sql, personId, passwordHash)),
    needsAdministrator: () => needsAdministrator(database),
    async offerFirstRun() {
      const token = newToken();
      await database.transaction(async (sql) => {
        await sql.execute(`DELETE FROM person_token WHERE purpose = 'first-run'`);
        await sql.execute(
          `INSERT INTO person_token (hash, purpose, expires_at) VALUES ($1, 'first-run', now() + ${FIRST_RUN_HOLDS})`,
          tokenHash(token),
        );
      });
      return token;
    },
    async findInvited(token) {
      const [row] = await database.query<Credentials & { purpose: string }>(
        `SELECT t.purpose, p.id::text, p.name, p.email, p.password_hash AS "passwordHash" FROM person_token t LEFT JOIN person p ON p.id = t.person_id
          WHERE t.hash = $1 AND t.expires_at > now() AND p.disabled_at IS NULL`,
        tokenHash(token),
      );
      if (!row) return null;
      return row.purpose === 'first-run' ? 'administrator' : row;
    },
    acceptInvitation: (token, passwordHash) =>
      database.transaction(async (sql) => {
        const personId = await useToken(sql, token, 'invitation');
        if (personId === undefined || personId === null) return null;
        await setPassword(sql, personId, passwordHash);
        return personId;
      }),
    makeAdministrator: (token, person) =>
      database.transaction((sql) => makeAdministrator(sql, token, person)),
    async findSamplePerson(role: Role) {
      const [row] = await database.query<{ id: string }>(
        `SELECT p.id::text FROM person p, workspace w WHERE w.is_sample AND p.role = $1 AND p.disabled_at IS NULL ORDER BY p.id LIMIT 1`,
        role,
      );
      return row?.id ?? null;
    },
  };
}

export async function endSessions(sql: Sql, personId: string): Promise<void> {
  await sql.execute('DELETE FROM session WHERE person_id = $1::int', Number(personId));
}

async function setPassword(sql: Sql, personId: string, passwordHash: string): Promise<void> {
  const [row] = await sql.query<{ email: string }>(
    'UPDATE person SET password_hash = $2 WHERE id = $1::int RETURNING email',
    Number(personId),
    passwordHash,
  );
  await sql.execute('DELETE FROM person_token WHERE person_id = $1::int', Number(personId));
  await endSessions(sql, personId);
  await writeAudit(sql, {
    actor: row?.email ?? '',
    action: 'password chosen',
    subject: `person ${personId}`,
  });
}

async function needsAdministrator(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ isMissing: boolean }>(
    `SELECT NOT w.is_sample AND NOT EXISTS (SELECT FROM person WHERE ${IS_ADMINISTRATOR}) AS "isMissing" FROM workspace w`,
  );
  return row?.isMissing ?? false;
}

/** The person it belongs to (null: the first run), or undefined when it does not hold. Of two who come at once, one gets it. */
async function useToken(
  sql: Sql,
  token: string,
  purpose: 'invitation' | 'first-run',
): Promise<string | null | undefined> {
  const [row] = await sql.query<{ personId: string | null }>(
    `DELETE FROM person_token WHERE hash = $1 AND purpose = $2 AND expires_at > now() RETURNING person_id::text AS "personId"`,
    tokenHash(token),
    purpose,
  );
  return row?.personId;
}

async function makeAdministrator(
  sql: Sql,
  token: string,
  { name, email, passwordHash }: { name: string; email: string; passwordHash: string },
): Promise<string | null> {
  await sql.query(`SELECT pg_advisory_xact_lock(20011, 4)::text`);
  if (!(await needsAdministrator(sql)) || (await useToken(sql, token, 'first-run')) === undefined)
    return null;
  // Who was added before without a password may be the one.
  const [row] = await sql.query<{ id: string }>(
    `INSERT INTO person (email, name, role, password_hash) VALUES ($1, $2, 'admin', $3)
     ON CONFLICT (email) DO UPDATE SET name = excluded.name, role = 'admin', password_hash = excluded.password_hash, disabled_at = NULL RETURNING id::text`,
    email,
    name,
    passwordHash,
  );
  await writeAudit(sql, { actor: email, action: 'became administrator', subject: `person ${row?.id}` });
  return row?.id ?? null;
}
