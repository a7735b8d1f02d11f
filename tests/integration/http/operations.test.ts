import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeliveryStore } from '../../../src/store/delivery-store.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let admin: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  admin = await http.signIn('admin');
  await http.fresh.database.execute(
    `INSERT INTO delivery (message_id, receiver, integration, integration_number, kind, message, status, attempts, delivered_at, last_error)
     SELECT 'message-' || n, 'everything', 'file', 0, 'notification', jsonb_build_object('id', 'message-' || n, 'kind', 'notification', 'subject', 'Subject ' || n, 'text', '', 'payload', '{}'::jsonb, 'createdAt', now()),
            (ARRAY['pending', 'sending', 'delivered', 'dead'])[n % 4 + 1], CASE WHEN n % 4 = 3 THEN 10 ELSE 1 END, CASE WHEN n % 4 = 2 THEN now() END, CASE WHEN n % 4 = 3 THEN 'invalid-input: no_text' END
       FROM generate_series(0, 11) n`,
  );
  await http.fresh.database.execute(
    `UPDATE delivery SET due_at = now() + interval '1 day' WHERE status = 'pending'`,
  );
});
afterAll(() => http.close());

const deliveries = async (query = '') =>
  readAnswer('listDeliveries', await admin.ask(`/api/v1/deliveries${query}`));
const replay = async (...ids: string[]) =>
  readAnswer(
    'replayDeliveries',
    await admin.ask('/api/v1/deliveries/replay', { method: 'POST', json: { ids } }),
  ).results.map(({ result }) => result);

describe('a destination that is switched off', () => {
  it('is shown with what waits for it, and is switched on once', async () => {
    const { database } = http.fresh;
    const name = { receiver: 'everything', integration: 'file', number: 0 };
    await database.execute(
      `INSERT INTO destination (receiver, integration, integration_number, refusals, disabled_at, reason)
       VALUES ('everything', 'file', 0, 1, now() + interval '1 hour', 'not-found: gone')`,
    );
    const off = await admin.ask('/api/v1/destinations/disabled');
    expect(readAnswer('listDisabledDestinations', off).destinations).toMatchObject([
      { ...name, reason: 'not-found: gone', waiting: 3 },
    ]);

    const enable = () => admin.ask('/api/v1/destinations/enable', { method: 'POST', json: name });
    expect((await enable()).status).toBe(200);
    expect((await enable()).status).toBe(404);
    expect(
      readAnswer('listDisabledDestinations', await admin.ask('/api/v1/destinations/disabled')).destinations,
    ).toEqual([]);
  });
});

describe('the ledger of deliveries', () => {
  it('is listed newest first, by filter, in pages', async () => {
    const all = await deliveries();
    const first = await deliveries('?limit=5');
    const second = await deliveries(`?limit=50&cursor=${first.nextCursor}`);

    expect(all.deliveries.map(({ messageId }) => messageId)[0]).toBe('message-11');
    expect([...first.deliveries, ...second.deliveries]).toEqual(all.deliveries);
    expect((await deliveries('?status=dead')).deliveries).toMatchObject([
      { status: 'dead', subject: 'Subject 11', attempts: 10, lastError: 'invalid-input: no_text' },
      { subject: 'Subject 7' },
      { subject: 'Subject 3' },
    ]);
    expect((await deliveries('?receiver=nobody')).deliveries).toEqual([]);
    expect((await deliveries('?kind=digest')).deliveries).toEqual([]);
  });

  it('sends what is dead or delivered once more, under the same id, and leaves the rest alone', async () => {
    const { deliveries: rows } = await deliveries();
    const of = (status: string) => rows.find((row) => row.status === status)?.id ?? '';

    expect(await replay(of('dead'), of('delivered'), of('pending'), of('sending'), '987654321')).toEqual([
      'done',
      'done',
      'conflict',
      'conflict',
      'not-found',
    ]);

    const claimed = await createDeliveryStore(http.fresh.database).claim(50);
    expect(claimed.map(({ message }) => message.id).toSorted()).toEqual([]);
    await http.fresh.database.execute(`UPDATE delivery SET status = 'dead' WHERE status = 'sending'`);
    const free = await createDeliveryStore(http.fresh.database).claim(50);
    expect(free.map(({ id }) => id).toSorted()).toEqual([of('dead'), of('delivered')].toSorted());
    const again = await deliveries();
    expect(again.deliveries.find(({ id }) => id === of('delivered'))).toMatchObject({
      possibleRepeat: true,
      messageId: rows.find(({ id }) => id === of('delivered'))?.messageId,
    });
    const logged = await http.fresh.database.query(
      `SELECT subject FROM audit_log WHERE action = 'delivery replayed' ORDER BY subject`,
    );
    expect(logged).toHaveLength(2);
  });

  it('is for administrators', async () => {
    for (const visitor of [await http.signIn('executive'), await http.signIn('lead', 'sales')]) {
      expectError(await visitor.ask('/api/v1/deliveries'), { status: 403, kind: 'forbidden' });
      const asked = { method: 'POST', json: { ids: ['1'] } } as const;
      expectError(await visitor.ask('/api/v1/deliveries/replay', asked), {
        status: 403,
        kind: 'forbidden',
      });
    }
  });
});

describe('the sources', () => {
  it('are told with their health to everybody who is signed in', async () => {
    await http.fresh.database.execute(
      `INSERT INTO source (name, kind, last_success_at) VALUES ('shop', 'intake', now())`,
    );
    const agent = await http.signIn('agent');

    const { sources } = readAnswer('listSources', await agent.ask('/api/v1/sources'));

    expect(sources).toMatchObject([{ name: 'shop', kind: 'intake', sentence: expect.stringMatching(/\S/) }]);
  });
});
