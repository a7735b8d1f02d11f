import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseAction } from '../../../src/domain/case.ts';
import { actOnCase } from '../../../src/pipeline/act-on-case.ts';
import { parseMatchers } from '../../../src/routing/parse-matcher.ts';
import { createCaseStore } from '../../../src/store/case-store.ts';
import { createSilenceStore } from '../../../src/store/silence-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { forgetMentions, openSteps, post, type Steps } from './pipeline-fixture.ts';

const yaml = (night: string): string => `
workspace: { name: Fernhill, timezone: UTC }
departments:
  - { name: product, aspects: [product] }
  - { name: sales, aspects: [sales] }
  - { name: service, aspects: [service, pricing] }
receivers:
  - { name: everything, file: [{ path: all.ndjson }] }
  - { name: office, file: [{ path: office.ndjson }] }
route:
  receiver: everything
  department: service
  group_by: [department, aspect]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - { matchers: ['aspect="pricing"'], receiver: office, mute_time_intervals: [night] }
inhibit_rules:
  - { source_matchers: ['aspect="product"'], target_matchers: ['aspect="service"', 'department="service"'], equal: [platform] }
time_intervals:
  - { name: night, time_intervals: [{ years: ['${night}'] }] }
`;

const ALWAYS = '2000:9999';
const NEVER = '1999';

let fresh: FreshDatabase;
let steps: Steps;
let day: Steps;
let admin: { id: string; name: string; email: string; role: 'admin'; departments: readonly string[] };

beforeAll(async () => {
  fresh = await freshDatabase();
  day = await openSteps(fresh.database, undefined, yaml(NEVER));
  steps = await openSteps(fresh.database, undefined, yaml(ALWAYS));
  const [person] = await fresh.database.query<{ id: string }>(
    `INSERT INTO person (email, name, role) VALUES ('ada@fernhill.example', 'Ada', 'admin') RETURNING id::text`,
  );
  admin = {
    id: person?.id ?? '',
    name: 'Ada',
    email: 'ada@fernhill.example',
    role: 'admin',
    departments: [],
  };
});
afterAll(() => fresh.close());
beforeEach(() => forgetMentions(steps));

const arbitration = {
  arbiter: null,
  destinations: [],
  destinationsOf: () => [],
  publicUrl: 'http://localhost',
};

async function act(department: string, action: CaseAction): Promise<void> {
  const [found] = await fresh.database.query<{ id: string; version: number }>(
    `SELECT c.id::text, c.version FROM cases c JOIN department d ON d.id = c.department_id WHERE d.name = $1 ORDER BY c.id DESC LIMIT 1`,
    department,
  );
  const { id = '', version = 0 } = found ?? {};
  await actOnCase(
    { cases: createCaseStore(fresh.database), arbitration },
    { id, version, action, person: admin },
    new Date(),
  );
}

const RESOLVE: CaseAction = { kind: 'resolve', resolution: 'fixed', note: '' };

/** Lets the time of every group pass once, and tells what was notified: reason, receiver and subject. */
async function pass(through: Steps = steps): Promise<string[]> {
  const [{ last } = { last: '0' }] = await fresh.database.query<{ last: string }>(
    'SELECT coalesce(max(id), 0)::text AS last FROM notification',
  );
  await steps.passGroupTime();
  await through.flush();
  const rows = await fresh.database.query<{ told: string }>(
    `SELECT concat_ws(' ', n.reason, g.receiver, d.message->>'subject') AS told FROM notification n JOIN routing_group g ON g.id = n.group_id
       JOIN delivery d ON d.notification_id = n.id WHERE n.id > $1::bigint ORDER BY 1`,
    last,
  );
  return rows.map(({ told }) => told);
}

const mutes = () =>
  fresh.database.query<{ kind: string; reason: string }>(
    `SELECT mute->>'kind' AS kind, mute->>'reason' AS reason FROM route_match WHERE is_waiting AND mute IS NOT NULL`,
  );

async function silence(matchers: string, minutes: number): Promise<string> {
  const now = Date.now();
  const { id } = await createSilenceStore(fresh.database).add({
    matchers: parseMatchers(matchers),
    spelling: matchers,
    startsAt: new Date(now - 1000),
    endsAt: new Date(now + minutes * 60_000),
    author: 'ada@fernhill.example',
    reason: 'known, fix is out',
  });
  return id;
}

describe('a case that stays open', () => {
  it('is listed again every repeat_interval, until somebody accepts it', async () => {
    await steps.settle([post('1', 'bad sales')]);

    expect(await pass()).toEqual(['first everything sales: 1 opinion of 1 person, 1 negative']);
    expect(await pass()).toEqual(['repeat everything Still open · sales: 1 case']);
    expect(await pass()).toEqual(['repeat everything Still open · sales: 1 case']);

    await act('sales', { kind: 'accept' });
    expect(await pass()).toEqual([]);
    expect(await pass()).toEqual([]);
  });

  it('is told to be over when it is resolved, once, and begins anew with what comes then', async () => {
    await steps.settle([post('1', 'bad sales')]);
    await pass();

    await act('sales', RESOLVE);

    expect(await pass()).toEqual(['resolved everything Resolved · sales: 1 case']);
    expect(await pass()).toEqual([]);
    await steps.settle([post('2', 'bad sales again')]);
    expect(await pass()).toEqual(['first everything sales: 1 opinion of 1 person, 1 negative']);
  });

  it('repeats again when it is reopened', async () => {
    await steps.settle([post('1', 'bad sales')]);
    await pass();
    await act('sales', RESOLVE);
    await pass();

    await act('sales', { kind: 'reopen' });

    expect(await pass()).toEqual([]);
    expect(await pass()).toEqual(['repeat everything Still open · sales: 1 case']);
  });

  it('that was closed before anybody was told of it is not told any more', async () => {
    await steps.settle([post('1', 'bad sales')]);

    await act('sales', RESOLVE);

    expect(await pass()).toEqual([]);
    expect(await steps.count('route_match WHERE is_waiting')).toBe(0);
  });

  it('is quiet while it is snoozed, and what came in meanwhile is told when the snooze is over', async () => {
    await steps.settle([post('1', 'bad sales', { thread: 't' })]);
    await pass();
    await act('sales', { kind: 'snooze', until: new Date(Date.now() + 3_600_000).toISOString() });
    await steps.settle([post('2', 'bad sales', { thread: 't' })]);

    expect(await pass()).toEqual([]);
    expect(await mutes()).toEqual([{ kind: 'snooze', reason: 'snoozed' }]);

    await fresh.database.execute(`UPDATE cases SET snoozed_until = now() - interval '1 second'`);
    expect(await pass()).toEqual(['new everything sales: 1 opinion of 1 person, 1 negative']);
  });
});

describe('a silence', () => {
  it('holds back what fulfils all of its matchers, says why, and lets it go when it is ended', async () => {
    const id = await silence('{aspect="sales", text=~".*bad.*"}', 60);
    await steps.settle([post('1', 'bad sales'), post('2', 'good sales')]);

    expect(await pass()).toEqual(['first everything sales: 1 opinion of 1 person, 0 negative']);
    expect(await mutes()).toEqual([
      { kind: 'silence', reason: 'silenced by ada@fernhill.example: known, fix is out' },
    ]);
    const silences = createSilenceStore(fresh.database);
    expect((await silences.list('active')).map(({ heldBack }) => heldBack)).toEqual([1]);

    await silences.expire(id, 'ada@fernhill.example');

    expect(await pass()).toEqual(['new everything sales: 1 opinion of 1 person, 1 negative']);
    expect(await mutes()).toEqual([]);
  });

  it('silences repeats and ends as well, which come when it is over', async () => {
    await steps.settle([post('1', 'bad sales')]);
    await pass();
    const id = await silence('aspect="sales"', 60);

    expect(await pass()).toEqual([]);
    await act('sales', RESOLVE);
    expect(await pass()).toEqual([]);

    await createSilenceStore(fresh.database).expire(id, 'ada@fernhill.example');
    expect(await pass()).toEqual(['resolved everything Resolved · sales: 1 case']);
  });

  it('is never rewritten or taken away', async () => {
    const id = await silence('aspect="sales"', 1);
    const silences = createSilenceStore(fresh.database);
    await silences.expire(id, 'ada@fernhill.example');

    await expect(silences.expire(id, 'ada@fernhill.example')).rejects.toThrow('is over already');
    await expect(fresh.database.execute(`DELETE FROM silence`)).rejects.toThrow();
    await expect(fresh.database.execute(`UPDATE silence SET reason = 'x'`)).rejects.toThrow();
  });
});

describe('inhibition', () => {
  it('holds the target back while a case of the source is open, and lets it go when that is resolved', async () => {
    await steps.settle([post('1', 'bad product'), post('2', 'bad service')]);

    expect(await pass()).toEqual(['first everything product: 1 opinion of 1 person, 1 negative']);
    expect((await mutes()).map(({ kind }) => kind)).toEqual(['inhibition']);
    await act('product', RESOLVE);
    expect(await pass()).toEqual([
      'first everything service: 1 opinion of 1 person, 1 negative',
      'resolved everything Resolved · product: 1 case',
    ]);
  });

  it('bears only on what has the same labels', async () => {
    await steps.settle([post('1', 'bad product'), post('2', 'bad service', { platform: 'web' })]);

    expect(await pass()).toHaveLength(2);
  });

  it('is not caused by what came in as history', async () => {
    const old = { occurredAt: new Date('2015-02-17T12:00:00Z') };
    await steps.settle([post('1', 'bad product', old)], { isImport: true });
    await steps.settle([post('2', 'bad service')]);

    expect(await pass()).toEqual(['first everything service: 1 opinion of 1 person, 1 negative']);
  });
});

describe('a time interval', () => {
  it('holds a route back, and only that, until it is over', async () => {
    await steps.settle([post('1', 'bad pricing'), post('2', 'bad sales')]);

    expect(await pass()).toEqual(['first everything sales: 1 opinion of 1 person, 1 negative']);
    expect(await mutes()).toEqual([{ kind: 'time', reason: 'muted during "night"' }]);

    expect(await pass(day)).toContain('first office service: 1 opinion of 1 person, 1 negative');
  });
});
