import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { ago, seedCases } from './case-fixture.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let admin: Visitor;
let lead: Visitor;
let yaml: string;

beforeAll(async () => {
  http = await openHttp();
  http.admit();
  admin = await http.signIn('admin');
  lead = await http.signIn('lead', 'sales');
  yaml = readAnswer('getConfig', await admin.ask('/api/v1/config')).text;
  const said = (text: string, aspect: 'sales' | 'pricing' | 'product', minutes: number) => ({
    text,
    at: ago(minutes),
    author: text,
    opinions: [{ aspect, polarity: 'negative' as const }],
  });
  await seedCases(http, {
    mentions: [
      said('Your sales rep lied to us', 'sales', 50),
      said('Twice the price of last year', 'pricing', 40),
      said('The price list is a bad joke', 'pricing', 30),
      said('The app crashes all day', 'product', 20),
      { text: 'Hm, well', at: ago(10), author: 'eve', outcome: 'unsure' },
    ],
  });
});
afterAll(() => http.close());

const tryConfig = (text: string, who = admin, days = 30) =>
  who.ask('/api/v1/config/try', { method: 'POST', json: { yaml: text, days } });
const audits = async (action: string) =>
  http.fresh.database.query<{ actor: string; detail: { diff: string; moved: unknown } }>(
    'SELECT actor, detail FROM audit_log WHERE action = $1 ORDER BY audit_log.id',
    action,
  );

describe('a config that is tried', () => {
  it('changes nothing when it is the one in force', async () => {
    const { diff, backtest } = readAnswer('tryConfig', await tryConfig(yaml));

    expect(diff).toBe('');
    expect(backtest).toMatchObject({
      messages: 5,
      opinions: 4,
      isPartial: false,
      moved: [],
      added: [],
      gone: [],
      digests: [],
      muted: { before: 0, after: 0 },
    });
    expect(backtest.receivers).toEqual([
      { receiver: 'everything', before: expect.any(Number), after: expect.any(Number) },
    ]);
    expect(backtest.receivers[0]?.before).toBe(backtest.receivers[0]?.after);
  });

  it('says who would have got what, who would have been told when, and what digests would have counted', async () => {
    const changed = yaml
      .replace('aspects: [product, service]', 'aspects: [product, service, pricing]')
      .replace('aspects: [sales, pricing]', 'aspects: [sales]')
      .replace('department: product }', 'department: product, group_by: [department] }');

    const { diff, backtest } = readAnswer('tryConfig', await tryConfig(changed));

    expect(diff).toContain('-  - { name: sales, aspects: [sales, pricing] }\n');
    expect(diff).toContain('+  - { name: sales, aspects: [sales] }\n');
    expect(backtest.moved).toEqual([
      {
        from: ['sales'],
        to: ['product'],
        messages: 2,
        samples: [
          { mentionId: expect.any(String), text: 'The price list is a bad joke' },
          { mentionId: expect.any(String), text: 'Twice the price of last year' },
        ],
      },
    ]);
    // One group told of all four; now each department has its own, and the first of sales is told as before.
    const toldOf = (all: typeof backtest.added) =>
      all.flatMap(({ department, opinions }) => (opinions > 0 ? [`${department} ${opinions}`] : []));
    expect(toldOf(backtest.gone)).toEqual(['sales 1', 'sales 1', 'sales 1']);
    expect(toldOf(backtest.added)).toEqual(['product 1', 'product 1', 'product 1']);
    expect(backtest.digests).toEqual([{ digest: 'sales', aspect: 'pricing', before: 2, after: 0 }]);
    expect((await audits('config tried')).at(-1)).toMatchObject({
      actor: expect.stringMatching(/^admin-/),
      detail: { diff, moved: [{ from: ['sales'], to: ['product'], messages: 2 }] },
    });
    expect(readAnswer('getConfig', await admin.ask('/api/v1/config')).text).toBe(yaml);
  });

  it('reads the past again when aspects change', async () => {
    const changed = yaml.replace(
      'departments:',
      "aspects: { app: { description: 'the phone app', seeds: [app] } }\ndepartments:\n  - { name: mobile, aspects: [app] }",
    );

    const { backtest } = readAnswer('tryConfig', await tryConfig(changed));

    // What the new aspect does not touch stays where it was, though the model now reads other opinions than the sample has.
    expect(backtest.moved).toMatchObject([
      {
        from: ['product'],
        to: ['mobile', 'product'],
        messages: 1,
        samples: [{ text: 'The app crashes all day' }],
      },
    ]);
  });

  it('is refused with every fault and its line, and tells others nothing', async () => {
    const answer = await tryConfig(yaml.replace('receiver: everything,', 'receiver: nowhere,'));
    expectError(answer, { status: 400, kind: 'invalid-input' });
    expect(answer.text).toMatch(/proposal:\d+:\d+: .*nowhere/);
    expectError(await tryConfig(yaml, lead), { status: 403, kind: 'forbidden' });
    expectError(await tryConfig(yaml, admin, 366), { status: 400, kind: 'invalid-input' });
  });
});

describe('a silence that is tried', () => {
  it('says what it would have held back', async () => {
    const ask = (matchers: string, who = lead) =>
      who.ask('/api/v1/silences/try', { method: 'POST', json: { matchers } });

    const held = readAnswer('trySilence', await ask('dept:sales aspect:pricing'));

    expect(held).toMatchObject({ muted: { before: 0, after: 2 }, moved: [] });
    expectError(await ask('dept:product'), { status: 403, kind: 'forbidden' });
    expectError(await ask('dept:sales is:open'), { status: 400, kind: 'invalid-input' });
  });
});

describe('thresholds that are tried', () => {
  it('say which spikes they would have told of, and how many cases would have been late', async () => {
    const crowd = (minutes: number, people: number, name: string) =>
      Array.from({ length: people }, (_, n) => ({
        text: `Nobody answers the phone, ${name} ${n}`,
        at: ago(minutes),
        author: `${name} ${n}`,
        opinions: [{ aspect: 'service' as const, polarity: 'negative' as const }],
        outcome: 'routed',
      }));
    await seedWorkspace(http.fresh.database, {
      mentions: [...crowd(40 * 24 * 60, 1, 'once'), ...crowd(5 * 24 * 60, 6, 'crowd')],
    });
    const cases = await http.fresh.database.execute(`UPDATE cases SET opened_at = now() - interval '1 hour'`);
    expect(cases).toBe(4);
    await http.fresh.database.execute(
      `UPDATE cases SET status = 'resolved', outcome = 'fixed', closed_at = now() - interval '50 minutes' WHERE id = (SELECT min(id) FROM cases)`,
    );
    const change = `${yaml}spikes: { min_people: 7 }\ndue: { urgency_0: 20m }\n`;

    const { backtest } = readAnswer('tryConfig', await tryConfig(change));

    expect(backtest.spikes.added).toEqual([]);
    expect(backtest.spikes.gone).toMatchObject([{ aspect: 'service', people: 6, usual: 0 }]);
    expect(backtest.late).toEqual({ before: 0, after: 3 });
  });
});
