import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseCounts } from '../../src/contract/cases.ts';
import { Digest, DigestList, EvidencePage } from '../../src/contract/digests.ts';
import { Session } from '../../src/contract/session.ts';
import { freePort } from '../support/redis.ts';
import { earshot, type Running } from '../support/run-script.ts';

describe('npm run demo', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-demo-'));
    await chmod(folder, 0o755);
  });
  const started: Running[] = [];
  afterAll(async () => {
    for (const { child } of started) child.kill('SIGTERM');
    await Promise.all(started.map(({ ended }) => ended));
    await rm(folder, { recursive: true, force: true });
  });

  it('shows the digest, serves it, delivers, stops on SIGTERM, and finds its data again', {
    timeout: 240_000,
  }, async () => {
    const port = String(await freePort());
    const env = { EARSHOT_DATA: folder, PORT: port };
    const first = earshot(['demo'], env);
    started.push(first);
    await first.says('Ctrl-C stops it');
    expect(await first.says('Next: ')).toContain('EXECUTIVE DIGEST · Fernhill Software');

    const url = `http://127.0.0.1:${port}`;
    const entered = await fetch(`${url}/api/v1/session/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': 'signed-out' },
      body: '{"role":"executive"}',
    });
    const headers = { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
    const read = async (path: string) => (await fetch(`${url}${path}`, { headers })).json();
    expect(Session.parse(await entered.json())).toMatchObject({ me: { role: 'executive' }, canDemo: true });
    const { digests } = DigestList.parse(await read('/api/v1/digests'));
    const digest = Digest.parse(await read(`/api/v1/digests/executive/${digests[0]?.today}`));
    expect(digest.workspace).toBe('Fernhill Software');
    const { pathname, search } = new URL(digest.total.evidence);
    expect(EvidencePage.parse(await read(`/api/v1${pathname}${search}`)).total).toBe(digest.total.messages);
    expect(CaseCounts.parse(await read('/api/v1/cases/counts')).open).toBeGreaterThan(50);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const outbox = await readFile(join(folder, 'outbox', 'executives.ndjson'), 'utf8');
    expect(outbox.split('\n').filter((line) => line.includes('"type":"digest"')).length).toBeGreaterThan(0);

    const stopped = Date.now();
    first.child.kill('SIGTERM');
    const { code } = await first.ended;
    expect({ code, isQuick: Date.now() - stopped < 10_000 }).toEqual({ code: 0, isQuick: true });

    const second = earshot(['demo'], env);
    started.push(second);
    await second.says('Ctrl-C stops it');
    expect(headCount(await second.says('Next: '))).toBe(headCount(await first.says('Next: ')));
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });

  it('says in one line that the port is in use', { timeout: 60_000 }, async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });

    const { code, stderr } = await earshot(['start'], { EARSHOT_DATA: folder, PORT: String(port) }).ended;
    await new Promise((resolve) => server.close(resolve));

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `earshot: Port ${port} on 127.0.0.1 is in use; stop what uses it, or set PORT to another\n`,
    });
  });

  it('says in one line that the data folder cannot be written', { timeout: 60_000 }, async () => {
    const { code, stderr } = await earshot(['demo'], { EARSHOT_DATA: '/proc/earshot', PORT: '0' }).ended;

    expect(code).toBe(1);
    expect(stderr.split('\n').filter((line) => line.includes('cannot be written'))).toHaveLength(1);
    expect(stderr).not.toContain('    at ');
  });
});

/** The line with the day's three numbers. */
function headCount(said: string): string | undefined {
  return /^\d+ messages · \d+ people · \d+ accounts$/m.exec(said)?.[0];
}
