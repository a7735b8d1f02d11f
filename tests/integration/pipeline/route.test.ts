import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { forgetMentions, openSteps, post, type Steps } from './pipeline-fixture.ts';

let fresh: FreshDatabase;
let steps: Steps;
beforeAll(async () => {
  fresh = await freshDatabase();
  steps = await openSteps(fresh.database);
});
beforeEach(() => forgetMentions(steps));
afterAll(() => fresh.close());

/** More than five words, so that a copy of it is a copy. */
const COPIED = 'Honestly this is what everybody calls bad sales these days';

describe('cases', () => {
  it('are two for one mention with two opinions of two departments', async () => {
    await steps.settle([post('1', 'good product but bad sales')]);

    expect(await steps.cases()).toEqual(['product: 1', 'sales: 1']);
    expect(
      await steps.database.query(
        `SELECT d.name AS department, g.receiver, rm.route_path AS path, rm.why FROM route_match rm
           JOIN department d ON d.id = rm.department_id JOIN routing_group g ON g.id = rm.group_id ORDER BY 1`,
      ),
    ).toEqual([
      {
        department: 'product',
        receiver: 'everything',
        path: 'root/1',
        why: [
          { path: 'root', matchers: [] },
          { path: 'root/1', matchers: ['aspect="product"'] },
        ],
      },
      {
        department: 'sales',
        receiver: 'sales-desk',
        path: 'root/0',
        why: [
          { path: 'root', matchers: [] },
          { path: 'root/0', matchers: ['aspect="sales"'] },
        ],
      },
    ]);
  });

  it('are shared by copied texts, within a batch and across batches', async () => {
    await steps.settle([post('1', COPIED), post('2', `RT @author-1: ${COPIED}`)]);
    await steps.settle([
      post('3', `${COPIED} https://t.example/xyz`),
      post('4', 'Something else entirely, and bad sales'),
    ]);

    expect(await steps.cases()).toEqual(['sales: 1 2 3', 'sales: 4']);
  });

  it('are shared by the messages of a thread', async () => {
    await steps.settle([
      post('1', 'bad sales', { thread: 't-1' }),
      post('2', 'still bad sales, I must say it once more', { thread: 't-1' }),
      post('3', 'bad sales', { thread: 't-2' }),
    ]);

    expect(await steps.cases()).toEqual(['sales: 1 2', 'sales: 3']);
  });

  it('begin anew once the old one is closed', async () => {
    await steps.settle([post('1', COPIED)]);
    await steps.database.execute(`UPDATE cases SET status = 'resolved', closed_at = now()`);

    await steps.settle([post('2', COPIED)]);

    expect(await steps.cases()).toEqual(['sales: 1', 'sales: 2']);
  });

  it('hold two opinions of one mention on one aspect once each', async () => {
    await steps.settle([post('1', 'bad sales and once more bad sales')]);

    expect(await steps.cases()).toEqual(['sales: 1']);
    expect(await steps.count('case_member')).toBe(2);
  });

  it('get no opinion that the classifier is unsure of, though its mention is routed', async () => {
    await steps.settle([post('1', 'good product but maybe bad sales')]);

    expect(await steps.cases()).toEqual(['product: 1']);
    expect(await steps.outcomes()).toEqual({ 1: 'routed' });
  });
});

const dueIn = async (): Promise<Record<string, number | null>> => {
  const rows = await steps.database.query<{ department: string; seconds: number | null }>(
    `SELECT department, round(extract(epoch FROM due_at - now()))::int AS seconds FROM routing_group ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ department, seconds }) => [department, seconds]));
};

describe('groups', () => {
  it('wait group_wait for more of the same', async () => {
    await steps.settle([post('1', 'bad sales')]);
    expect(await steps.flush()).toBe(false);
    expect(await steps.count('notification')).toBe(0);

    await steps.settle([post('2', 'good product and bad sales')]);

    const due = await dueIn();
    expect(Object.keys(due)).toEqual(['product', 'sales']);
    expect(due.sales).toBeGreaterThan(20);
    expect(due.sales).toBeLessThanOrEqual(30);
  });

  it('send what waits once, to every way out of their receiver', async () => {
    await steps.settle([post('1', 'good product'), post('2', 'bad product'), post('3', 'bad sales')]);
    await steps.passGroupTime();

    await steps.flush();

    expect(
      await steps.database.query(
        `SELECT d.receiver, d.integration_number AS number, d.status, d.message->'payload'->>'count' AS count, n.reason
           FROM delivery d JOIN notification n ON n.id = d.notification_id ORDER BY 1, 2`,
      ),
    ).toEqual([
      { receiver: 'everything', number: 0, status: 'pending', count: '2', reason: 'first' },
      { receiver: 'everything', number: 1, status: 'pending', count: '2', reason: 'first' },
      { receiver: 'sales-desk', number: 0, status: 'pending', count: '1', reason: 'first' },
    ]);
    expect(await steps.count('notification')).toBe(2);
    expect(await steps.count('route_match WHERE is_waiting')).toBe(0);
    expect(steps.woken).toContain('deliver');
  });

  it('send nothing twice, whoever flushes', async () => {
    await steps.settle(
      Array.from({ length: 20 }, (_, index) => post(String(index), 'good product, bad sales')),
    );
    await steps.passGroupTime();

    await Promise.all(Array.from({ length: 8 }, () => steps.flush()));
    await steps.flush();

    expect(await steps.count('notification')).toBe(2);
    expect(await steps.count('delivery')).toBe(3);
  });

  it('of a receiver that the config no longer has go to the root’s', async () => {
    await steps.settle([post('1', 'bad sales')]);
    await steps.database.execute(`UPDATE routing_group SET receiver = 'gone'`);
    await steps.passGroupTime();

    await steps.flush();

    expect(await steps.database.query('SELECT DISTINCT receiver FROM delivery')).toEqual([
      { receiver: 'everything' },
    ]);
  });

  it('that have sent wait group_interval before they send again, under a new id', async () => {
    await steps.settle([post('1', 'bad sales')]);
    await steps.passGroupTime();
    await steps.flush();

    await steps.settle([post('2', 'bad sales')]);

    const { sales } = await dueIn();
    expect(sales).toBeGreaterThan(290);
    expect(sales).toBeLessThanOrEqual(300);
    await steps.passGroupTime();
    await steps.flush();
    expect(
      await steps.database.query(
        `SELECT d.message_id AS id, n.reason, d.message->'payload'->>'count' AS count FROM delivery d JOIN notification n ON n.id = d.notification_id ORDER BY d.id`,
      ),
    ).toEqual([
      { id: 'notification:1:1', reason: 'first', count: '1' },
      { id: 'notification:1:2', reason: 'new', count: '1' },
    ]);
  });

  it('do not put their time off when more comes in', async () => {
    await steps.settle([post('1', 'bad sales')]);
    await steps.database.execute(`UPDATE routing_group SET due_at = now() + interval '2 seconds'`);

    await steps.settle([post('2', 'bad sales')]);

    expect((await dueIn()).sales).toBeLessThanOrEqual(2);
  });
});

describe('history', () => {
  const old = { occurredAt: new Date('2015-02-17T12:00:00Z') };

  it('is routed and counted where it happened, and never waits for a notification', async () => {
    await steps.settle([post('1', 'bad sales', old)], { isImport: true });

    expect(await steps.outcomes()).toEqual({ 1: 'routed' });
    expect(await steps.cases()).toEqual(['sales: 1']);
    expect(await dueIn()).toEqual({ sales: null });
    expect(await steps.count('route_match WHERE is_waiting')).toBe(0);
    expect(await steps.database.query(`SELECT DISTINCT bucket FROM rollup_change`)).toEqual([
      { bucket: old.occurredAt },
    ]);
  });

  it('is not sent along with what is new', async () => {
    await steps.settle([post('1', 'bad sales', old), post('2', 'bad sales')], { isImport: true });
    await steps.passGroupTime();

    await steps.flush();

    expect(await steps.database.query(`SELECT message->'payload'->>'count' AS count FROM delivery`)).toEqual([
      { count: '1' },
    ]);
  });

  it('leaves the group_wait of what is new after it as it is', async () => {
    await steps.settle([post('1', 'bad sales', old)], { isImport: true });

    await steps.settle([post('2', 'bad sales')]);

    expect((await dueIn()).sales).toBeGreaterThan(20);
  });
});
