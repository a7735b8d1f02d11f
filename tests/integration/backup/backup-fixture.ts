import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDueDigests } from '../../../src/pipeline/run-digests.ts';
import type { Database, Sql } from '../../../src/store/database.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { digestDeps, MORNING } from '../digest/digest-fixture.ts';

export const NOON = '2026-11-22T12:00:00Z';

/** A workspace that is used, an empty one, and a folder for files. */
export interface Workspaces {
  readonly used: FreshDatabase;
  readonly empty: FreshDatabase;
  readonly file: (name: string) => string;
  close(): Promise<void>;
}

export async function openWorkspaces(): Promise<Workspaces> {
  const [used, empty] = [await freshDatabase(), await freshDatabase()];
  const folder = await mkdtemp(join(tmpdir(), 'earshot-backup-'));
  return {
    used,
    empty,
    file: (name) => join(folder, name),
    async close() {
      await used.close();
      await empty.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Mentions, accounts and a digest that was sent, and rows whose values a careless copy would change. */
export async function fillWorkspace(database: Database): Promise<void> {
  await seedWorkspace(database, {
    accounts: [{ name: 'Acme, "the" \\ firm', tier: 'gold', revenue: 900_000, owner: 'Dana' }],
    mentions: Array.from({ length: 230 }, (_, index) => ({
      text: `Atlas is slow 🐢 (${index})\n\t"quoted", \\n and {braces}`,
      author: `author ${index % 40}`,
      at: NOON,
      ...(index % 10 === 0 && { account: 'Acme, "the" \\ firm' }),
      opinions: [{ aspect: 'product', polarity: 'negative' as const, confidence: 0.1 + 0.2 }],
    })),
  });
  await runDueDigests(digestDeps(database), MORNING);
  for (const statement of AWKWARD) await database.execute(statement);
}

const AWKWARD = [
  `UPDATE account SET revenue = 9007199254740993.25, domains = '{"a,b.example","c\\"d","",NULL}'`,
  `UPDATE source SET spend_micros = 9223372036854775807, spend_month = '2026-11-01'`,
  `INSERT INTO theme (id, aspect, fingerprint, name) VALUES (9007199254740993, 'sales', '', '(,)')`,
  `INSERT INTO tombstone (hash, reason) VALUES ('\\x00ff5c22', 'erased')`,
  `INSERT INTO audit_log (actor, action, subject, detail) VALUES ('x', 'y', '', 'null'), ('x', 'y', '', '{"n": 12345678901234567890.10, "s": "\\"\\\\"}')`,
];

/** A checksum and a row count of every table that a backup holds, without where the transaction ids go on. */
export async function checksums(sql: Sql): Promise<Readonly<Record<string, string>>> {
  const tables = await sql.query<{ name: string }>(
    `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'rollup', 'rollup_change') ORDER BY 1`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql.query<{ sum: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(json, ',' ORDER BY json COLLATE "C")), '') AS sum
         FROM (SELECT (to_jsonb(t) - 'xid_offset')::text AS json FROM ${name} t) AS rows`,
    );
    sums[name] = row?.sum ?? '';
  }
  return sums;
}
