import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { httpDeps } from '../../../src/app/http-deps.ts';
import { createLiveEvents } from '../../../src/store/live-events.ts';
import { ago, done, list, seedCases } from './case-fixture.ts';
import { expectError, type Http, openHttp, type Visitor } from './http-fixture.ts';

let http: Http;
beforeAll(async () => {
  http = await openHttp({ deps: { heartbeatMs: 200 } });
  http.admit();
});
afterAll(() => http.close());

/** A stream as a browser reads it. */
async function watch(visitor: Visitor, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const {
    statusCode,
    headers: answered,
    body,
  } = await request(`${http.url}/api/v1/events`, {
    headers: { ...visitor.headers, ...headers },
    signal: stop.signal,
  });
  let text = '';
  let isOver = false;
  const reading = (async () => {
    for await (const chunk of body) text += String(chunk);
    isOver = true;
  })().catch(() => undefined);
  return {
    statusCode,
    type: answered['content-type'],
    text: () => text,
    isOver: () => isOver,
    /** Data of the events of one name. */
    events: (name: string) =>
      [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].flatMap(([, event, data = '']) =>
        event === name ? [JSON.parse(data) as Record<string, unknown>] : [],
      ),
    async stop() {
      stop.abort();
      await reading;
    },
  };
}

const soon = { timeout: 20_000, interval: 20 };
const about = (text: string) =>
  seedCases(http, {
    mentions: [{ text, at: ago(1), author: 'ann', opinions: [{ aspect: 'sales', polarity: 'negative' }] }],
  });

describe('the stream of what changes', () => {
  it('tells which cases of the person’s departments opened and changed, and no words of them', async () => {
    const [sales, product] = [await http.signIn('agent', 'sales'), await http.signIn('agent', 'product')];
    const [ours, theirs] = [await watch(sales), await watch(product)];
    await vi.waitFor(() => expect(ours.text()).toContain('still here'), soon);

    await about('Sales promised what nobody can keep');
    const [row] = await list(sales);
    await vi.waitFor(() => expect(ours.events('cases')).toHaveLength(1), soon);
    await done(sales, row ?? { id: '', version: 0 }, { kind: 'accept' });
    await vi.waitFor(() => expect(ours.events('cases')).toHaveLength(2), soon);

    expect(ours.type).toBe('text/event-stream');
    expect(ours.events('cases')).toEqual(
      [1, 2].map(() => ({ department: 'sales', ids: [row?.id], more: false })),
    );
    expect(ours.text()).not.toContain('promised');
    expect(theirs.events('cases')).toEqual([]);
    await Promise.all([ours.stop(), theirs.stop()]);
  });

  it('hears what another process did', async () => {
    const admin = await http.signIn('admin');
    const stream = await watch(admin);
    await vi.waitFor(() => expect(stream.text()).toContain('still here'), soon);

    await http.fresh.database.execute(
      `INSERT INTO cases (department_id, case_key) SELECT d.id, 'key ' || n FROM department d, generate_series(1, 150) n WHERE d.name = 'product'`,
    );

    await vi.waitFor(() => expect(stream.events('cases')).toHaveLength(1), soon);
    expect(stream.events('cases')[0]).toMatchObject({ department: 'product', more: true });
    await stream.stop();
  });

  it.each<[string, (visitor: Visitor) => Promise<unknown>]>([
    ['signs out', (visitor) => visitor.ask('/api/v1/session', { method: 'DELETE' })],
    [
      'gets another role',
      (visitor) =>
        http.fresh.database.execute('DELETE FROM session WHERE person_id = $1::int', Number(visitor.id)),
    ],
    ['was idle for too long', () => http.fresh.database.execute(`UPDATE session SET expires_at = now()`)],
  ])('ends when its person %s', async (_, leave) => {
    const visitor = await http.signIn('agent', 'sales');
    const stream = await watch(visitor);
    await vi.waitFor(() => expect(stream.text()).toContain('still here'), soon);

    await leave(visitor);

    await vi.waitFor(() => expect(stream.isOver()).toBe(true), soon);
    expect(stream.events('end')).toHaveLength(1);
  });

  it('does not count as use of the session', async () => {
    const visitor = await http.signIn('agent', 'sales');
    await http.fresh.database.execute(
      `UPDATE session SET last_seen_at = now() - interval '5 minutes' WHERE person_id = $1::int`,
      Number(visitor.id),
    );
    const stream = await watch(visitor);
    await vi.waitFor(() => expect(stream.text().split('still here').length).toBeGreaterThan(3), soon);
    await http.fresh.database.execute(
      `UPDATE session SET last_seen_at = now() - interval '31 minutes' WHERE person_id = $1::int`,
      Number(visitor.id),
    );

    await vi.waitFor(() => expect(stream.isOver()).toBe(true), soon);
  });

  it('says that something may have been missed to who comes again, and after the connection broke', async () => {
    const visitor = await http.signIn('agent', 'sales');
    const stream = await watch(visitor, { 'last-event-id': '0' });
    await vi.waitFor(() => expect(stream.events('resync')).toHaveLength(1), soon);
    await vi.waitFor(() => expect(stream.text()).toContain('still here'), soon);

    await http.line.cut();
    await http.line.mend();

    await vi.waitFor(() => expect(stream.events('resync')).toHaveLength(2), soon);
    await about('Sales shouted at my colleague');
    await vi.waitFor(() => expect(stream.events('cases')).toHaveLength(1), soon);
    await stream.stop();
  });

  it('is for who has signed in, and for so many tabs of theirs', async () => {
    expectError(await http.ask('/api/v1/events'), { status: 401, kind: 'auth' });
    const key = await http.key('read');
    const headers = { authorization: `Bearer ${key}` };
    expectError(await http.ask('/api/v1/events', { headers }), { status: 401, kind: 'auth' });
    const visitor = await http.signIn('agent', 'sales');
    const streams = await Promise.all(Array.from({ length: 10 }, () => watch(visitor)));

    expect((await visitor.ask('/api/v1/events')).status).toBe(409);
    await streams[0]?.stop();
    await vi.waitFor(async () => {
      const again = await watch(visitor);
      expect(again.statusCode).toBe(200);
      streams.push(again);
    }, soon);
    await Promise.all(streams.map((stream) => stream.stop()));
  });

  it('ends when the application closes', async () => {
    const live = createLiveEvents({ databaseUrl: http.fresh.url, onError: () => undefined });
    const told: string[] = [];
    live.subscribe(({ kind }) => told.push(kind));

    await live.close();

    expect(told).toEqual(['closing']);
    expect(httpDeps(http.app).live).toBe(http.app.live);
  });
});
