import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rereadBatch } from '../../../src/pipeline/reanalyse.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { ago } from './case-fixture.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

const TEXT = 'The app is slow but the sales rep was kind';

let http: Http;
let admin: Visitor;
let lead: Visitor;
let key: { platform: string; id: string };
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  admin = await http.signIn('admin');
  lead = await http.signIn('lead', 'sales');
  const [seeded] = await seedWorkspace(http.fresh.database, {
    mentions: [
      { text: TEXT, at: ago(5), author: 'ann', opinions: [{ aspect: 'product', polarity: 'negative' }] },
    ],
  });
  const [row] = await http.fresh.database.query<{ platform: string; id: string }>(
    'SELECT platform, external_id AS id FROM mention WHERE id = $1::bigint',
    seeded?.mentionId ?? '',
  );
  key = row ?? { platform: '', id: '' };
});
afterAll(() => http.close());

const label = (labels: unknown[], who = lead) =>
  who.ask('/api/v1/corrections', { method: 'POST', json: { labels } });
const counted = async (labels: unknown[]) => readAnswer('addCorrections', await label(labels));
const corrections = () =>
  http.fresh.database.query<{ said: string }>(
    `SELECT substr(r.text, c.span_start + 1, c.span_end - c.span_start) || ': ' || c.aspect || ' ' || coalesce(c.polarity, 'none') AS said
       FROM correction c JOIN revision r ON r.id = c.revision_id ORDER BY c.id`,
  );

describe('labels that come from elsewhere', () => {
  it('stand on the opinion of their aspect, on their words, or on the text, each said once', async () => {
    const labels = [
      { ...key, aspect: 'product', polarity: 'neutral' },
      { ...key, aspect: 'sales', polarity: 'positive', words: 'the sales rep was kind' },
      { ...key, aspect: 'service', polarity: 'positive' },
      { ...key, aspect: 'pricing', polarity: null },
    ];

    expect(await counted(labels)).toEqual({ written: 3, same: 1 });
    expect(await counted(labels)).toEqual({ written: 0, same: 4 });
    expect((await corrections()).map(({ said }) => said)).toEqual([
      `${TEXT}: product neutral`,
      'the sales rep was kind: sales positive',
      `${TEXT}: service positive`,
    ]);
    expect(await counted([{ ...key, aspect: 'service', polarity: null }])).toEqual({ written: 1, same: 0 });
  });

  it('are taken all or none, and every fault is said', async () => {
    const before = await corrections();
    const good = { ...key, aspect: 'product', polarity: 'positive' };

    const unheard = await label([good, { ...good, id: 'x' }, { ...good, words: 'no such words' }]);
    expectError(unheard, { status: 400, kind: 'invalid-input' });
    expect(unheard.text).toMatch(/labels\[1\]: nothing was heard .*labels\[2\]: these words do not stand/);
    const unknown = await label([{ ...good, aspect: 'colour' }]);
    expectError(unknown, { status: 400, kind: 'invalid-input' });
    expect(unknown.text).toContain('product, sales, pricing, service');
    expect(await corrections()).toEqual(before);
  });
});

describe('the analysis', () => {
  const read = async () => readAnswer('getAnalysis', await admin.ask('/api/v1/analysis'));
  const post = (path: string, json?: unknown) =>
    admin.ask(`/api/v1/analysis/${path}`, { method: 'POST', ...(json === undefined ? {} : { json }) });

  it('says which model reads and that nothing was learned', async () => {
    expect(await read()).toEqual({
      model: http.app.classifier.modelVersion,
      learned: null,
      ownAspects: [],
      reanalysis: null,
    });
    expect(readAnswer('dropLearned', await post('learned/drop'))).toEqual({ wasOn: false });
  });

  it('reads history again, shows what changes, and lets it count', async () => {
    expect(readAnswer('beginReanalysis', await post('reanalysis', { days: 30 }), 202)).toMatchObject({
      state: 'reading',
      total: 1,
      comparison: null,
    });
    expectError(await post('reanalysis', { days: 30 }), { status: 409, kind: 'conflict' });
    expectError(await post('reanalysis/settle', { action: 'adopt' }), { status: 409, kind: 'conflict' });
    while (await http.app.classifier.use(() => rereadBatch(http.app)));

    const { reanalysis } = await read();
    expect(reanalysis).toMatchObject({ state: 'read', comparison: { mentions: 1, changed: 1 } });
    expect(reanalysis?.examples).toMatchObject([{ text: TEXT, before: ['product negative'] }]);
    const adopted = readAnswer('settleReanalysis', await post('reanalysis/settle', { action: 'adopt' }));
    expect(adopted.reanalysis).toMatchObject({
      state: 'current',
      author: expect.stringMatching(/^admin-/),
      examples: [],
    });
    expect(await http.app.database.query('SELECT count(*)::int AS count FROM analysis')).toEqual([
      { count: 2 },
    ]);
  });
});
