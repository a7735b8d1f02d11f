import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createCleanup } from '../../src/lib/cleanup.ts';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { databaseUrl } from '../support/global-postgres.ts';
import { type Line, openLine } from '../support/line.ts';
import { hasRedis, NEEDS_REDIS, startRedis, type TestRedis } from '../support/redis.ts';
import { earshotUntil, type Running } from '../support/run-script.ts';

const UP = 'works on';
const WAIT = { timeout: 50_000, interval: 100 };

describe.runIf(hasRedis)(`earshot worker${NEEDS_REDIS}`, { timeout: 90_000 }, () => {
  const cleanup = createCleanup();
  let fresh: FreshDatabase;
  let line: Line;
  let redis: TestRedis;
  let env: Record<string, string>;
  beforeEach(async () => {
    fresh = await freshDatabase();
    cleanup.add('database', fresh.close);
    line = await openLine(fresh.url);
    cleanup.add('line', line.cut);
    redis = await startRedis();
    cleanup.add('redis', redis.close);
    const folder = await mkdtemp(join(tmpdir(), 'earshot-worker-'));
    cleanup.add('folder', () => rm(folder, { recursive: true, force: true }));
    env = { DATABASE_URL: line.url, REDIS_URL: redis.url, EARSHOT_DATA: folder, LOG_LEVEL: 'warn' };
  });
  afterEach(() => cleanup.run());

  function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Running {
    return earshotUntil(cleanup, args, { ...env, ...more });
  }

  async function stop(running: Running): Promise<{ code: number | null; stderr: string }> {
    running.child.kill('SIGTERM');
    const { code, stderr } = await running.ended;
    return { code, stderr };
  }

  it('says in one line what it works on, and ends well when asked', async () => {
    const running = run(['worker', '--queues', 'route,analyse'], { LOG_LEVEL: 'error' });
    await running.says(UP);

    const { code, stderr } = await stop(running);

    expect(code).toBe(0);
    expect(stderr.split('\n').filter((text) => !text.includes('appendonly'))).toEqual([
      'Earshot works on analyse, route; Ctrl-C stops it',
      '',
    ]);
  });

  it('waits for a Redis and a Postgres that are not there yet, and says so', async () => {
    await redis.kill();
    await line.cut();
    const running = run(['worker']);

    await running.says('waiting: Redis does not answer (ECONNREFUSED)');
    await redis.restart();
    await running.says('waiting: The database does not answer (ECONNREFUSED)');
    await line.mend();
    await running.says(UP);

    expect((await stop(running)).code).toBe(0);
  });

  it('ends well while it waits', async () => {
    await redis.kill();
    const running = run(['worker']);
    await running.says('waiting: ');

    expect((await stop(running)).code).toBe(0);
  });

  it('ends well while Redis is away', async () => {
    const running = run(['worker']);
    await running.says(UP);
    await redis.kill();
    await running.says('the queue is away');

    expect((await stop(running)).code).toBe(0);
  });

  it('refuses a Redis that would throw work away, and says what to set', async () => {
    await redis.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');

    const { code, stderr } = await run(['worker']).ended;

    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(stderr).toMatch(
      /^earshot: Redis would throw .* `redis-cli CONFIG SET maxmemory-policy noeviction`/,
    );
  });

  it('refuses a database that does not take the login, rather than wait', async () => {
    const wrong = new URL(fresh.url);
    wrong.password = 'wrong';

    const { code, stderr } = await run(['worker'], { DATABASE_URL: wrong.href }).ended;

    expect(code).toBe(1);
    expect(stderr).toContain(
      'refuses the user, the password or the database that DATABASE_URL names (28P01)',
    );
  });

  it('outlives a Postgres that goes away and comes back, and tells it once each', async () => {
    const running = run(['worker'], { LOG_LEVEL: 'info' });
    await running.says(UP);

    await line.cut();
    await running.says('what the workers need is away');
    await line.mend();
    const output = await running.says('what the workers need is back');

    expect(output.split('what the workers need is away')).toHaveLength(2);
    expect((await stop(running)).code).toBe(0);
  });

  it('makes an empty database ready once, however many start together', async () => {
    const name = `empty_${Date.now()}`;
    const admin = new pg.Client({ connectionString: inject('postgresUrl') });
    await admin.connect();
    cleanup.add('administrator', () => admin.end());
    await admin.query(`CREATE DATABASE ${name}`);
    cleanup.add('empty database', async () => void (await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)));
    const url = databaseUrl(inject('postgresUrl'), name);

    // Without Redis the queue's own tables are made too.
    const four = Array.from({ length: 4 }, () => run(['worker'], { DATABASE_URL: url, REDIS_URL: '' }));
    await Promise.all(four.map((running) => running.says(UP)));
    const ends = await Promise.all(four.map(stop));

    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(
      'SELECT count(*)::int AS all, count(DISTINCT migration_name)::int AS distinct, (SELECT count(*)::int FROM config_version) AS configs FROM _prisma_migrations',
    );
    await client.end();
    expect(rows).toEqual([{ all: rows[0].distinct, distinct: rows[0].distinct, configs: 1 }]);
  });

  it('leaves intake open while Redis is away: what comes in has its outcome later', async () => {
    const key = (await run(['keys', 'add', 'crm', '--scope', 'intake']).ended).stdout.trim();
    const api = run(['api'], { PORT: '0' });
    const url = /at (http:\S+);/.exec(await api.says('Ctrl-C'))?.[1] ?? '';
    const worker = run(['worker']);
    await worker.says(UP);
    await redis.kill();

    const answer = await fetch(`${url}/api/v1/mentions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        source: 'crm',
        mentions: [
          {
            id: '1',
            text: 'Your sales people are rude',
            author: { handle: 'ann' },
            occurred_at: new Date().toISOString(),
          },
        ],
      }),
    });
    expect(answer.status).toBe(202);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', database: 'ok', queue: 'degraded' },
    ]);

    await redis.restart();
    await vi.waitFor(async () => {
      const rows = await fresh.database.query('SELECT outcome FROM mention');
      expect(rows).toEqual([{ outcome: 'routed' }]);
      expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ queue: 'ok' });
    }, WAIT);
    expect([(await stop(api)).code, (await stop(worker)).code]).toEqual([0, 0]);
  });
});
