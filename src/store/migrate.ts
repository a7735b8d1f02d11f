import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { AppError } from '../lib/app-error.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** One migrates, the others wait for it. */
const MIGRATION_LOCK = '(20011, 2)';

/**
 * Brings the database to this binary's schema and returns the names of the migrations it applied (none when it was there already).
 * Works offline. Throws AppError `conflict` when the database is newer than this binary, `invalid-input` when it refuses the login and
 * `unavailable` when it does not answer.
 */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const client = await connect(databaseUrl);
  try {
    return await bringUpToDate(client);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('unavailable', 'The connection to the database broke off; check that it runs', {
      cause,
    });
  } finally {
    await client.end();
  }
}

async function bringUpToDate(client: pg.Client): Promise<readonly string[]> {
  await client.query(`SELECT pg_advisory_lock${MIGRATION_LOCK}`);
  const ours = await readMigrations();
  const applied = await readApplied(client);
  const unknown = applied.filter((name) => !ours.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new AppError(
      'conflict',
      `This database was written by a newer Earshot (it has ${unknown.join(', ')}, which this version does not know); update Earshot, or set EARSHOT_DATA or DATABASE_URL to another database`,
    );
  }
  const pending = ours.filter(({ name }) => !applied.includes(name));
  for (const migration of pending) await apply(client, migration);
  return pending.map(({ name }) => name);
}

/** Postgres's codes for a login it does not take and for a database that it does not have. */
const REFUSALS = /^(28...|3D000)$/;

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  // A connection that is lost shows in the query that needs it; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer';
    if (REFUSALS.test(reason))
      throw new AppError(
        'invalid-input',
        `The database refuses the user, the password or the database that DATABASE_URL names (${reason})`,
        { cause },
      );
    throw new AppError(
      'unavailable',
      `The database does not answer (${reason}); check that it runs and that DATABASE_URL names it`,
      { cause },
    );
  }
}

interface Migration {
  readonly name: string;
  readonly sql: string;
}

async function readMigrations(): Promise<Migration[]> {
  const folders = (await readdir(MIGRATIONS, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).toSorted();
  return Promise.all(
    names.map(async (name) => ({
      name,
      sql: await readFile(join(MIGRATIONS, name, 'migration.sql'), 'utf8'),
    })),
  );
}

/** Prisma's own ledger, in Prisma's own form, so that `prisma migrate deploy` and `migrate status` agree with us. */
const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

async function readApplied(client: pg.Client): Promise<string[]> {
  await client.query(LEDGER);
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return rows.map(({ name }) => name);
}

/** One migration and its ledger row in one transaction: it is there or it is not. */
async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), createHash('sha256').update(sql).digest('hex'), name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new AppError(
      'unavailable',
      `The migration ${name} failed and was undone; the database is as it was`,
      { cause },
    );
  }
}
