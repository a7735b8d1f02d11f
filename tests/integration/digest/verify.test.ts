import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DigestDeps, runDueDigests } from '../../../src/pipeline/run-digests.ts';
import { type Verification, verifyDigest } from '../../../src/pipeline/verify-digest.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { type Seeded, seedAnalysis, seedWorkspace } from '../../support/seed-workspace.ts';
import { digestDeps, EXECUTIVE, MORNING, SUNDAY } from './digest-fixture.ts';

const noon = '2026-11-22T12:00:00Z';
const TEXTS = [
  'The price per seat is a joke',
  'Sales promised a feature that is not there',
  'Atlas is a joy to use',
  'Atlas is slow',
];

describe('verifying a sent digest', () => {
  let fresh: FreshDatabase;
  let deps: DigestDeps;
  let seeded: readonly Seeded[];
  beforeEach(async () => {
    fresh = await freshDatabase();
    deps = digestDeps(fresh.database);
    const copies = Array.from({ length: 6 }, (_, index) => ({
      text: 'Atlas is down again today',
      author: `copier ${index}`,
    }));
    seeded = await seedWorkspace(fresh.database, {
      accounts: [
        { name: 'Acme', tier: 'gold', revenue: 900_000, owner: 'Dana' },
        { name: 'Birch', revenue: 1 },
      ],
      mentions: [...TEXTS.map((text, index) => ({ text, author: `author ${index}` })), ...copies].map(
        ({ text, author }, index) => ({
          text,
          author,
          at: noon,
          ...(index < 2 && { account: 'Acme' }),
          opinions: [
            {
              aspect: ['pricing', 'sales', 'product', 'product'][index] ?? 'service',
              polarity: index === 2 ? ('positive' as const) : ('negative' as const),
            },
          ],
        }),
      ),
    });
    await runDueDigests(deps, MORNING);
  });
  afterEach(() => fresh.close());

  const verified = (): Promise<Verification> => verifyDigest(deps, 'executive', SUNDAY);
  const run = (statement: string) => fresh.database.execute(statement);

  it('finds an untouched digest identical', async () => {
    expect(await verified()).toEqual({ result: 'identical' });
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'corrections',
      () =>
        run(
          `INSERT INTO correction (revision_id, span_start, span_end, aspect, polarity, author) SELECT id, 0, 10, 'service', NULL, 'lead' FROM revision`,
        ),
    ],
    [
      'a new accounts file',
      () => run(`UPDATE account SET name = name || ' plc', tier = '9', revenue = 5, owner = 'Zoe'`),
    ],
    [
      'new accounts',
      () =>
        run(
          `INSERT INTO account (name, name_key, domains, handles, revenue) VALUES ('Zeta', 'zeta', '{}', '{}', 9e6)`,
        ),
    ],
    ['ended links', () => run(`UPDATE account_link SET unlinked_xid = earshot_xid()`)],
    [
      'new links',
      () =>
        run(
          `INSERT INTO account_link (author_id, account_id, rule, detail) SELECT a.id, 2, 'hand', '' FROM author a WHERE a.key LIKE 'copier%'`,
        ),
    ],
    [
      'a re-analysis',
      () =>
        seedAnalysis(
          fresh.database,
          'model-2',
          seeded.map((ids) => ({
            ...ids,
            text: 'x',
            opinions: [{ aspect: 'sales', polarity: 'positive' as const }],
          })),
        ),
    ],
    ['a re-analysis that quarantines', () => run(`UPDATE mention SET outcome = 'quarantined'`)],
    [
      'mentions that arrive late',
      () =>
        seedWorkspace(fresh.database, {
          mentions: [
            {
              text: 'Late words',
              at: noon,
              author: 'late',
              opinions: [{ aspect: 'sales', polarity: 'negative' }],
            },
          ],
        }),
    ],
    [
      'a source that fails',
      () =>
        run(
          `UPDATE source SET last_error = 'gone', last_error_at = now() + interval '1 year', last_success_at = now()`,
        ),
    ],
    ['later digests', () => runDueDigests(deps, new Date('2026-11-24T07:30:00Z'))],
  ])('finds it identical after %s', async (_, change) => {
    await change();

    expect(await verified()).toEqual({ result: 'identical' });
  });

  it('does not look at the config in force', async () => {
    const changed = digestDeps(fresh.database, [
      { ...EXECUTIVE, department: 'sales', zone: 'Asia/Tokyo', at: '09:00' },
    ]);

    expect(await verifyDigest(changed, 'executive', SUNDAY)).toEqual({ result: 'identical' });
  });

  it('says how many of its quotes were erased since, and shows a marker for each', async () => {
    await run(`UPDATE revision SET text = '', erased_at = now()`);

    const found = await verified();

    expect(found).toEqual({ result: 'identical-except-erased', quotes: 5 });
    const { document } = (await deps.runs.find('executive', SUNDAY)) ?? {};
    expect(JSON.stringify(document)).not.toContain('Atlas is');
  });

  it('tells a changed figure, then and now', async () => {
    await run(`UPDATE digest_run SET document = jsonb_set(document, '{total,people}', '99')`);

    const found = await verified();

    expect(found).toEqual({ result: 'differs', differences: ['total.people: 99 then, 10 now'] });
  });

  it('tells when the figures are the same and the words are not', async () => {
    await run(`UPDATE digest_run SET hashes = jsonb_set(hashes, '{html}', '"0"')`);

    expect(await verified()).toMatchObject({
      result: 'differs',
      differences: [expect.stringContaining('html')],
    });
  });

  it('refuses a day without a run', async () => {
    await expect(verifyDigest(deps, 'executive', '2020-01-01')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
