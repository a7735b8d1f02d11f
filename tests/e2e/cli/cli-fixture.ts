import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { type Ended, earshot } from '../../support/run-script.ts';

export const CONFIG = `workspace: { name: Fernhill, timezone: Europe/London, ours: { handles: ['@fernhill'] } }
departments:
  - { name: product, aspects: [product, pricing, service] }
  - { name: sales, aspects: [sales] }
receivers: [{ name: all, file: [{ path: outbox.ndjson }] }]
route:
  receiver: all
  department: product
  routes: [{ matchers: ['aspect="sales"'], department: sales }]
`;

/** A workspace of its own for the commands of one test file, and a folder for the files they read. */
export interface Workspace extends FreshDatabase {
  readonly path: (name: string) => string;
  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Runs `earshot …` in this workspace to its end. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
  /** How many rows stand in each table that reading files can fill. */
  counts(): Promise<object | undefined>;
}

export async function openWorkspace(): Promise<Workspace> {
  const fresh = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'earshot-cli-'));
  const path = (name: string): string => join(folder, name);
  await writeFile(path('earshot.yaml'), CONFIG);
  const own = { DATABASE_URL: fresh.url, EARSHOT_CONFIG: path('earshot.yaml'), EARSHOT_DATA: folder };
  return {
    ...fresh,
    path,
    async write(name, content) {
      await writeFile(path(name), content);
      return path(name);
    },
    run: (args, env = {}) => earshot(args, { ...own, ...env }).ended,
    counts: async () => (await fresh.database.query<object>(COUNTS))[0],
    async close() {
      await fresh.close();
      await rm(folder, { recursive: true });
    },
  };
}

const TABLES = [
  'mention',
  'source',
  'ingest_batch',
  'ingest_rejection',
  'account',
  'person',
  'api_key',
  'config_version',
];
const COUNTS = `SELECT ${TABLES.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')}`;

/** A refusal is a few lines on stderr that all say who speaks, without a stack, and nothing on stdout. */
export function expectRefusal(
  { code, stdout, stderr }: Ended,
  expected: { code: number; says: RegExp },
): void {
  const lines = stderr.trimEnd().split('\n');
  expect({ code, stdout }).toEqual({ code: expected.code, stdout: '' });
  expect(stderr).toMatch(expected.says);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(lines.length).toBeLessThanOrEqual(4);
  expect(lines.filter((line) => !/^(earshot|\(|0 texts read)/.test(line))).toEqual([]);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(400);
}
