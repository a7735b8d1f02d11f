import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/lib/app-error.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { EVERY_MS, openPolling } from './poll-fixture.ts';
import { post, type ScriptedSource, scriptedSource } from './scripted-source.ts';

const HOUR = 3_600_000;
const ago = (hours: number): Date => new Date(Date.now() - hours * HOUR);

let fresh: FreshDatabase;
let source: ScriptedSource;
let club: Awaited<ReturnType<typeof openPolling>>;

beforeEach(async () => {
  fresh = await freshDatabase();
  source = scriptedSource();
  club = await openPolling(fresh.database, source);
});
afterEach(() => fresh.close());

describe('a poll', () => {
  it('reads page after page until nothing is left, and goes on there the next time', async () => {
    source.posts.push(...[1, 2, 3, 4, 5].map((id) => post(id, ago(1))));
    expect(await club.poll()).toBe(true);
    source.posts.push(post(6, ago(0.5)));
    await club.due();
    await club.poll();

    expect(await club.ids()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(source.asked).toEqual([null, '2', '4', '5']);
    expect(await club.row('cursor, poll_token, lease_until')).toEqual({
      cursor: '6',
      poll_token: null,
      lease_until: null,
    });
  });

  it('has nothing to do while no source is due', async () => {
    await club.poll();

    expect(await club.poll()).toBe(false);
    expect(source.asked).toHaveLength(1);
  });

  it('counts what was written before we listened where it happened, and what comes late when it is heard', async () => {
    source.posts.push(post(1, ago(24 * 40)));
    await club.poll();
    await club.age('20 days');
    source.posts.push(post(2, ago(24 * 3)));
    await club.due();
    await club.poll();

    const rows = await club.database.query<{ id: string; isHistory: boolean; isLate: boolean }>(
      `SELECT external_id AS id, is_history AS "isHistory", counted_at = heard_at AS "isLate" FROM mention ORDER BY id`,
    );
    expect(rows).toEqual([
      { id: '1', isHistory: true, isLate: false },
      { id: '2', isHistory: false, isLate: true },
    ]);
  });

  it('keeps no batch of a page without rows', async () => {
    await club.poll();

    expect(await club.database.query('SELECT id FROM ingest_batch')).toEqual([]);
    expect(await club.health()).toMatchObject({ state: 'ok', sentence: 'last read under a minute ago' });
  });

  it('does not ask again before the instant a page names, and then goes on', async () => {
    source.posts.push(post(1, ago(1)), post(2, ago(1)), post(3, ago(1)));
    source.extra = { retryAt: new Date(Date.now() + HOUR) };
    await club.poll();

    const { wait } = await club.row<{ wait: number }>(
      'extract(epoch FROM next_poll_at - now())::float8 AS wait',
    );
    expect(wait).toBeGreaterThan(3_500);
    expect(await club.ids()).toEqual([1, 2]);
  });
});

describe('a poll that fails', () => {
  it('leaves the cursor, says what is the matter, and is heard again within ten seconds of its return', async () => {
    source.posts.push(...[1, 2, 3].map((id) => post(id, ago(1))));
    source.faults.push(
      async () => undefined,
      new AppError('unavailable', 'club.example did not answer in time.'),
    );
    await club.poll();

    expect(await club.row('cursor, failures')).toEqual({ cursor: '2', failures: 1 });
    expect(await club.health()).toMatchObject({
      state: 'failing',
      sentence: 'failing for under a minute: club.example did not answer in time',
    });
    const { wait } = await club.row<{ wait: number }>(
      'extract(epoch FROM next_poll_at - now())::float8 AS wait',
    );
    expect(wait).toBeLessThan(10);

    await club.due();
    await club.poll();
    expect(await club.ids()).toEqual([1, 2, 3]);
    expect(await club.health()).toMatchObject({ state: 'ok' });
  });

  it('waits as long as the far side asks, and counts that as no failure', async () => {
    const retryAt = new Date(Date.now() + 10 * 60_000);
    source.faults.push(new AppError('rate-limited', 'club.example asks to wait', { retryAt }));
    await club.poll();

    const { next } = await club.row<{ next: Date }>('next_poll_at AS next');
    expect(next.getTime()).toBeGreaterThan(retryAt.getTime() - 1_000);
    expect(await club.health()).toMatchObject({ state: 'waiting', remedy: null });
    expect(await club.row('failures')).toEqual({ failures: 0 });
  });

  it('knocks three times with a refused key, an hour apart, and then stops until somebody has looked', async () => {
    for (let refusals = 0; refusals < 3; refusals += 1) {
      source.faults.push(new AppError('auth', 'club.example refuses the key; make a new one'));
      await club.due();
      await club.poll();
    }

    expect(await club.row('next_poll_at, failures')).toEqual({ next_poll_at: null, failures: 3 });
    expect(await club.health()).toMatchObject({ state: 'stopped' });
    await club.sources.resume('club');
    await club.poll();
    expect(await club.health()).toMatchObject({ state: 'ok' });
  });

  it('is tried again at once by a new start, when a refused key had stopped it', async () => {
    await club.database.execute(`UPDATE source SET next_poll_at = NULL, error_kind = 'auth', failures = 3`);

    await club.settle();

    expect(await club.poll()).toBe(true);
  });

  it('is no failure when it was we who asked it to stop', async () => {
    const stop = new AbortController();
    source.faults.push(async () => stop.abort());
    await club.poll(stop.signal);

    expect(await club.row('failures, error_kind, poll_token')).toEqual({
      failures: 0,
      error_kind: null,
      poll_token: null,
    });
    expect(await club.poll()).toBe(true);
  });
});

describe('several pollers', () => {
  it('take turns: each page is fetched by one of them', async () => {
    source.posts.push(...Array.from({ length: 30 }, (_, id) => post(id, ago(1))));
    source.faults.push(() => pause(200));

    const polled = await Promise.all(Array.from({ length: 8 }, () => club.poll()));

    expect(polled.filter(Boolean)).toHaveLength(1);
    expect(await club.ids()).toHaveLength(30);
    expect(new Set(source.asked).size).toBe(source.asked.length);
  });

  it('store nothing once another one has taken the source over', async () => {
    source.posts.push(post(1, ago(1)));
    source.faults.push(
      async () =>
        void (await club.database.execute(
          'UPDATE source SET poll_token = gen_random_uuid(), lease_until = now() + make_interval(secs => 60)',
        )),
    );
    await club.poll();

    expect(await club.ids()).toEqual([]);
    expect(await club.row('cursor, failures, poll_token IS NOT NULL AS held')).toEqual({
      cursor: null,
      failures: 0,
      held: true,
    });
  });

  it('go on with a source whose poller died, once its lease is over', async () => {
    await club.sources.claim(['club']);
    expect(await club.poll()).toBe(false);

    await club.database.execute('UPDATE source SET lease_until = now() - make_interval(secs => 1)');

    expect(await club.poll()).toBe(true);
  });
});

describe('the money of a source', () => {
  const DOLLAR = 1_000_000;
  beforeEach(async () => {
    await club.database.execute('DELETE FROM source');
    source = scriptedSource({ monthlyMicros: 3 * DOLLAR, pageMicros: DOLLAR });
    source.extra = { cost: { reads: 2, micros: DOLLAR / 2 } };
    club = await openPolling(fresh.database, source);
  });
  const spent = () => club.row<{ spent: number; reads: number }>('spend_micros::float8 AS spent, reads::int');

  it('is what its pages cost in truth', async () => {
    source.posts.push(post(1, ago(1)), post(2, ago(1)), post(3, ago(1)));
    await club.poll();

    expect(await spent()).toEqual({ spent: DOLLAR, reads: 4 });
    expect(await club.health()).toMatchObject({ spentUsd: 1, budgetUsd: 3 });
  });

  it('is never more than the month allows: the page that could cross it is not read', async () => {
    source.posts.push(...Array.from({ length: 40 }, (_, id) => post(id, ago(1))));
    await club.poll();

    expect(await spent()).toEqual({ spent: 2.5 * DOLLAR, reads: 10 });
    expect(source.asked).toHaveLength(5);
    expect(await club.health()).toMatchObject({ state: 'paused' });
    const { next } = await club.row<{ next: Date }>('next_poll_at AS next');
    expect([next.getUTCDate(), next.getTime() - Date.now() > 0]).toEqual([1, true]);
  });

  it('starts anew with the month', async () => {
    await club.database.execute(
      `UPDATE source SET spend_micros = $1::bigint, spend_month = date_trunc('month', now() AT TIME ZONE 'UTC')::date - 1`,
      3 * DOLLAR,
    );
    source.posts.push(post(1, ago(1)));
    await club.poll();

    expect(await club.ids()).toEqual([1]);
    expect((await spent()).spent).toBe(DOLLAR / 2);
  });

  it('comes back when nothing was read, and stays spent when the process died in between', async () => {
    source.faults.push(new AppError('unavailable', 'no answer'));
    await club.poll();
    expect((await spent()).spent).toBe(0);

    await club.due();
    const claimed = await club.sources.claim(['club']);
    expect(claimed && (await club.sources.reserve(claimed, DOLLAR, 3 * DOLLAR))).toBe(true);
    expect((await spent()).spent).toBe(DOLLAR);
  });
});

describe('what the config no longer names', () => {
  it('is not polled, keeps its place, and goes on there when it is named again', async () => {
    source.posts.push(post(1, ago(1)));
    await club.poll();
    await club.sources.settle([]);
    await club.due();
    expect(await club.poll()).toBe(false);

    source.posts.push(post(2, ago(1)));
    await club.settle();
    await club.poll();

    expect(source.asked).toEqual([null, '1']);
    expect(await club.ids()).toEqual([1, 2]);
  });

  it('keeps its interval when nothing about it has changed', async () => {
    await club.poll();
    await club.settle();

    const { wait } = await club.row<{ wait: number }>(
      'extract(epoch FROM next_poll_at - now())::float8 AS wait',
    );
    expect(wait * 1000).toBeGreaterThan(EVERY_MS / 2);
  });
});

describe('watching sources', () => {
  it('tells people once that a refused key has stopped one, and once that it is heard again', async () => {
    source.faults.push(new AppError('auth', 'club.example refuses the key; make a new one'));
    await club.poll();

    expect(await club.watch()).toEqual([
      'club cannot be relied on: failing for under a minute: club.example refuses the key; make a new one',
    ]);
    expect(await club.watch()).toEqual([]);
    await club.due();
    await club.poll();
    expect(await club.watch()).toEqual(['club is heard again']);
    expect(await club.watch()).toEqual([]);
    expect(await club.database.query('SELECT kind, receiver, status FROM delivery')).toEqual(
      [0, 1].map(() => ({ kind: 'alarm', receiver: 'everything', status: 'pending' })),
    );
  });

  it('has patience with what may pass by itself', async () => {
    source.faults.push(new AppError('unavailable', 'no answer'));
    await club.poll();
    expect(await club.watch()).toEqual([]);

    await club.age('20 minutes');

    expect(await club.watch()).toHaveLength(1);
  });

  it('notices a source that fell silent against its habit', async () => {
    await club.age('60 days');
    await club.database.execute(
      `UPDATE source SET heard_days = ((1::bigint << 30) - 1), last_heard_at = now() - interval '30 hours', last_success_at = now(), caught_up_at = now()`,
    );

    expect(await club.watch()).toEqual([
      'club cannot be relied on: silent for 30 hours, which is not its habit; reading it gives no error',
    ]);
  });

  it('is done by one process a minute', async () => {
    source.faults.push(new AppError('auth', 'refused'));
    await club.poll();
    await club.database.execute('UPDATE source SET watched_at = NULL');
    const looks = await Promise.all(
      Array.from({ length: 6 }, () => club.sources.watch(({ alarm }) => ({ alarm, message: null }), [])),
    );

    expect(looks.flat()).toEqual([]);
    const { watched } = await club.row<{ watched: boolean }>('watched_at IS NOT NULL AS watched');
    expect(watched).toBe(true);
  });
});
