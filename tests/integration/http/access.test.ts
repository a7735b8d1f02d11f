import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError, type Http, openHttp } from './http-fixture.ts';

let http: Http;
let readKey: string;
beforeAll(async () => {
  http = await openHttp();
  readKey = await http.key('read');
});
afterAll(() => http.close());

const TODAY = new Date().toISOString().slice(0, 10);
const PAGES = [
  '/',
  '/digests/executive',
  `/digests/executive/${TODAY}`,
  `/digests/executive/${TODAY}/evidence`,
  `/api/v1/digests/executive/${TODAY}`,
  '/mentions/1',
  '/metrics',
];

describe('before the application is in', () => {
  it('the door says that it lives and that the rest has to wait', async () => {
    const [alive, ready] = [await http.ask('/healthz'), await http.ask('/readyz')];

    expect([alive.status, alive.json()]).toEqual([200, { status: 'ok' }]);
    expect(expectError(ready, { status: 503, kind: 'unavailable' })).toContain('starting');
    expect(ready.headers['retry-after']).toBe('2');
    http.admit();
    expect((await http.ask('/readyz')).status).toBe(200);
  });
});

describe('who may read', () => {
  it.each(PAGES)('the operator at this machine: %s', async (path) => {
    expect([200, 302, 404]).toContain((await http.ask(path)).status);
  });

  it.each(PAGES)('nobody who came by another name or through a proxy, without a key: %s', async (path) => {
    for (const headers of [
      { host: 'earshot.evil.example' },
      { host: 'localhost.evil.example' },
      { host: '127.0.0.1.evil.example:4000' },
      { 'x-forwarded-for': '203.0.113.7' },
      { 'x-forwarded-for': '127.0.0.1' },
      { forwarded: 'for=203.0.113.7' },
      { 'x-real-ip': '203.0.113.7' },
    ]) {
      const answer = await http.ask(path, { headers });

      expect(expectError(answer, { status: 401, kind: 'auth' }), JSON.stringify(headers)).toContain(
        'scope "read"',
      );
    }
  });

  it.each(['localhost', 'localhost:4000', '127.0.0.1', '127.0.0.1:80', '[::1]:4000', 'LOCALHOST'])(
    'who asks for %s',
    async (host) => {
      expect((await http.ask(`/digests/executive/${TODAY}`, { headers: { host } })).status).toBe(200);
    },
  );

  it('everybody with a key of scope read', async () => {
    const headers = {
      host: 'earshot.example',
      'x-forwarded-for': '203.0.113.7',
      authorization: `Bearer ${readKey}`,
    };

    const answer = await http.ask(`/digests/executive/${TODAY}`, { headers });

    expect(answer.status).toBe(200);
  });

  it.each<[string, () => Promise<string>]>([
    ['unknown', async () => 'earshot_wrong'],
    ['of scope intake alone', () => http.key('intake')],
  ])('nobody with a key that is %s', async (_, keyOf) => {
    const headers = { host: 'earshot.example', authorization: `Bearer ${await keyOf()}` };

    expectError(await http.ask('/mentions/1', { headers }), { status: 401, kind: 'auth' });
  });

  it('whether it lives and is ready: everybody', async () => {
    const headers = { host: 'earshot.example', 'x-forwarded-for': '203.0.113.7' };

    expect((await http.ask('/healthz', { headers })).status).toBe(200);
    expect((await http.ask('/readyz', { headers })).status).toBe(200);
  });
});

describe('every answer', () => {
  it.each([...PAGES, '/healthz', '/nowhere'])(
    'forbids scripts, frames and other hosts, and is not kept: %s',
    async (path) => {
      const { headers } = await http.ask(path);

      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toContain('script-src');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );
});

describe('what is not there', () => {
  it.each([
    '/nowhere',
    '/api/v1/nothing',
    '/digests/unknown',
    `/digests/unknown/${TODAY}`,
    '/mentions/999999999999999',
    '/mentions/abc',
    '/mentions/1%20OR%201=1',
    `/mentions/${'9'.repeat(40)}`,
    '/mentions/-1',
    `/digests/executive/${TODAY}/evidence?day=1999-01-01`,
  ])('%s is answered 404', async (path) => {
    expectError(await http.ask(path), { status: 404, kind: 'not-found' });
  });

  it('shows what was asked for as JSON text only', async () => {
    const answer = await http.ask('/<script>alert(1)</script>');

    expectError(answer, { status: 404, kind: 'not-found' });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it.each(['PUT', 'DELETE', 'POST'] as const)('%s on a page is answered 404', async (method) => {
    expectError(await http.ask('/mentions/1', { method }), { status: 404, kind: 'not-found' });
  });
});

describe('a question that makes no sense', () => {
  it.each([
    '/digests/executive/yesterday',
    '/digests/executive/2026-02-30',
    '/digests/executive/2026-13-01',
    '/digests/executive/0000-01-01',
    '/mentions/%ff',
    '/mentions/%00',
    `/digests/executive/${TODAY}/evidence?polarity=bad`,
    `/digests/executive/${TODAY}/evidence?account=1%20OR%201=1`,
    `/digests/executive/${TODAY}/evidence?account=999999999999999`,
    `/digests/executive/${TODAY}/evidence?aspect=%00`,
    `/digests/executive/${TODAY}/evidence?aspect=%ED%A0%80`,
    `/digests/executive/${TODAY}/evidence?offset=1e300`,
    `/digests/executive/${TODAY}/evidence?offset=99999999999999999999`,
    `/digests/executive/${TODAY}/evidence?offset=-5`,
    `/digests/executive/${TODAY}/evidence?offset=abc`,
    `/digests/executive/${TODAY}/evidence?outcome=routed&outcome=ours`,
    '/digests/executive/9999-12-31',
    '/digests/executive/0001-01-01',
  ])('%s is no fault of ours', async (path) => {
    const answer = await http.ask(path);

    expect([200, 400, 404], answer.text).toContain(answer.status);
    if (answer.status !== 200) expect(Object.keys(answer.json())).toEqual(['error']);
  });
});

describe('a database that is gone', () => {
  it('makes it not ready, while it still lives, until the database is back', async () => {
    await http.line.cut();

    expectError(await http.ask('/readyz'), { status: 503, kind: 'unavailable' });
    const page = await http.ask('/mentions/1');
    expectError(page, { status: 503, kind: 'unavailable' });
    expect(page.headers['retry-after']).toBe('5');
    expectError(await http.ask('/metrics'), { status: 503, kind: 'unavailable' });
    const withKey = { host: 'earshot.example', authorization: `Bearer ${readKey}` };
    expectError(await http.ask('/mentions/1', { headers: withKey }), { status: 503, kind: 'unavailable' });
    expect((await http.ask('/healthz')).status).toBe(200);

    await http.line.mend();
    expect((await http.ask('/readyz')).json()).toEqual({ status: 'ready', database: 'ok', queue: 'ok' });
  });
});

describe('a database that says nothing', () => {
  it('keeps no request waiting', async () => {
    expect((await http.ask('/mentions/1')).status).toBe(404);
    http.line.hold();

    const [page, ready] = await Promise.all([http.ask('/mentions/1'), http.ask('/readyz')]);
    expectError(page, { status: 503, kind: 'unavailable' });
    expectError(ready, { status: 503, kind: 'unavailable' });
    expect([page.headers['retry-after'], ready.headers['retry-after']]).toEqual(['5', '5']);

    http.line.letThrough();
    expect((await http.ask('/mentions/1')).status).toBe(404);
  });
});

describe('metrics', () => {
  it('are in the format of Prometheus and tell what waits', async () => {
    const { headers, text } = await http.ask('/metrics');

    expect(headers['content-type']).toMatch(/^text\/plain/);
    for (const name of [
      'backlog{stage="analyse"} 0',
      'dlq_size 0',
      'outbox_oldest_due_seconds 0',
      'process_cpu_seconds_total',
    ]) {
      expect(text).toContain(name);
    }
  });
});
