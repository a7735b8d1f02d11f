import { describe, expect, it } from 'vitest';
import type { PastOpinion, RoutingRules } from '../../../src/domain/backtest.ts';
import type { OpinionLabels } from '../../../src/domain/routing.ts';
import { parseMatchers } from '../../../src/routing/parse-matcher.ts';
import { replay } from '../../../src/routing/replay.ts';
import { COMPLAINT, routeOf } from './arbitraries.ts';

const START = Date.parse('2026-11-02T00:00:00Z');
const MINUTE = 60_000;
const at = (minutes: number): Date => new Date(START + minutes * MINUTE);

function opinion(
  id: string,
  minutes: number,
  given: Partial<Omit<PastOpinion, 'labels'>> & { readonly labels?: Partial<OpinionLabels> } = {},
): PastOpinion {
  return {
    id,
    mentionId: `m${id}`,
    confidence: 1,
    heardAt: at(minutes),
    isHistory: false,
    caseKey: id,
    closedAt: null,
    ...given,
    labels: { ...COMPLAINT, ...given.labels },
  };
}

const RULES: RoutingRules = {
  route: routeOf({
    receiver: 'all',
    department: 'service',
    groupBy: ['aspect'],
    groupWaitMs: MINUTE,
    groupIntervalMs: 5 * MINUTE,
    repeatIntervalMs: 240 * MINUTE,
  }),
  timeIntervals: [],
  inhibitRules: [],
  silences: [],
};

/** Minutes from the start, receiver, reason and opinions of each notification. */
const told = (opinions: readonly PastOpinion[], rules = RULES, minutes = 60) =>
  replay(opinions, rules, at(minutes)).notifications.map((one) => [
    (one.at.getTime() - START) / MINUTE,
    one.receiver,
    one.reason,
    one.opinions,
  ]);

describe('opinions of the past under other rules', () => {
  it('are told after group_wait, then on the beat of group_interval, and again while their case is open', () => {
    const opinions = [
      opinion('1', 0),
      opinion('2', 0.5),
      opinion('3', 2),
      opinion('4', 7, { labels: { aspect: 'pricing' } }),
    ];

    expect(told(opinions, RULES, 260)).toEqual([
      [1, 'all', 'first', 2],
      [6, 'all', 'new', 1],
      [8, 'all', 'first', 1],
      [241, 'all', 'repeat', 0],
      [248, 'all', 'repeat', 0],
    ]);
  });

  it('are told of the end of their case, and not told of what was closed before', () => {
    const closed = opinion('1', 0, { closedAt: at(30) });
    expect(told([closed])).toEqual([
      [1, 'all', 'first', 1],
      [30, 'all', 'resolved', 0],
    ]);
    expect(told([opinion('1', 0, { closedAt: at(0.5) })])).toEqual([]);
  });

  it('that were history have an owner and notify nobody', () => {
    const { owners, notifications } = replay([opinion('1', 0, { isHistory: true })], RULES, at(60));

    expect([[...owners], notifications]).toEqual([[['m1', ['service']]], []]);
  });

  it('go to every department that a route names', () => {
    const route = routeOf({
      ...RULES.route,
      routes: [
        routeOf({
          ...RULES.route,
          path: 'root/0',
          matchers: parseMatchers('tier="1"'),
          receiver: 'vip',
          department: 'sales',
          continue: true,
        }),
        routeOf({
          ...RULES.route,
          path: 'root/1',
          matchers: parseMatchers('aspect="sales"'),
          receiver: 'desk',
        }),
      ],
    });
    const opinions = [opinion('1', 0, { labels: { tier: '1' } }), opinion('2', 0)];

    const { owners, notifications } = replay(opinions, { ...RULES, route }, at(10));

    expect([...owners]).toEqual([
      ['m1', ['sales', 'service']],
      ['m2', ['service']],
    ]);
    expect(notifications.map(({ receiver, opinions: count }) => [receiver, count])).toEqual([
      ['vip', 1],
      ['desk', 2],
    ]);
  });

  it('wait while a silence, an interval or another open case mutes them', () => {
    const silence = {
      id: '1',
      matchers: parseMatchers('aspect="sales"'),
      startsAt: at(-60),
      endsAt: at(20),
      author: 'a',
      reason: 'r',
    };
    const night = { name: 'night', windows: [{ times: [{ from: 0, to: 25 }], zone: 'UTC' }] };
    const inhibit = {
      source: parseMatchers('aspect="product"'),
      target: parseMatchers('aspect="sales"'),
      equal: [],
    };
    const outage = opinion('9', 0, { labels: { aspect: 'product' }, closedAt: at(15.5) });

    expect(told([opinion('1', 0)], { ...RULES, silences: [silence] })).toEqual([[20, 'all', 'first', 1]]);
    expect(
      told([opinion('1', 0)], {
        ...RULES,
        timeIntervals: [night],
        route: { ...RULES.route, muteTimes: ['night'] },
      }),
    ).toEqual([[25, 'all', 'first', 1]]);
    expect(told([opinion('1', 0), outage], { ...RULES, inhibitRules: [inhibit] })).toEqual([
      [1, 'all', 'first', 1],
      [15.5, 'all', 'first', 1],
      [15.5, 'all', 'resolved', 0],
    ]);
    expect(
      replay([opinion('1', 0)], { ...RULES, silences: [{ ...silence, endsAt: at(999) }] }, at(60)).muted,
    ).toBe(1);
  });
});
