import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DigestDeps, runDueDigests } from '../../../src/pipeline/run-digests.ts';
import { verifyDigest } from '../../../src/pipeline/verify-digest.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { type Seeded, seedAnalysis, seedWorkspace } from '../../support/seed-workspace.ts';
import { digestDeps, EXECUTIVE } from './digest-fixture.ts';

const DAYS = 10;
const ZONES = ['Europe/London', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Auckland', 'UTC'];
const DEFINITIONS = ZONES.flatMap((zone, index) => [
  { ...EXECUTIVE, name: `all ${index}`, zone },
  { ...EXECUTIVE, name: `sales ${index}`, zone, department: 'sales', at: '06:15' },
]);
const TEXTS = [
  'The price per seat is a joke',
  'Sales never calls back',
  'Atlas is a joy to use',
  'Nobody answers',
];
const ASPECTS = ['pricing', 'sales', 'product', 'service'];

let fresh: FreshDatabase;
let deps: DigestDeps;
let seeded: readonly Seeded[];
beforeAll(async () => {
  fresh = await freshDatabase();
  deps = digestDeps(fresh.database, DEFINITIONS);
  seeded = await seedWorkspace(fresh.database, {
    accounts: [{ name: 'Acme', tier: 'gold', revenue: 900_000, owner: 'Dana' }],
    mentions: Array.from({ length: 24 * 13 }, (_, hour) => ({
      text: `${TEXTS[hour % 4]}, said hour ${hour}`,
      at: new Date(Date.UTC(2026, 10, 10, hour)).toISOString(),
      author: `author ${hour % 17}`,
      ...(hour % 5 === 0 && { account: 'Acme' }),
      opinions: [
        {
          aspect: ASPECTS[hour % 4] ?? 'product',
          polarity: hour % 4 === 2 ? ('positive' as const) : ('negative' as const),
        },
      ],
    })),
  });
  // Four looks a day find every zone's morning in time.
  for (let look = 0; look <= 4 * DAYS; look += 1)
    await runDueDigests(deps, new Date(Date.UTC(2026, 10, 12, 6 * look)));
});
afterAll(() => fresh.close());

it('a hundred sent digests are the same after corrections, erasures and another model, but for what was erased', async () => {
  const runs = await fresh.database.query<{ name: string; date: string }>(
    `SELECT d.name, r.local_date::text AS date FROM digest_run r JOIN digest d ON d.id = r.digest_id WHERE r.state = 'on-schedule' ORDER BY 1, 2`,
  );
  expect(runs.length).toBeGreaterThanOrEqual(100);

  await fresh.database.execute(
    `INSERT INTO correction (revision_id, span_start, span_end, aspect, polarity, author) SELECT id, 0, 10, 'service', CASE WHEN id % 2 = 0 THEN 'negative' END, 'lead' FROM revision WHERE id % 3 = 0`,
  );
  await fresh.database.execute(`UPDATE revision SET text = '', erased_at = now() WHERE id % 40 = 0`);
  await seedAnalysis(
    fresh.database,
    'model-2',
    seeded.map((ids) => ({
      ...ids,
      text: 'x',
      opinions: [{ aspect: 'sales', polarity: 'positive' as const }],
    })),
  );

  const results = new Map<string, number>();
  for (const { name, date } of runs) {
    const found = await verifyDigest(deps, name, date);
    expect(found.result, JSON.stringify({ name, date, found })).toMatch(/^identical/);
    results.set(found.result, (results.get(found.result) ?? 0) + 1);
  }
  expect(results.get('identical')).toBeGreaterThan(0);
  expect(results.get('identical-except-erased')).toBeGreaterThan(0);
});
