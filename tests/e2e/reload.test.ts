import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { freePort } from '../support/redis.ts';
import { earshot, type Running } from '../support/run-script.ts';

const CONFIG = `workspace: { name: Fernhill, timezone: UTC }
departments: [{ name: product, aspects: [product, pricing, service, sales] }]
receivers:
  - { name: before, file: [{ path: before.ndjson }] }
  - { name: after, file: [{ path: after.ndjson }] }
route: { receiver: before, department: product, group_by: ['...'], group_wait: 0s }
`;

describe('a config that changes while Earshot runs', () => {
  let fresh: FreshDatabase;
  let folder: string;
  let env: Record<string, string>;
  let running: Running;
  let key: string;
  let log = '';
  beforeAll(async () => {
    fresh = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'earshot-reload-'));
    env = {
      DATABASE_URL: fresh.url,
      EARSHOT_CONFIG: join(folder, 'earshot.yaml'),
      EARSHOT_DATA: folder,
      PORT: String(await freePort()),
      HOOK: 'https://evil.example/x',
      LOG_LEVEL: 'info',
    };
    await writeFile(env.EARSHOT_CONFIG ?? '', CONFIG);
    running = earshot(['start'], env);
    running.child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    await running.says('Ctrl-C stops it');
    key = (await earshot(['keys', 'add', 'crm', '--scope', 'intake'], env).ended).stdout.trim();
  });
  afterAll(async () => {
    running.child.kill('SIGKILL');
    await fresh.close();
    await rm(folder, { recursive: true, force: true });
  });

  const write = (text: string) => writeFile(env.EARSHOT_CONFIG ?? '', text);
  const url = (path: string) => `http://127.0.0.1:${env.PORT}${path}`;
  const push = async (id: string): Promise<number> => {
    const text = `The app crashes every time I open report ${id}`;
    const mention = { id, text, author: { handle: id }, occurred_at: new Date().toISOString() };
    const answer = await fetch(url('/api/v1/mentions'), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'crm', mentions: [mention] }),
    });
    return answer.status;
  };
  const wrote = async (file: string): Promise<string> => readFile(join(folder, file), 'utf8').catch(() => '');
  const isWell = async (): Promise<string | undefined> =>
    /^config_last_reload_successful (\d)$/m.exec(await (await fetch(url('/metrics'))).text())?.[1];
  const soon = { timeout: 25_000, interval: 200 };

  it('is refused as a whole when it is bad, and the one before stays', { timeout: 60_000 }, async () => {
    expect(await isWell()).toBe('1');
    await write(CONFIG.replace('receiver: before,', 'receiver: nowhere,'));

    await vi.waitFor(async () => expect(await isWell()).toBe('0'), soon);

    expect(await push('1')).toBe(202);
    await vi.waitFor(async () => expect(await wrote('before.ndjson')).toContain('report 1'), soon);
    expect(await fresh.database.query('SELECT origin, message FROM config_refusal')).toEqual([
      { origin: env.EARSHOT_CONFIG, message: expect.stringMatching(/earshot\.yaml:6:\d+: .*nowhere/s) },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(log.match(/the config was refused/g)).toHaveLength(1);
  });

  it('is refused as well when what it names cannot be made, and was never in force', {
    timeout: 60_000,
  }, async () => {
    await write(CONFIG.replace('file: [{ path: after', "slack: [{ url: '${HOOK}' }], file: [{ path: after"));

    await vi.waitFor(
      async () =>
        expect(await fresh.database.query('SELECT message FROM config_refusal')).toEqual([
          { message: expect.stringContaining('hooks.slack.com') },
        ]),
      soon,
    );

    expect(await fresh.database.query('SELECT yaml FROM config_version')).toEqual([{ yaml: CONFIG }]);
    expect(await isWell()).toBe('0');
  });

  it('takes over as a whole when it is good, at a signal at once, and no mention is lost', {
    timeout: 90_000,
  }, async () => {
    await write(CONFIG.replace('receiver: before,', 'receiver: after,'));
    running.child.kill('SIGHUP');
    const taken: string[] = [];
    for (let n = 100; !log.includes('another config is in force'); n += 1) {
      expect(await push(String(n))).toBe(202);
      taken.push(String(n));
    }

    await vi.waitFor(async () => expect(await isWell()).toBe('1'), soon);
    expect(await push('2')).toBe(202);

    await vi.waitFor(async () => expect(await wrote('after.ndjson')).toContain('report 2'), soon);
    await vi.waitFor(async () => {
      const all = `${await wrote('before.ndjson')}${await wrote('after.ndjson')}`;
      for (const id of taken) expect(all).toContain(`report ${id}"`);
    }, soon);
    expect(await wrote('before.ndjson')).not.toContain('report 2"');
    expect(await fresh.database.query('SELECT FROM config_refusal')).toEqual([]);
    const actions = await fresh.database.query<{ action: string }>(
      `SELECT action FROM audit_log WHERE actor = 'config' ORDER BY audit_log.id`,
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'config accepted',
      'config refused',
      'config refused',
      'config accepted',
    ]);
  });

  it('ends as well as any other', { timeout: 30_000 }, async () => {
    running.child.kill('SIGTERM');

    expect(await running.ended).toMatchObject({ code: 0, signal: null });
  });
});
