import { describe, expect, it } from 'vitest';
import type { SourceFacts } from '../../../src/domain/source-health.ts';
import { healthOf } from '../../../src/pipeline/source-health.ts';

/** A Thursday. */
const NOW = new Date('2026-11-26T09:00:00Z');
const DAY = 24 * 60;
const before = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

const facts = (some: Partial<SourceFacts> = {}): SourceFacts => ({
  name: 'club',
  kind: 'rss',
  everyMs: 300_000,
  silentAfterMs: null,
  nextPollAt: before(-4),
  lastSuccessAt: before(1),
  caughtUpAt: before(1),
  lastHeardAt: before(60),
  heardDays: 0b1111111,
  failures: 0,
  failingSince: null,
  errorKind: null,
  error: null,
  gap: null,
  gapAt: null,
  reads: 0,
  spentMicros: 0,
  budgetMicros: null,
  createdAt: before(90 * DAY),
  alarm: null,
  ...some,
});

const failing = {
  errorKind: 'unavailable',
  error: 'club.example did not answer in time.',
  failures: 4,
} as const;

describe('the health of a source', () => {
  it.each<[string, Partial<SourceFacts>, string]>([
    ['ok', {}, 'last read 1 minute ago'],
    ['ok', { everyMs: null, kind: 'intake', lastSuccessAt: before(150) }, 'last fed 2 hours ago'],
    [
      'idle',
      { lastSuccessAt: null, caughtUpAt: null, lastHeardAt: null, createdAt: before(2) },
      'not read yet',
    ],
    ['behind', { caughtUpAt: before(50) }, 'behind: it reads, but has not caught up for 50 minutes'],
    [
      'failing',
      { ...failing, failingSince: before(130) },
      'failing for 2 hours: club.example did not answer in time',
    ],
    [
      'waiting',
      { errorKind: 'rate-limited', error: 'asks to wait', failingSince: before(3) },
      'made to wait for 3 minutes: asks to wait',
    ],
    [
      'stopped',
      { errorKind: 'auth', error: 'login refused', failures: 3, nextPollAt: null, failingSince: before(DAY) },
      'stopped after 3 refusals: login refused',
    ],
    [
      'paused',
      { errorKind: 'budget', error: 'the budget is spent', failingSince: before(3 * DAY) },
      'paused for 3 days: the budget is spent',
    ],
  ])('%s: %j', (state, some, sentence) => {
    expect(healthOf(facts(some), NOW)).toMatchObject({ state, sentence });
  });

  it.each<[string, Partial<SourceFacts>]>([
    ['an hour after `silent_after`', { silentAfterMs: 3_600_000, lastHeardAt: before(120) }],
    [
      'a day without, heard on each Wednesday before',
      { lastHeardAt: before(DAY + 600), heardDays: 0x3fffffff },
    ],
    [
      'a young source that was heard on each of seven days',
      { lastHeardAt: before(DAY + 600), createdAt: before(10 * DAY) },
    ],
  ])('silent: %s', (_, some) => {
    expect(healthOf(facts(some), NOW)).toMatchObject({
      state: 'silent',
      remedy: expect.stringContaining('query'),
    });
  });

  it.each<[string, Partial<SourceFacts>]>([
    [
      'a day without, for a source that is seldom heard',
      { lastHeardAt: before(DAY + 600), heardDays: 0b1000001 },
    ],
    [
      'less than `silent_after`',
      { silentAfterMs: 30 * DAY * 60_000, lastHeardAt: before(20 * DAY), heardDays: 0x3fffffff },
    ],
    ['never heard yet', { lastHeardAt: null, heardDays: 0 }],
    [
      'young, and not heard each day',
      { lastHeardAt: before(DAY + 600), createdAt: before(10 * DAY), heardDays: 0b11111 },
    ],
  ])('not silent: %s', (_, some) => {
    expect(healthOf(facts(some), NOW).state).toBe('ok');
  });

  it('knows a weekend: nothing on a Sunday is no news for a source of working days', () => {
    const monday = new Date('2026-11-23T06:00:00Z');
    const friday = new Date('2026-11-20T17:00:00Z');
    const workingDays = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25];
    const heardDays = workingDays.reduce((bits, day) => bits | (1 << day), 0);
    const some = {
      lastHeardAt: friday,
      heardDays,
      caughtUpAt: monday,
      createdAt: new Date('2026-01-01T00:00:00Z'),
    };

    expect(healthOf(facts(some), monday).state).toBe('ok');
    expect(
      healthOf(
        facts({ ...some, caughtUpAt: new Date('2026-11-24T13:00:00Z') }),
        new Date('2026-11-24T13:00:00Z'),
      ).state,
    ).toBe('silent');
  });

  it('counts lag from when it had nothing left, money in dollars, and shows a gap for a week', () => {
    const some = {
      caughtUpAt: before(5),
      spentMicros: 1_500_000,
      budgetMicros: 25_000_000,
      gap: 'lost',
      gapAt: before(DAY),
    };

    expect(healthOf(facts(some), NOW)).toMatchObject({
      lagSeconds: 300,
      spentUsd: 1.5,
      budgetUsd: 25,
      gap: 'lost',
    });
    expect(healthOf(facts({ ...some, gapAt: before(8 * DAY) }), NOW).gap).toBeNull();
  });
});
