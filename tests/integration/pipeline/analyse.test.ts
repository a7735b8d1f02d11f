import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Classifier } from '../../../src/domain/ports/classifier.ts';
import { AppError } from '../../../src/lib/app-error.ts';
import { analyseBatch } from '../../../src/pipeline/analyse-batch.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { NO_FAULTS, readFaults } from '../../support/pipeline-facts.ts';
import { forgetMentions, openSteps, post, type Steps } from './pipeline-fixture.ts';

let fresh: FreshDatabase;
let steps: Steps;
beforeAll(async () => {
  fresh = await freshDatabase();
  steps = await openSteps(fresh.database);
});
beforeEach(() => forgetMentions(steps));
afterAll(() => fresh.close());

describe('what a mention speaks of', () => {
  it('is kept with its analysis, whether it has an opinion or not', async () => {
    await steps.settle([
      post('1', 'bad product, that Atlas'),
      post('2', 'hello from the dashboard, order 4711'),
    ]);

    expect(
      await steps.database.query(
        `SELECT e->>'kind' AS kind, e->>'name' AS name, substr(r.text, (e->>'start')::int + 1, (e->>'end')::int - (e->>'start')::int) AS said
           FROM analysis a JOIN revision r ON r.id = a.revision_id, jsonb_array_elements(a.entities) e ORDER BY a.id, e->>'start'`,
      ),
    ).toEqual([
      { kind: 'product', name: 'Atlas', said: 'Atlas' },
      { kind: 'product', name: 'Atlas', said: 'the dashboard' },
      { kind: 'order', name: '4711', said: '4711' },
    ]);
  });
});

describe('what becomes of a mention', () => {
  it('is told by exactly one outcome each', async () => {
    await steps.settle([
      post('1', 'bad sales'),
      post('2', 'maybe bad sales'),
      post('3', 'hello'),
      post('4', 'spam good product'),
      post('5', 'good product', { author: { handle: 'Fernhill' } }),
      post('6', 'bad product', { author: { email: 'ann@acme.example' }, machineMail: 'auto-reply' }),
      post('7', 'maybe bad sales but good product'),
    ]);

    expect(await steps.outcomes()).toEqual({
      1: 'routed',
      2: 'unsure: surest opinion 0.20, needs 0.4',
      3: 'no-opinion',
      4: 'quarantined: spam',
      5: 'ours: written by the company itself',
      6: 'quarantined: machine mail: auto-reply',
      7: 'routed',
    });
  });

  it('adds up with the rows of its batch', async () => {
    const { batchId, sourceId } = await steps.mentions.openBatch({ name: 'x-posts', kind: 'file' });
    await steps.mentions.ingest({
      batchId,
      sourceId,
      heardAt: new Date(),
      mentions: ['bad sales', 'hello', 'spam'].map((text, index) => ({
        mention: post(String(index), text),
        authorKey: 'ann',
        countedAt: new Date(),
        isHistory: false,
        isOurs: false,
      })),
      rejected: [{ where: 'line 9', reason: 'has no text' }],
      poll: null,
    });
    expect(await steps.mentions.readBatch(batchId)).toMatchObject({ rows: 4, pending: 3 });

    await steps.analyse();
    await steps.route();

    expect(await steps.mentions.readBatch(batchId)).toEqual({
      rows: 4,
      inserted: 3,
      duplicate: 0,
      rejected: 1,
      pending: 0,
      outcomes: { routed: 1, unsure: 0, 'no-opinion': 1, quarantined: 1, ours: 0 },
    });
  });

  it('shows neither our own words nor those of machines to the classifier', async () => {
    await steps.settle([
      post('1', 'ours alone', { author: { email: 'care@fernhill.example' } }),
      post('2', 'machine alone', { machineMail: 'bounce' }),
    ]);

    expect(steps.classifier.seen).not.toContain('ours alone');
    expect(steps.classifier.seen).not.toContain('machine alone');
    expect(await steps.count('analysis')).toBe(0);
  });
});

describe('a text that nothing can be made of', () => {
  it.each([
    ['the classifier gives up on', 'poison', 'could not be analysed: the text took too long'],
    [
      'the classifier reads an empty span in',
      'empty span',
      'could not be analysed: the classifier gave an opinion without words of the text',
    ],
    [
      'the classifier cuts a character of in two',
      'a \u{1f600} half character',
      'could not be analysed: the classifier gave an opinion without words of the text',
    ],
  ])('%s is quarantined with the reason, and the others go on', async (_, text, reason) => {
    await steps.settle([post('1', 'bad sales'), post('2', text), post('3', 'good product')]);

    const outcomes = await steps.outcomes();

    expect(outcomes).toMatchObject({ 1: 'routed', 3: 'routed' });
    expect(outcomes[2]).toContain(`quarantined: ${reason}`);
    expect(await steps.count(`analysis WHERE failure IS NOT NULL`)).toBe(1);
    expect(await steps.count('route_match')).toBe(2);
  });

  it('stays readable with its reason kept', async () => {
    await steps.settle([post('1', 'poison')]);

    expect(await steps.database.query('SELECT failure, lang, spam FROM analysis')).toEqual([
      { failure: 'the text took too long', lang: 'und', spam: false },
    ]);
  });
});

describe('a classifier that is away', () => {
  it('leaves the batch as it was, for the next try', async () => {
    await steps.take([post('1', 'bad sales')]);
    const away: Classifier = {
      modelVersion: 'away',
      classify: () => Promise.reject(new AppError('unavailable', 'no thread')),
      close: async () => undefined,
    };

    await expect(analyseBatch({ ...steps, classifier: away })).rejects.toMatchObject({ kind: 'unavailable' });

    expect(await steps.count(`waiting_mention WHERE stage = 'analyse'`)).toBe(1);
    await steps.analyse();
    expect(await steps.count(`waiting_mention WHERE stage = 'route'`)).toBe(1);
  });
});

describe('many at once', () => {
  const MANY = Array.from({ length: 600 }, (_, index) => post(String(index), 'bad sales and good product'));

  it('give each mention one analysis and each opinion one route', async () => {
    await steps.take(MANY);

    const untilDone = async (step: () => Promise<boolean>) => {
      while (await step());
    };
    await Promise.all([1, 2, 3, 4].map(() => untilDone(steps.analyse)));
    await Promise.all([1, 2, 3, 4].map(() => untilDone(steps.route)));

    // A racer that found the rest claimed by others ends early; whoever claimed it has stored it by now.
    expect(await steps.count(`waiting_mention WHERE stage <> 'theme'`)).toBe(0);
    expect(await steps.count('mention WHERE outcome IS NULL')).toBe(0);
    expect(await steps.count('analysis')).toBe(600);
    expect(await steps.count('(SELECT DISTINCT revision_id FROM analysis) a')).toBe(600);
    expect(await steps.count('opinion')).toBe(1_200);
    expect(await steps.count('route_match')).toBe(1_200);
    expect(await steps.count('case_member')).toBe(1_200);
    expect(await readFaults(steps.database)).toEqual(NO_FAULTS);
  });

  it('may analyse and route side by side', async () => {
    await steps.take(MANY.slice(0, 200));

    for (let round = 0; round < 3; round += 1) {
      await Promise.all([steps.analyse(), steps.route(), steps.analyse(), steps.route(), steps.flush()]);
    }

    expect(await steps.count('analysis')).toBe(200);
    expect(await steps.count('route_match')).toBe(400);
    expect(await steps.outcomes()).toMatchObject({ 0: 'routed', 199: 'routed' });
  });

  // Statistics decide on a plan, and those of a busy table change: none of the plans may claim more than a batch.
  it.each([[[]], [['hashjoin', 'mergejoin', 'hashagg', 'sort', 'material']], [['nestloop', 'indexscan']]])(
    'answer that there is more as long as a batch was full, also planned without %j',
    async (without: string[]) => {
      const url = new URL(fresh.url);
      url.searchParams.set('options', without.map((way) => `-c enable_${way}=off`).join(' '));
      const database = openDatabase(url.href);
      const planned = await openSteps(database);
      await planned.take(MANY);

      expect([await planned.analyse(), await planned.analyse()]).toEqual([true, false]);
      expect([await planned.route(), await planned.route()]).toEqual([true, false]);
      await database.close();
    },
  );
});

describe('two analyses of one mention', () => {
  it('are refused under one model and config', async () => {
    await steps.settle([post('1', 'bad sales')]);

    const again = steps.database.execute(
      `INSERT INTO analysis (revision_id, mention_id, model_version_id, config_version_id, lang, spam, polarity, score, intents, urgency)
       SELECT revision_id, mention_id, model_version_id, config_version_id, lang, spam, polarity, score, intents, urgency FROM analysis`,
    );

    await expect(again).rejects.toMatchObject({ kind: 'bug' });
  });
});
