import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReader } from '../../../src/analysis/themes/wording.ts';
import { mergeThemes, splitTheme } from '../../../src/pipeline/change-themes.ts';
import { formThemes } from '../../../src/pipeline/form-themes.ts';
import { createThemeStore } from '../../../src/store/theme-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { forgetMentions, openSteps, post, type Steps } from './pipeline-fixture.ts';
import { wholeTextClassifier } from './whole-text-classifier.ts';

let fresh: FreshDatabase;
let steps: Steps;
let deps: Parameters<typeof formThemes>[0];
beforeAll(async () => {
  fresh = await freshDatabase();
  steps = await openSteps(fresh.database, wholeTextClassifier());
  deps = { themes: createThemeStore(fresh.database), reader: createReader() };
});
beforeEach(() => forgetMentions(steps));
afterAll(() => fresh.close());

let next = 1;
async function hear(...texts: readonly string[]): Promise<void> {
  await steps.settle(texts.map((text) => post(String(next++), text)));
  await formThemes(deps);
}

/** Theme to the words of its opinions, in the order they were heard. */
async function themes(): Promise<Record<string, readonly string[]>> {
  const rows = await steps.database.query<{ name: string; said: readonly string[] }>(
    `SELECT coalesce(t.name, 'none') AS name, array_agg(trim(substr(r.text, o.span_start + 1)) ORDER BY o.id) AS said
       FROM mention m JOIN opinion o ON o.analysis_id = m.analysis_id JOIN revision r ON r.mention_id = m.id LEFT JOIN theme t ON t.id = o.theme_id GROUP BY t.id ORDER BY t.id NULLS LAST`,
  );
  return Object.fromEntries(rows.map(({ name, said }) => [name, said]));
}

async function themeIds(): Promise<readonly string[]> {
  const rows = await steps.database.query<{ id: string }>(
    'SELECT DISTINCT theme_id::text AS id FROM opinion WHERE theme_id IS NOT NULL ORDER BY 1',
  );
  return rows.map(({ id }) => id);
}

const idOf = async (words: string): Promise<string> => {
  const [row] = await steps.database.query<{ id: string }>(
    `SELECT o.id::text FROM opinion o JOIN revision r ON r.mention_id = o.mention_id WHERE r.text LIKE '%' || $1 || '%' ORDER BY o.id DESC LIMIT 1`,
    words,
  );
  return row?.id ?? '';
};

const themeOf = async (words: string): Promise<string | null> => {
  const [row] = await steps.database.query<{ theme: string | null }>(
    'SELECT theme_id::text AS theme FROM opinion WHERE id = $1::bigint',
    await idOf(words),
  );
  return row?.theme ?? null;
};

/** As if another model read every text again, and cut it a letter shorter. */
async function analyseAgain(): Promise<void> {
  await steps.database.execute(`INSERT INTO model_version (name) VALUES ('another') ON CONFLICT DO NOTHING`);
  await steps.database.execute(
    `WITH again AS (
         INSERT INTO analysis (revision_id, mention_id, model_version_id, config_version_id, lang, spam, polarity, score, intents, urgency)
         SELECT revision_id, mention_id, (SELECT id FROM model_version WHERE name = 'another'), config_version_id, lang, spam, polarity, score, intents, urgency FROM analysis RETURNING id, mention_id),
       opinions AS (
         INSERT INTO opinion (analysis_id, mention_id, number, aspect, polarity, score, intent, confidence, span_start, span_end, why)
         SELECT again.id, o.mention_id, o.number, o.aspect, o.polarity, o.score, o.intent, o.confidence, o.span_start, o.span_end - 1, o.why FROM opinion o JOIN again USING (mention_id)),
       waiting AS (INSERT INTO waiting_mention (stage, mention_id) SELECT 'theme', mention_id FROM again ON CONFLICT DO NOTHING)
       UPDATE mention SET analysis_id = again.id FROM again WHERE again.mention_id = mention.id`,
  );

  await formThemes(deps);
}

describe('a theme', () => {
  it('comes to be when a second one says the same, in the batch or later, and has a name of their words', async () => {
    await hear('service: they lost my bags', 'service: on hold for an hour', 'service: my luggage is lost');
    expect(await themes()).toEqual({
      'lost bags': ['they lost my bags', 'my luggage is lost'],
      none: ['on hold for an hour'],
    });

    await hear('service: still on hold');

    expect((await themes())['on hold']).toEqual(['on hold for an hour', 'still on hold']);
  });

  it('keeps its id as more say it', async () => {
    await hear('service: they lost my bags', 'service: my luggage is lost');
    const before = await themeIds();

    await hear('service: lost bags again', 'service: where is my missing suitcase');

    expect(await themeIds()).toEqual(before);
  });

  it('is of one aspect, and of those who judge alike', async () => {
    await hear('service: fast delivery', '+service: fast delivery', 'product: fast delivery');

    expect(await themeIds()).toEqual([]);
  });

  it('is not made of what the classifier is unsure of', async () => {
    await steps.settle([post('1', 'service: lost bags'), post('2', 'service: perhaps lost bags')]);
    await formThemes(deps);
    expect(await themeIds()).toEqual([]);
  });

  it('is not made by one message whose words are analysed again', async () => {
    await hear('service: they lost my bags');

    await analyseAgain();

    expect(await steps.count('wording')).toBe(2);
    expect(await themeIds()).toEqual([]);
  });

  it('holds copies, which are likened to nothing', async () => {
    const words = 'service: the driver threw our parcel over the garden fence';
    await hear(words, `${words} https://t.example/1`, `${words}!!`);

    expect(await themeIds()).toHaveLength(1);
    expect(
      await steps.database.query(
        `SELECT count(*)::int AS copies FROM wording WHERE copy_of IS NOT NULL AND keys = '{}'`,
      ),
    ).toEqual([{ copies: 2 }]);
  });

  it('gives its cases their theme', async () => {
    await hear('service: they lost my bags', 'service: my luggage is lost', 'service: rude staff');

    expect(await steps.database.query('SELECT theme_id IS NULL AS "isNone" FROM cases ORDER BY 1')).toEqual([
      { isNone: false },
      { isNone: false },
      { isNone: true },
    ]);
  });

  it('waits while mentions are on their way to a department', async () => {
    await steps.take([post('w1', 'service: they lost my bags')], { now: new Date() });
    await steps.analyse();
    await steps.route();
    await steps.take([post('w2', 'service: my luggage is lost')], { now: new Date() });

    await formThemes(deps);
    expect(await steps.count('wording')).toBe(0);

    await steps.analyse();
    await steps.route();
    await formThemes(deps);
    expect(await steps.count('wording')).toBe(2);
  });

  it('is formed once, whoever forms', async () => {
    await steps.settle(
      Array.from({ length: 30 }, (_, at) => post(`p${at}`, `service: they lost my bags ${at}`)),
    );

    await Promise.all(Array.from({ length: 6 }, () => formThemes(deps)));
    await formThemes(deps);

    expect(await steps.count('wording')).toBe(30);
    expect(await themeIds()).toHaveLength(1);
  });
});

describe('merging', () => {
  it('moves what there is, and what comes later goes where the merged one went', async () => {
    await hear(
      'service: they lost my bags',
      'service: lost luggage',
      'service: rude staff',
      'service: staff so rude',
    );
    const [from, into] = [(await themeOf('lost luggage')) ?? '', (await themeOf('so rude')) ?? ''];

    await mergeThemes(deps, { from, into, actor: 'ann@fernhill.example' });
    await hear('service: my bag is lost');

    expect(await themeIds()).toEqual([into]);
    expect(await themeOf('my bag is lost')).toBe(into);
    expect(await steps.database.query(`SELECT DISTINCT theme_id::text AS id FROM cases`)).toEqual([
      { id: into },
    ]);
    expect(await steps.count(`audit_log WHERE action = 'themes merged'`)).toBe(1);
  });

  it('survives that all is formed anew from nothing', async () => {
    await hear(
      'service: they lost my bags',
      'service: lost luggage',
      'service: rude staff',
      'service: staff so rude',
    );
    const [from, into] = [(await themeOf('lost luggage')) ?? '', (await themeOf('so rude')) ?? ''];
    await mergeThemes(deps, { from, into, actor: 'ann@fernhill.example' });

    await steps.database.execute('TRUNCATE wording, term_count');
    await steps.database.execute('UPDATE opinion SET theme_id = NULL');
    await steps.database.execute(
      `INSERT INTO waiting_mention (stage, mention_id) SELECT 'theme', id FROM mention WHERE outcome = 'routed'`,
    );
    await formThemes(deps);

    expect(await themeIds()).toEqual([into]);
  });

  it('follows a chain to its end, and refuses what is no theme, another aspect, or the same', async () => {
    await hear('service: lost bags', 'service: bags lost', 'service: rude staff', 'service: staff so rude');
    await hear(
      'service: cold soup',
      'service: the soup was cold',
      'product: screen flickers',
      'product: flickering screen',
    );
    const [bags = '', rude = '', soup = '', screen = ''] = await Promise.all(
      ['bags lost', 'so rude', 'cold soup', 'flickers'].map(async (words) => (await themeOf(words)) ?? ''),
    );
    const merge = (from: string, into: string) => mergeThemes(deps, { from, into, actor: 'ann' });

    await merge(bags, rude);
    await merge(rude, soup);
    await hear('service: lost my bag');

    expect(await themeOf('lost my bag')).toBe(soup);
    await expect(merge(soup, screen)).rejects.toMatchObject({ kind: 'invalid-input' });
    await expect(merge(bags, soup)).rejects.toMatchObject({ kind: 'invalid-input' });
    await expect(merge('999999', soup)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('splitting', () => {
  const BAGS = [
    'service: lost bags',
    'service: bags lost',
    'service: lost bags at Rome gate',
    'service: Rome gate lost bags',
  ];
  const split = async (...words: readonly string[]): Promise<string> =>
    splitTheme(deps, {
      theme: (await themeOf('service: lost bags')) ?? '',
      opinions: await Promise.all(words.map(idOf)),
      actor: 'ann',
    });

  it('makes a theme of the opinions that were taken out, which draws what is nearer to it', async () => {
    await hear(...BAGS);
    const old = await themeOf('service: bags lost');
    const made = await split('lost bags at Rome', 'Rome gate lost');

    await hear('service: bags lost at the gate in Rome', 'service: your people lost our bags');

    expect(await themeOf('gate in Rome')).toBe(made);
    expect(await themeOf('your people')).toBe(old);
  });

  it('holds when the same words are analysed again', async () => {
    await hear(...BAGS);
    const made = await split('Rome gate lost');
    await analyseAgain();

    expect(await themeOf('Rome gate lost')).toBe(made);
    expect(await themeIds()).toHaveLength(2);
  });

  it('refuses opinions of another theme, and all of one', async () => {
    await hear(...BAGS, 'service: rude staff');

    await expect(split('rude staff')).rejects.toMatchObject({ kind: 'invalid-input' });
    await expect(
      split('service: bags lost', 'service: lost bags', 'lost bags at', 'Rome gate'),
    ).rejects.toMatchObject({
      kind: 'invalid-input',
    });
  });
});
