import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CountedFacts, CutOff } from '../../../src/domain/digest.ts';
import type { Rollup } from '../../../src/domain/rollup.ts';
import { type CompiledDigest, compileDigest } from '../../../src/pipeline/compile-digest.ts';
import { createDigestReadModel } from '../../../src/store/digest-read-model.ts';
import { makeRollups, readRollups, takeCutOff } from '../../../src/store/rollup-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { type Seeded, seedAnalysis, seedWorkspace } from '../../support/seed-workspace.ts';
import { digestDeps, EXECUTIVE, MORNING, SUNDAY } from './digest-fixture.ts';

const TEXTS = [
  'The price per seat is a joke, said everybody',
  'RT the price per seat is a joke, said everybody!',
  'Sales never calls back, and I have asked them three times by now',
  'Atlas is a joy to use on a rainy day',
  'Nobody answers',
];
const ASPECTS = ['pricing', 'pricing', 'sales', 'product', 'service'];
const WAYS = ['negative', 'negative', 'neutral', 'positive'] as const;
const NO_PINS = { counted: [], uncounted: [] };
const WEEKS = { date: SUNDAY, from: '2026-11-09T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' };

let fresh: FreshDatabase;
let seeded: readonly Seeded[];
beforeAll(async () => {
  fresh = await freshDatabase();
  seeded = await seedWorkspace(fresh.database, {
    accounts: [
      { name: 'Acme', tier: 'gold', revenue: 900_000, owner: 'Dana' },
      { name: 'Birch', revenue: 500 },
    ],
    mentions: Array.from({ length: 420 }, (_, n) => ({
      text: TEXTS[n % 5] ?? '',
      at: new Date(Date.UTC(2026, 10, 22, 23, 50) - n * 47 * 60_000).toISOString(),
      author: `author ${(n * n) % 37}`,
      urgency: n % 11 === 0 ? 3 : 0,
      ...(((n * n) % 37) % 3 === 0 && { account: (n * n) % 37 === 0 ? 'Acme' : 'Birch' }),
      ...(n % 50 === 0 && { spam: true }),
      opinions: [
        {
          aspect: ASPECTS[n % 5] ?? '',
          polarity: WAYS[n % 4] ?? 'neutral',
          intent: n % 13 === 0 ? 'churn' : 'none',
          confidence: 0.5 + (n % 7) / 20,
        },
        ...(n % 3 === 0 ? [{ aspect: 'service', polarity: 'positive' as const, confidence: 0.7 }] : []),
      ],
    })),
  });
});
afterAll(() => fresh.close());

const make = async (): Promise<void> => {
  await fresh.database.execute(`UPDATE rollup_change SET at = at - interval '1 hour'`);
  while (await makeRollups(fresh.database)) await new Promise(setImmediate);
};

const compile = () =>
  compileDigest(digestDeps(fresh.database), { definition: EXECUTIVE, date: SUNDAY, now: MORNING });

const countRows = ({ document }: CompiledDigest) =>
  createDigestReadModel(fresh.database).count(document.frozen);

/** Everything that two weeks hold. */
const readAll = async (mayUseKept: boolean, asOf?: CutOff): Promise<readonly Rollup[]> => {
  const cutOff = asOf ?? (await takeCutOff(fresh.database));
  const found: Rollup[] = [];
  for await (const rollup of readRollups(fresh.database, { cutOff, pins: null, mayUseKept }, [WEEKS]))
    found.push({ ...rollup, facts: { ...rollup.facts, pins: rollup.facts.pins ?? NO_PINS } });
  return found;
};

/** A text that was erased since is like no other, which was not so before. */
const withoutTexts = ({ candidates, shapes, ...counted }: CountedFacts) => ({
  ...counted,
  candidates: candidates.map(({ textKey: _, ...rest }) => rest),
  shapes: shapes.map(({ byOneText: _, ...rest }) => rest),
});

const kept = async (): Promise<number> => {
  const [row] = await fresh.database.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM rollup r WHERE NOT EXISTS (SELECT FROM rollup_change c WHERE c.bucket = r.bucket)',
  );
  return row?.n ?? 0;
};

/** Things that people and workers do, each of which changes what counts. */
const CHANGES: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['nothing', async () => undefined],
  [
    'a correction',
    () =>
      fresh.database.execute(
        `INSERT INTO correction (revision_id, span_start, span_end, aspect, polarity, author) SELECT id, 0, 5, 'service', CASE WHEN id % 2 = 0 THEN 'negative' END, 'lead' FROM revision WHERE id % 17 = 0`,
      ),
  ],
  [
    'themes',
    async () => {
      await fresh.database.execute(
        `INSERT INTO theme (aspect, fingerprint, name) VALUES ('pricing', 'seat', 'price per seat'), ('sales', 'calls', 'never calls back')`,
      );
      await fresh.database.execute(
        `UPDATE opinion o SET theme_id = t.id FROM theme t WHERE t.aspect = o.aspect AND o.id % 4 <> 0`,
      );
    },
  ],
  [
    'a release from quarantine',
    () =>
      fresh.database.execute(
        `UPDATE mention SET outcome = 'routed' WHERE outcome = 'quarantined' AND id % 2 = 0`,
      ),
  ],
  [
    'a rejection',
    () => fresh.database.execute(`UPDATE mention SET outcome = 'quarantined' WHERE id % 41 = 0`),
  ],
  [
    'an erased text',
    () => fresh.database.execute(`UPDATE revision SET text = '', erased_at = now() WHERE id % 29 = 0`),
  ],
  [
    'another link of an author',
    async () => {
      await fresh.database.execute(
        `UPDATE account_link SET unlinked_xid = earshot_xid() WHERE author_id % 2 = 0 AND unlinked_xid IS NULL`,
      );
      await fresh.database.execute(
        `INSERT INTO account_link (author_id, account_id, rule, detail) SELECT id, 1, 'hand', '' FROM author a WHERE id % 5 = 0 AND NOT EXISTS (SELECT FROM account_link l WHERE l.author_id = a.id AND l.unlinked_xid IS NULL)`,
      );
    },
  ],
  [
    'mentions that come late',
    () =>
      seedWorkspace(fresh.database, {
        mentions: [
          {
            text: 'Late but true',
            at: '2026-11-22T10:00:00Z',
            author: 'late',
            opinions: [{ aspect: 'sales', polarity: 'negative' }],
          },
          { text: 'Later still', at: '2026-11-15T10:00:00Z', author: 'late', outcome: null },
        ],
      }),
  ],
  [
    'another model',
    () =>
      seedAnalysis(
        fresh.database,
        'model-2',
        seeded
          .filter((_, n) => n % 6 === 0)
          .map((ids) => ({
            ...ids,
            text: 'x',
            opinions: [{ aspect: 'sales', polarity: 'positive' as const }],
          })),
      ),
  ],
];

describe('kept rollups', () => {
  it.each(CHANGES)('give what the rows give, before and after %s', async (_, change) => {
    await make();
    expect(await kept()).toBeGreaterThan(300);
    expect(await readAll(true)).toEqual(await readAll(false));
    const before = await compile();
    await change();

    const after = await compile();
    expect(after.counted).toEqual(await countRows(after));
    expect(await readAll(true)).toEqual(await readAll(false));

    await make();
    expect(withoutTexts(before.counted)).toEqual(withoutTexts(await countRows(before)));
    expect((await compile()).counted).toEqual(after.counted);
    expect(await readAll(true)).toEqual(await readAll(false));
  });

  it('that are newer than a cut-off do not serve it', async () => {
    await make();
    const cutOff = await takeCutOff(fresh.database);
    const before = await readAll(true, cutOff);
    await fresh.database.execute(
      `INSERT INTO correction (revision_id, span_start, span_end, aspect, polarity, author) SELECT id, 0, 5, 'product', 'negative', 'lead' FROM revision WHERE id % 23 = 0`,
    );
    await make();

    expect(await readAll(true, cutOff)).toEqual(before);
    expect(await readAll(true)).not.toEqual(before);
  });

  it('serve: what they hold is not read from rows', async () => {
    await make();
    await fresh.database.execute(
      `UPDATE rollup SET facts = jsonb_set(facts, '{bins,ours}', '7') WHERE bucket = '2026-11-22T23:45:00Z'`,
    );

    expect((await compile()).document.frozen.bins.ours).toBe(7);

    await fresh.database.execute(`INSERT INTO rollup_change (bucket) VALUES ('2026-11-22T23:45:00Z')`);
    expect((await compile()).document.frozen.bins.ours).toBe(0);
  });

  it('miss nothing of a transaction that was open while they were made', async () => {
    const client = new pg.Client({ connectionString: fresh.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO correction (revision_id, span_start, span_end, aspect, polarity, author) SELECT id, 0, 5, 'sales', 'negative', 'slow' FROM revision WHERE id % 19 = 0`,
    );
    await make();
    const during = await readAll(true);
    expect(during).toEqual(await readAll(false));

    await client.query('COMMIT');
    await client.end();

    const after = await readAll(true);
    expect(after).toEqual(await readAll(false));
    expect(after).not.toEqual(during);
  });

  it('are made by several at once without one replacing the newer by the older', async () => {
    await fresh.database.execute(`INSERT INTO rollup_change (bucket) SELECT bucket FROM rollup`);
    await fresh.database.execute(`UPDATE rollup_change SET at = at - interval '1 hour'`);
    await Promise.all([
      makeRollups(fresh.database),
      makeRollups(fresh.database),
      makeRollups(fresh.database),
    ]);
    await make();

    expect(await readAll(true)).toEqual(await readAll(false));
  });

  it('are not made while their quarter of an hour still changes', async () => {
    await fresh.database.execute(`INSERT INTO rollup_change (bucket) VALUES ('2026-11-22T12:00:00Z')`);

    await makeRollups(fresh.database);

    expect(
      await fresh.database.query(
        `SELECT count(*)::int AS n FROM rollup_change WHERE bucket = '2026-11-22T12:00:00Z'`,
      ),
    ).toEqual([{ n: 1 }]);
  });
});
