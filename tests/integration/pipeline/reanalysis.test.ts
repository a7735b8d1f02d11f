import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Label } from '../../../src/domain/case.ts';
import type { Classifier } from '../../../src/domain/ports/classifier.ts';
import type { ReanalysisStore } from '../../../src/domain/ports/reanalysis-store.ts';
import { adoptReanalysis, rereadBatch } from '../../../src/pipeline/reanalyse.ts';
import { registerModel } from '../../../src/store/config-store.ts';
import { correct } from '../../../src/store/correction-store.ts';
import { createPendingWork } from '../../../src/store/pending-work.ts';
import { createReanalysisStore } from '../../../src/store/reanalysis-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { forgetMentions, openSteps, post, type Steps } from './pipeline-fixture.ts';
import { scriptedClassifier } from './scripted-classifier.ts';

/** Reads what the old one reads of products as of service, is sure where the old one is not, and hears a complaint in `hey`. */
function newClassifier(): Classifier {
  const old = scriptedClassifier();
  const put = (text: string): string =>
    text.replaceAll('product', 'service').replaceAll('maybe', 'right').replaceAll('hey', 'bad');
  return {
    ...old,
    classify: (inputs) => old.classify(inputs.map((input) => ({ ...input, text: put(input.text) }))),
  };
}

let fresh: FreshDatabase;
let steps: Steps;
let now: { modelVersionId: number; configVersionId: number };
let reanalyses: ReanalysisStore;
const SINCE = new Date('2026-11-01T00:00:00Z');
const ASKED = { since: SINCE, author: 'ann@fernhill.example' };
beforeAll(async () => {
  fresh = await freshDatabase();
  steps = await openSteps(fresh.database);
  const [config] = await fresh.database.query<{ id: number }>('SELECT max(id) AS id FROM config_version');
  now = {
    modelVersionId: await registerModel(fresh.database, 'scripted-2'),
    configVersionId: config?.id ?? 0,
  };
  reanalyses = createReanalysisStore(fresh.database, () => now);
});
beforeEach(async () => {
  await reanalyses.drop('a test');
  await forgetMentions(steps);
  now.modelVersionId = await registerModel(fresh.database, 'scripted-2');
});
afterAll(() => fresh?.close());

const reread = () => rereadBatch({ ...steps, reanalyses, classifier: newClassifier() });
const adopt = () => adoptReanalysis({ reanalyses, wake: steps.wake }, 'ann@fernhill.example');
/** What counts now: labels by external id. */
const labels = async (): Promise<Record<string, string>> => {
  const rows = await fresh.database.query<{ id: string; label: string }>(
    `SELECT m.external_id AS id, string_agg(o.aspect || ' ' || o.polarity, ', ' ORDER BY o.number) AS label
       FROM mention m JOIN opinion o ON o.analysis_id = m.analysis_id GROUP BY m.id ORDER BY m.id`,
  );
  return Object.fromEntries(rows.map(({ id, label }) => [id, label]));
};

/** What a person says of a mention's opinion on an aspect. */
async function say(externalId: string, aspect: string, label: Label): Promise<void> {
  const [opinion] = await fresh.database.query<{ id: string }>(
    'SELECT o.id::text FROM opinion o JOIN mention m ON m.analysis_id = o.analysis_id WHERE m.external_id = $1 AND o.aspect = $2',
    externalId,
    aspect,
  );
  await correct(fresh.database, { opinionId: opinion?.id ?? '', label, author: 'ann@fernhill.example' });
}

describe('reading history again', () => {
  it('keeps what it reads beside history, and says what would change', async () => {
    await steps.settle([
      post('1', 'bad product'),
      post('2', 'good sales'),
      post('3', 'maybe bad sales'),
      post('4', 'hey sales'),
      post('5', 'hello'),
      post('6', 'ours', { author: { email: 'care@fernhill.example' } }),
    ]);
    const before = await labels();
    const begun = await reanalyses.begin(ASKED);
    expect(begun).toMatchObject({ state: 'reading', model: 'scripted-2', total: 5, lookedAt: 0 });
    expect(await createPendingWork(fresh.database, '').find()).toContain('reanalyse');

    expect(await reread()).toBe(false);

    const read = await reanalyses.newest();
    expect(read).toMatchObject({ id: begun.id, state: 'read', lookedAt: 5 });
    expect(read?.comparison).toMatchObject({
      mentions: 5,
      changed: 2,
      corrections: { labels: 0, before: 0, after: 0 },
      outcomes: [
        { from: 'no-opinion', to: 'routed', mentions: 1 },
        { from: 'unsure', to: 'routed', mentions: 1 },
      ],
    });
    expect(read?.comparison?.aspects).toContainEqual({
      aspect: 'product',
      before: { positive: 0, neutral: 0, negative: 1 },
      after: { positive: 0, neutral: 0, negative: 0 },
    });
    expect(read && (await reanalyses.examples(read))).toMatchObject([
      { text: 'hey sales', before: [], after: ['sales negative'] },
      { text: 'bad product', before: ['product negative'], after: ['service negative'] },
    ]);
    expect(await labels()).toEqual(before);
    expect(await createPendingWork(fresh.database, '').find()).not.toContain('reanalyse');
  });

  it('counts how many of the labels people gave it reads by itself', async () => {
    await steps.settle([post('1', 'bad product'), post('2', 'bad product and good sales')]);
    await say('1', 'product', { aspect: 'service', polarity: 'negative' });
    await say('2', 'sales', { aspect: 'sales', polarity: null });
    await reanalyses.begin(ASKED);
    await reread();

    // The product is denied, the service is given, the sales are denied: the old reading has none of the three.
    expect((await reanalyses.newest())?.comparison?.corrections).toEqual({ labels: 3, before: 0, after: 2 });
  });

  it('begins anew when the model becomes another one half-way', async () => {
    await steps.settle(Array.from({ length: 251 }, (_, at) => post(String(at), 'bad product')));
    await steps.analyse();
    await steps.route();
    await reanalyses.begin(ASKED);
    expect(await reread()).toBe(true);
    now.modelVersionId = await registerModel(fresh.database, 'scripted-3');

    expect(await reread()).toBe(true);
    expect(await reanalyses.newest()).toMatchObject({ model: 'scripted-3', lookedAt: 250, total: 251 });
    expect(await reread()).toBe(false);
    expect(await reanalyses.newest()).toMatchObject({
      state: 'read',
      comparison: { mentions: 251, changed: 251 },
    });
  });

  it('is done once at a time, by one process at a time', async () => {
    await steps.settle([post('1', 'bad product')]);
    await reanalyses.begin(ASKED);
    await expect(reanalyses.begin(ASKED)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(adopt()).rejects.toMatchObject({ kind: 'conflict' });
    await Promise.all([reread(), reread(), reread()]);
    expect(await reanalyses.newest()).toMatchObject({ state: 'read', lookedAt: 1 });
    expect(await reanalyses.drop('ann@fernhill.example')).toBe(true);
    expect([
      (await reanalyses.newest())?.state,
      await reanalyses.drop('ann@fernhill.example'),
      await steps.count('reanalysis_reading'),
    ]).toEqual(['dropped', false, 0]);
  });
});

describe('what was read again and is adopted', () => {
  it('holds for all mentions, appended to what was read before', async () => {
    await steps.settle([
      post('1', 'bad product'),
      post('2', 'maybe bad sales'),
      post('3', 'hey sales'),
      post('4', 'hello'),
    ]);
    await steps.passGroupTime();
    await steps.flush();
    await reanalyses.begin(ASKED);
    await reread();
    const old = await steps.count('analysis');

    expect(await adopt()).toMatchObject({ state: 'current' });
    await steps.route();

    expect(await labels()).toEqual({ 1: 'service negative', 2: 'sales negative', 3: 'sales negative' });
    expect(await steps.outcomes()).toEqual({ 1: 'routed', 2: 'routed', 3: 'routed', 4: 'no-opinion' });
    expect(await steps.count('analysis')).toBe(old + 4);
    expect(await steps.count('reanalysis_reading')).toBe(0);
    // Departments find it in their inbox; nobody is called for what was said long ago.
    expect(await steps.count('route_match')).toBe(3);
    expect(await steps.count('route_match WHERE is_waiting')).toBe(0);
    expect(await steps.count(`waiting_mention WHERE stage = 'theme'`)).toBe(3);
    expect(await steps.count(`audit_log WHERE action = 'reanalysis.adopted'`)).toBe(1);
  });

  it('leaves alone what a person decided, what was erased, and what is on its way', async () => {
    await steps.settle([post('1', 'maybe bad sales'), post('2', 'bad product'), post('3', 'bad product')]);
    await fresh.database.execute(
      `UPDATE mention SET outcome = 'no-opinion', outcome_reason = 'a person found none in it' WHERE external_id = '1'`,
    );
    await reanalyses.begin(ASKED);
    await reread();
    await fresh.database.execute(
      `UPDATE revision SET text = '', erased_at = now() WHERE mention_id = (SELECT id FROM mention WHERE external_id = '2')`,
    );
    await fresh.database.execute(`UPDATE mention SET outcome = NULL WHERE external_id = '3'`);

    await adopt();

    expect(await labels()).toEqual({ 1: 'sales negative', 2: 'product negative', 3: 'product negative' });
    expect((await steps.outcomes())[1]).toBe('no-opinion: a person found none in it');
  });
});
