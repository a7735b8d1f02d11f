import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { parseOptions } from '../../../src/sources/plug-in.ts';
import { XOptions } from '../../../src/sources/x/options.ts';
import { openXSource } from '../../../src/sources/x/x-source.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { startXStub } from '../../support/stub-x.ts';
import { openPolling } from './poll-fixture.ts';

const now = () => new Date();
const stub = await startXStub({ now });
afterAll(() => stub.close());

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(async () => {
  stub.clear();
  await fresh.close();
});

/** A search in pages of ten, at half a cent a post, on a real database. */
function open(monthlyBudgetUsd: number) {
  const raw = {
    query: 'firm',
    token: stub.token,
    api_url: stub.url,
    page_size: 10,
    monthly_budget_usd: monthlyBudgetUsd,
  };
  const deps = { now, privateNetworks: ['127.0.0.0/8'] };
  return openPolling(fresh.database, openXSource(parseOptions('x', XOptions, raw), deps));
}

function publish(count: number, firstId: number, minutesAgo: number): void {
  const from = Date.now() - minutesAgo * 60_000;
  stub.publish(
    Array.from({ length: count }, (_, index) => ({
      id: String(firstId + index),
      at: new Date(from + index * 100),
    })),
  );
}

it('keeps every post of X once, over pages that break', async () => {
  const club = await open(25);
  publish(25, 1000, 60);
  stub.plan([null, 'truncated', null, 'html']);
  for (let polls = 0; polls < 4; polls += 1) {
    await club.due();
    await club.poll();
  }
  publish(3, 2000, 30);
  await club.due();
  await club.poll();

  expect(await club.ids()).toEqual([
    ...Array.from({ length: 25 }, (_, index) => 1000 + index),
    2000,
    2001,
    2002,
  ]);
  expect(await club.database.query('SELECT count(*)::int AS n FROM hearing')).toEqual([{ n: 28 }]);
  expect(club.ends.map(({ result }) => result)).toEqual([
    'failed',
    'failed',
    'caught-up',
    'caught-up',
    'caught-up',
  ]);
  expect(stub.calls.at(-1)?.searchParams.get('since_id')).toBe('1024');
});

it('stops for the month before a page that the budget might not pay, and says so', async () => {
  const club = await open(0.1);
  publish(35, 1000, 60);
  await club.poll();
  await club.due();
  await club.poll();

  expect(stub.billed.size).toBe(20);
  expect(await club.ids()).toHaveLength(20);
  expect(await club.health()).toMatchObject({ state: 'paused', spentUsd: 0.1, budgetUsd: 0.1 });
});
