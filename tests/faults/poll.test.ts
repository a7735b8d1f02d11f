import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { earshot } from '../support/run-script.ts';

const PAGE = 500;
const KILLS = ['poll.fetched:2', 'poll.inserted', 'poll.inserted:2', 'poll.committed', 'poll.committed:2'];
const WAIT = { timeout: 60_000, interval: 200 };

const rows = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, index) => `${from + index},post ${from + index},2026-01-01T10:00:00Z\n`,
  ).join('');

describe('a poller that is killed', () => {
  let fresh: FreshDatabase;
  let folder: string;
  let file: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    fresh = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'earshot-poll-'));
    file = join(folder, 'posts.csv');
    const config = join(folder, 'earshot.yaml');
    await writeFile(
      config,
      `workspace: { name: Fernhill }
departments: [{ name: product, aspects: [product] }]
sources: [{ name: posts, kind: file, path: posts.csv, platform: club, every: 1s }]
receivers: [{ name: everything, file: [{ path: out.ndjson }] }]
route: { receiver: everything, department: product }
`,
    );
    env = {
      DATABASE_URL: fresh.url,
      EARSHOT_DATA: folder,
      EARSHOT_CONFIG: config,
      PORT: '0',
      LOG_LEVEL: 'error',
    };
  });
  afterAll(async () => {
    await fresh.close();
    await rm(folder, { recursive: true, force: true });
  });

  const facts = async () =>
    (
      await fresh.database.query<{ mentions: number; hearings: number; cursor: string | null }>(
        `SELECT (SELECT count(*)::int FROM mention) AS mentions, (SELECT count(*)::int FROM hearing) AS hearings, (SELECT cursor FROM source WHERE name = 'posts') AS cursor`,
      )
    )[0];
  /** Records the source has moved past, as its cursor says. */
  const passed = (cursor: string | null | undefined): number => Number(cursor?.split(':').at(-1) ?? 0);

  it('loses nothing, doubles nothing, and its cursor is never ahead of what is stored', {
    timeout: 240_000,
  }, async () => {
    let written = 0;
    await writeFile(file, 'id,text,date\n');
    for (const failAt of KILLS) {
      await appendFile(file, rows(written, (written += 2 * PAGE + 100)));
      const killed = await earshot(['start'], { ...env, FAIL_AT: failAt }).ended;

      expect(killed.signal, failAt).toBe('SIGKILL');
      // The dead poller's lease runs out by itself within 15 s, as it does after the last kill; the others need not wait for it.
      if (failAt !== KILLS.at(-1)) await fresh.database.execute('UPDATE source SET lease_until = now()');
      const left = await facts();
      expect(left?.mentions, failAt).toBe(passed(left?.cursor));
    }

    const running = earshot(['start'], env);
    await vi.waitFor(async () => expect((await facts())?.mentions).toBe(written), WAIT);
    running.child.kill('SIGTERM');

    expect((await running.ended).code).toBe(0);
    expect(await facts()).toMatchObject({ mentions: written, hearings: written });
  });
});
