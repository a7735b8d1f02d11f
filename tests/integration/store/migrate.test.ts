import { readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/store/migrate.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { openSchemaEngine } from '../../support/schema-engine.ts';

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

async function readColumns(client: pg.Client, schema: string): Promise<unknown[]> {
  const { rows } = await client.query(
    `SELECT table_name, column_name, udt_name, is_nullable FROM information_schema.columns
      WHERE table_schema = $1 AND table_name <> '_prisma_migrations' ORDER BY 1, 2`,
    [schema],
  );
  return rows;
}

describe('migrate', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.close());

  it('changes nothing in a database that is up to date', async () => {
    expect(await migrate(fresh.url)).toEqual([]);
  });

  it('leads to exactly the tables and columns of schema.prisma', async () => {
    const schema = await readFile('prisma/schema.prisma', 'utf8');
    const engine = await openSchemaEngine(new PrismaPg({ connectionString: fresh.url }), schema);
    const { stdout } = (await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })) as { stdout?: string };

    const wanted = await withClient(fresh.url, async (client) => {
      await client.query('CREATE SCHEMA wanted; SET search_path = wanted, public');
      await client.query((stdout ?? '').replaceAll('"public"', 'wanted'));
      return readColumns(client, 'wanted');
    });

    const migrated = await withClient(fresh.url, (client) => readColumns(client, 'public'));
    expect(wanted.length).toBeGreaterThan(200);
    expect(migrated).toEqual(wanted);
  });

  it('refuses a database that a newer version wrote, and says what to do', async () => {
    await fresh.database.execute(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', now())`,
    );

    await expect(migrate(fresh.url)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('29990101000000_later'),
    });
  });

  it('refuses to change or delete what the audit log holds', async () => {
    await fresh.database.execute(
      `INSERT INTO audit_log (actor, action, subject, detail) VALUES ('a', 'b', 'c', '{}')`,
    );

    await expect(fresh.database.execute('DELETE FROM audit_log')).rejects.toThrow();
    await expect(fresh.database.execute(`UPDATE audit_log SET actor = 'x'`)).rejects.toThrow();
  });
});
