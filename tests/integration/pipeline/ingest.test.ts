import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ingestPage } from '../../../src/pipeline/ingest-page.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { forgetMentions, NOW, openSteps, post, type Steps } from './pipeline-fixture.ts';

let fresh: FreshDatabase;
let steps: Steps;
beforeAll(async () => {
  fresh = await freshDatabase();
  steps = await openSteps(fresh.database);
});
beforeEach(() => forgetMentions(steps));
afterAll(() => fresh.close());

const PAGE = [post('1', 'bad sales'), post('2', 'good product'), post('3', 'hello')];

describe('taking a page in', () => {
  it('counts every row once: inserted, duplicate or rejected', async () => {
    await steps.take([PAGE[0] ?? post('1', '')]);

    const counts = await steps.take(PAGE, { rejected: [{ where: 'line 4', reason: 'has no text' }] });

    expect(counts).toEqual({ rows: 4, inserted: 2, duplicate: 1, rejected: 1 });
    expect(await steps.database.query('SELECT place, reason FROM ingest_rejection')).toEqual([
      { place: 'line 4', reason: 'has no text' },
    ]);
  });

  it('gives duplicates only the second time, and wakes nobody', async () => {
    await steps.take(PAGE);
    steps.woken.length = 0;

    const counts = await steps.take(PAGE);

    expect(counts).toEqual({ rows: 3, inserted: 0, duplicate: 3, rejected: 0 });
    expect([
      await steps.count('mention'),
      await steps.count('revision'),
      await steps.count('author'),
    ]).toEqual([3, 3, 3]);
    expect(steps.woken).toEqual([]);
  });

  it('takes a row that stands twice in one page once', async () => {
    const counts = await steps.take([...PAGE, post('1', 'bad sales')]);

    expect(counts).toMatchObject({ inserted: 3, duplicate: 1 });
  });

  it('keeps the first words of a mention that comes again with others', async () => {
    await steps.take([post('1', 'bad sales')]);

    await steps.take([post('1', 'good sales', { author: { handle: 'impostor' } })]);

    expect(
      await steps.database.query(
        `SELECT r.text, w.handle FROM mention m JOIN revision r ON r.mention_id = m.id JOIN author w ON w.id = m.author_id`,
      ),
    ).toEqual([{ text: 'bad sales', handle: 'author-1' }]);
  });

  it('makes one mention and two hearings of what two sources hear', async () => {
    await steps.take(PAGE, { source: 'query-a' });
    const counts = await steps.take(PAGE, { source: 'query-b' });

    expect(counts).toMatchObject({ inserted: 0, duplicate: 3 });
    expect(
      await steps.database.query(
        `SELECT m.external_id AS id, count(*)::int AS hearings FROM hearing h JOIN mention m ON m.id = h.mention_id GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual(['1', '2', '3'].map((id) => ({ id, hearings: 2 })));
  });

  it('takes the same page from four at once exactly once', async () => {
    const pages = Array.from({ length: 4 }, (_, index) =>
      steps.take(index % 2 === 0 ? PAGE : PAGE.toReversed(), { source: `query-${index}` }),
    );

    const counts = await Promise.all(pages);

    expect(counts.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(3);
    expect([await steps.count('mention'), await steps.count('hearing')]).toEqual([3, 12]);
  });

  it('tells platforms apart that use the same ids', async () => {
    const counts = await steps.take([post('1', 'one'), post('1', 'two', { platform: 'review' })]);

    expect(counts.inserted).toBe(2);
  });
});

describe('a page and its cursor', () => {
  const cursorOf = async (source: string) => {
    const [row] = await steps.database.query<{ cursor: string | null }>(
      'SELECT cursor FROM source WHERE name = $1',
      source,
    );
    return row?.cursor ?? null;
  };

  it('move together', async () => {
    await steps.take(PAGE, { source: 'query-a', nextCursor: 'after-3' });

    expect(await cursorOf('query-a')).toBe('after-3');
  });

  it.each<[string, string]>([
    ['mentions', 'mention'],
    ['words', 'revision'],
    ['hearings', 'hearing'],
    ['batch counts', 'ingest_batch'],
    ['cursor', 'source'],
  ])('leave nothing behind when writing the %s fails', async (_, table) => {
    await steps.take([post('0', 'before')], { source: 'query-a', nextCursor: 'after-0' });
    const event = table === 'ingest_batch' || table === 'source' ? 'UPDATE' : 'INSERT';
    const when = table === 'source' ? `WHEN (NEW.cursor = 'after-3')` : '';
    await steps.database.execute(
      `CREATE OR REPLACE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken by the test'; END $$`,
    );
    await steps.database.execute(
      `CREATE TRIGGER breaks BEFORE ${event} ON ${table} FOR EACH ROW ${when} EXECUTE FUNCTION break_it()`,
    );
    steps.woken.length = 0;

    await expect(steps.take(PAGE, { source: 'query-a', nextCursor: 'after-3' })).rejects.toMatchObject({
      name: 'AppError',
    });
    await steps.database.execute(`DROP TRIGGER breaks ON ${table}`);

    expect(await cursorOf('query-a')).toBe('after-0');
    expect([await steps.count('mention'), await steps.count('author'), await steps.count('hearing')]).toEqual(
      [1, 1, 1],
    );
    expect(steps.woken).toEqual([]);
    expect(await steps.take(PAGE, { source: 'query-a', nextCursor: 'after-3' })).toMatchObject({
      inserted: 3,
    });
  });

  it('lose nothing when the wake-up is lost: analysis finds the rows', async () => {
    const wakeless = { mentions: steps.mentions, ours: () => ({ domains: [], handles: [] }) };
    const batch = await steps.mentions.openBatch({ name: 'query-a', kind: 'file' });
    const page = { mentions: PAGE, rejected: [] };
    const broken = ingestPage(
      { ...wakeless, wake: () => Promise.reject(new Error('no queue')) },
      { ...batch, listeningSince: new Date(0) },
      page,
      NOW,
    );

    await expect(broken).rejects.toThrow('no queue');
    await steps.analyse();

    expect(await steps.count(`waiting_mention WHERE stage = 'analyse'`)).toBe(0);
  });
});

describe('a mention that was deleted', () => {
  it('never comes back, and is counted as a duplicate', async () => {
    await steps.database.execute(
      `INSERT INTO tombstone (hash, reason) VALUES (sha256(convert_to(E'x\\n2', 'UTF8')), 'erased')`,
    );

    const counts = await steps.take(PAGE);

    expect(counts).toEqual({ rows: 3, inserted: 2, duplicate: 1, rejected: 0 });
    expect(await steps.count(`mention WHERE external_id = '2'`)).toBe(0);
    expect(await steps.count('hearing')).toBe(2);
  });

  it('leaves no author behind either', async () => {
    await steps.database.execute(
      `INSERT INTO tombstone (hash, reason) VALUES (sha256(convert_to(E'x\\n2', 'UTF8')), 'erased')`,
    );

    await steps.take(PAGE);

    expect(await steps.count(`author WHERE handle = 'author-2'`)).toBe(0);
  });
});
