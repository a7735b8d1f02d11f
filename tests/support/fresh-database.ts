import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { databaseUrl } from './global-postgres.ts';

export interface FreshDatabase {
  readonly url: string;
  readonly database: Database;
  close(): Promise<void>;
}

/** A migrated, empty database of this test's own on the run's embedded Postgres. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: inject('postgresUrl') });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name} TEMPLATE template_earshot`);
  const url = databaseUrl(inject('postgresUrl'), name);
  const database = openDatabase(url);
  return {
    url,
    database,
    async close() {
      await database.close();
      await run(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
