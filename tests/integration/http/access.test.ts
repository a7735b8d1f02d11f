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
const DATA = [
  '/api/v1/digests',
  `/api/v1/digests/executive/${TODAY}`,
  `/api/v1/digests/executive/${TODAY}/evidence`,
  '/api/v1/mentions/1',
  '/api/v1/mentions?outcome=unsure',
  '/api/v1/cases',
  '/api/v1/cases/1',
  '/api/v1/sources',
];
const PROXIED = [
  { host: 'earshot.evil.example' },
  { host: 'localhost.evil.example' },
  { host: '127.0.0.1.evil.example:4000' },
  { 'x-forwarded-for': '203.0.113.7' },
  { 'x-forwarded-for': '127.0.0.1' },
  { forwarded: 'for=203.0.113.7' },
  { 'x-real-ip': '203.0.113.7' },
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

describe('what customers said', () => {
  it.each(DATA)('is read by nobody who has not signed in, not even at this machine: %s', async (path) => {
    for (const headers of [{}, ...PROXIED])
      expectError(await http.ask(path, { headers }), { status: 401, kind: 'auth' });
  });

  it.each(DATA)('is read with a key of scope read, from wherever: %s', async (path) => {
    const headers = { host: 'earshot.example', authorization: `Bearer ${readKey}` };

    expect([200, 404]).toContain((await http.ask(path, { headers })).status);
  });

  it.each<[string, () => Promise<string>]>([
    ['unknown', async () => 'earshot_wrong'],
    ['of scope intake alone', () => http.key('intake')],
  ])('is read by nobody with a key that is %s', async (_, keyOf) => {
    const headers = { authorization: `Bearer ${await keyOf()}` };

    expectError(await http.ask('/api/v1/mentions/1', { headers }), { status: 401, kind: 'auth' });
  });

  it('is not read with a key by who presents a session as well, when the key is wrong', async () => {
    const admin = await http.signIn('admin');
    const headers = { authorization: 'Bearer earshot_wrong' };

    expectError(await admin.ask('/api/v1/cases', { headers }), { status: 401, kind: 'auth' });
  });
});

describe('metrics', () => {
  it('are read at this machine without a key, and from elsewhere with one of scope read', async () => {
    expect((await http.ask('/metrics')).status).toBe(200);
    for (const headers of PROXIED) {
      expectError(await http.ask('/metrics', { headers }), { status: 401, kind: 'auth' });
      const withKey = { ...headers, authorization: `Bearer ${readKey}` };
      expect((await http.ask('/metrics', { headers: withKey })).status).toBe(200);
    }
  });

  it.each(['localhost', 'localhost:4000', '127.0.0.1', '127.0.0.1:80', '[::1]:4000', 'LOCALHOST'])(
    'are at this machine for who asks for %s',
    async (host) => {
      expect((await http.ask('/metrics', { headers: { host } })).status).toBe(200);
    },
  );

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

describe('whether it lives and is ready', () => {
  it('is told everybody', async () => {
    const headers = { host: 'earshot.example', 'x-forwarded-for': '203.0.113.7' };

    expect((await http.ask('/healthz', { headers })).status).toBe(200);
    expect((await http.ask('/readyz', { headers })).status).toBe(200);
  });
});

describe('every answer', () => {
  it.each([...DATA, '/api/v1/session', '/api/v1/openapi.json', '/api/docs', '/healthz', '/nowhere'])(
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
    '/api/v1/digests/unknown',
    `/api/v1/digests/unknown/${TODAY}`,
    '/api/v1/digests/executive/yesterday',
    '/api/v1/digests/executive/2026-02-30',
    '/api/v1/mentions/999999999999999',
    '/api/v1/mentions/abc',
    '/api/v1/mentions/1%20OR%201=1',
    `/api/v1/mentions/${'9'.repeat(40)}`,
    '/api/v1/mentions/-1',
    '/api/v1/cases/999999999999999999',
    `/api/v1/digests/executive/${TODAY}/evidence?day=1999-01-01`,
  ])('%s is answered 404', async (path) => {
    const headers = { authorization: `Bearer ${readKey}` };

    expectError(await http.ask(path, { headers }), { status: 404, kind: 'not-found' });
  });

  it('shows what was asked for as JSON text only', async () => {
    const answer = await http.ask('/<script>alert(1)</script>');

    expectError(answer, { status: 404, kind: 'not-found' });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });
});

describe('a question that makes no sense', () => {
  it.each([
    '/api/v1/digests/executive/2026-13-01',
    '/api/v1/digests/executive/0000-01-01',
    '/api/v1/digests/executive/9999-12-31',
    '/api/v1/digests/executive/0001-01-01',
    '/api/v1/mentions/%ff',
    '/api/v1/mentions/%00',
    ...[
      'polarity=bad',
      'account=1%20OR%201=1',
      'account=999999999999999',
      'aspect=%00',
      'aspect=%ED%A0%80',
      'offset=1e300',
      'offset=99999999999999999999',
      'offset=-5',
      'offset=abc',
      'outcome=routed&outcome=ours',
    ].map((query) => `/api/v1/digests/executive/${TODAY}/evidence?${query}`),
    ...[
      "q='%3B%20drop%20table%20cases--",
      'q=%00',
      'q=%25%5F%5C',
      'q=aspect:%27',
      'q=since:2026-11-26T00:00:00Z%27',
      'q=assignee:%221%20or%201=1%22%20tier:%E2%82%AC',
      "q=source:'%3B*%20people%3E1",
      'limit=0',
      'limit=201',
      'limit=abc',
      'cursor=abc',
      'cursor=MjAyNi0xMS0yNiAx',
      'tab=all',
      'sort=id%20desc%3B%20select%20pg_sleep(5)',
      'department=legal',
    ].map((query) => `/api/v1/cases?${query}`),
  ])('%s is no fault of ours', async (path) => {
    const headers = { authorization: `Bearer ${readKey}` };

    const answer = await http.ask(path, { headers });

    expect([200, 400, 404], answer.text).toContain(answer.status);
    if (answer.status !== 200) expect(Object.keys(answer.json())).toEqual(['error']);
  });
});

describe('a database that is gone', () => {
  it('makes it not ready, while it still lives, until the database is back', async () => {
    await http.line.cut();

    expectError(await http.ask('/readyz'), { status: 503, kind: 'unavailable' });
    expectError(await http.ask('/metrics'), { status: 503, kind: 'unavailable' });
    const headers = { authorization: `Bearer ${readKey}` };
    const answer = await http.ask('/api/v1/mentions/1', { headers });
    expectError(answer, { status: 503, kind: 'unavailable' });
    expect(answer.headers['retry-after']).toBe('5');
    expect((await http.ask('/healthz')).status).toBe(200);

    await http.line.mend();
    expect((await http.ask('/readyz')).json()).toEqual({ status: 'ready', database: 'ok', queue: 'ok' });
  });
});

describe('a database that says nothing', () => {
  it('keeps no request waiting', async () => {
    const headers = { authorization: `Bearer ${readKey}` };
    const read = () => http.ask('/api/v1/mentions/1', { headers });
    expect((await read()).status).toBe(404);
    http.line.hold();

    const [page, ready] = await Promise.all([read(), http.ask('/readyz')]);
    expectError(page, { status: 503, kind: 'unavailable' });
    expectError(ready, { status: 503, kind: 'unavailable' });
    expect([page.headers['retry-after'], ready.headers['retry-after']]).toEqual(['5', '5']);

    http.line.letThrough();
    expect((await read()).status).toBe(404);
  });
});
