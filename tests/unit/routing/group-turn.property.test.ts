import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaseStatus } from '../../../src/domain/case.ts';
import type { GroupTiming, GroupTurn } from '../../../src/domain/group.ts';
import type { Mute, TimeInterval } from '../../../src/domain/routing.ts';
import { decideTurn } from '../../../src/routing/group-turn.ts';
import { timeMute } from '../../../src/routing/time-intervals.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

interface Happening {
  readonly afterSeconds: number;
  readonly kind: 'opinion' | 'accept' | 'resolve';
  readonly caseNumber: number;
}

interface Scene {
  readonly startsAt: number;
  readonly timing: GroupTiming;
  readonly happenings: readonly Happening[];
  /** Of which cases and when, in seconds from the start. */
  readonly silences: readonly { readonly caseNumber: number; readonly from: number; readonly to: number }[];
  readonly night: TimeInterval | null;
}

interface Sent {
  readonly at: number;
  readonly turn: GroupTurn;
}

interface Opinion {
  readonly id: string;
  readonly caseNumber: number;
  readonly at: number;
}

/** One group under a clock that jumps from one instant at which something happens or is due to the next. */
function play({ startsAt, timing, happenings, silences, night }: Scene) {
  const { groupWaitMs, groupIntervalMs } = timing;
  const status = new Map<number, CaseStatus>();
  const opinions: Opinion[] = [];
  const waiting = new Set<Opinion>();
  const told = new Set<number>();
  const dropped = new Set<string>();
  const sent: Sent[] = [];
  let last: number | null = null;
  let listed: number | null = null;
  let since: number | null = null;
  let isLive = false;
  let due: number | null = null;
  let waits: { readonly from: number; readonly isLive: boolean } | null = null;
  const firsts: { readonly at: number; readonly waitedFrom: number }[] = [];

  const silencedAt = (caseNumber: number, at: number): Mute | null => {
    const one = silences.find(
      (silence) =>
        silence.caseNumber === caseNumber &&
        startsAt + silence.from * SECOND <= at &&
        at < startsAt + silence.to * SECOND,
    );
    if (!one) return null;
    return {
      kind: 'silence',
      reason: '',
      until: new Date(startsAt + one.to * SECOND).toISOString(),
      by: '1',
    };
  };
  const nightAt = (at: number): Mute | null =>
    night && timeMute({ mute: [night.name], active: [] }, new Map([[night.name, night]]), new Date(at));
  const standing = (caseNumber: number, at: number) => ({
    status: status.get(caseNumber) ?? ('open' as const),
    snoozedUntil: null,
    mute: silencedAt(caseNumber, at),
  });

  const happen = ({ kind, caseNumber }: Happening, at: number): void => {
    const before = status.get(caseNumber);
    if (kind === 'opinion') {
      if (before === 'resolved') return;
      if (before === undefined) status.set(caseNumber, 'open');
      const opinion = { id: `${opinions.length}`, caseNumber, at };
      opinions.push(opinion);
      waiting.add(opinion);
      since ??= at;
      waits ??= { from: at, isLive };
      const beat =
        isLive && last !== null
          ? last + Math.max(1, Math.ceil((at - last) / groupIntervalMs)) * groupIntervalMs
          : Math.max(at + groupWaitMs, last === null ? 0 : last + groupIntervalMs);
      due = Math.min(due ?? Number.POSITIVE_INFINITY, beat);
      return;
    }
    if (before === undefined || before === 'resolved') return;
    status.set(caseNumber, kind === 'accept' ? 'accepted' : 'resolved');
    due = Math.max(at, last === null ? 0 : last + groupIntervalMs);
  };

  const look = (at: number): void => {
    const turn = decideTurn({
      ...timing,
      now: new Date(at),
      lastNotifiedAt: last === null ? null : new Date(last),
      listedAt: listed === null ? null : new Date(listed),
      isLive,
      waitingSince: since === null ? null : new Date(since),
      timeMute: nightAt(at),
      waiting: [...waiting].map(({ id, caseNumber }) => ({
        opinionId: id,
        caseId: `${caseNumber}`,
        ...standing(caseNumber, at),
      })),
      told: [...told].map((caseNumber) => ({ caseId: `${caseNumber}`, ...standing(caseNumber, at) })),
    });
    for (const opinion of waiting) {
      if (turn.dropped.includes(opinion.id)) dropped.add(opinion.id);
      if (turn.notified.includes(opinion.id)) told.add(opinion.caseNumber);
      if (turn.dropped.includes(opinion.id) || turn.notified.includes(opinion.id)) waiting.delete(opinion);
    }
    for (const caseId of turn.resolved) told.delete(Number(caseId));
    if (turn.reason !== null) {
      if (waits && turn.notified.length > 0 && !waits.isLive) firsts.push({ at, waitedFrom: waits.from });
      last = at;
      sent.push({ at, turn });
    }
    if (turn.reason === 'first' || turn.reason === 'repeat') listed = at;
    if (waiting.size === 0) {
      since = null;
      waits = null;
    }
    isLive = turn.isLive;
    expect(turn.dueAt === null || turn.dueAt.getTime() > at).toBe(true);
    due = turn.dueAt?.getTime() ?? null;
  };

  const end = startsAt + 40 * HOUR;
  const queue = happenings.map((one) => ({ one, at: startsAt + one.afterSeconds * SECOND }));
  queue.sort((a, b) => a.at - b.at);
  for (;;) {
    const next = queue[0]?.at ?? Number.POSITIVE_INFINITY;
    const dueAt: number = due ?? Number.POSITIVE_INFINITY;
    if (Math.min(next, dueAt) > end) break;
    if (next <= dueAt) {
      const { one, at } = queue.shift() ?? { one: null, at: 0 };
      if (one) happen(one, at);
    } else {
      look(dueAt);
    }
  }
  return { sent, firsts, opinions, waiting, dropped, told, status, silencedAt, nightAt, end };
}

const seconds = (max: number) => fc.integer({ min: 0, max });
const happening = fc.record({
  afterSeconds: seconds(12 * 3600),
  kind: fc.constantFrom(
    'opinion' as const,
    'opinion' as const,
    'opinion' as const,
    'accept' as const,
    'resolve' as const,
  ),
  caseNumber: fc.integer({ min: 1, max: 4 }),
});
const timing = fc.record({
  groupWaitMs: fc.constantFrom(0, 30, 300).map((one) => one * SECOND),
  groupIntervalMs: fc.constantFrom(120, 300, 3600).map((one) => one * SECOND),
  repeatIntervalMs: fc.constantFrom(900, 4 * 3600, 12 * 3600).map((one) => one * SECOND),
});
const silence = fc
  .record({ caseNumber: fc.integer({ min: 1, max: 4 }), from: seconds(12 * 3600), length: seconds(8 * 3600) })
  .map(({ caseNumber, from, length }) => ({ caseNumber, from, to: from + length + 1 }));
/** Around days on which clocks change somewhere. */
const startsAt = fc
  .record({
    day: fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-26'),
    offset: seconds(86_400),
  })
  .map(({ day, offset }) => Date.parse(`${day}T00:00:00Z`) - 43_200_000 + offset * SECOND);
const night = fc
  .record({
    zone: fc.constantFrom(
      'UTC',
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    ),
    from: fc.integer({ min: 0, max: 1438 }),
    length: fc.integer({ min: 1, max: 720 }),
  })
  .map(
    ({ zone, from, length }): TimeInterval => ({
      name: 'night',
      windows: [{ zone, times: [{ from, to: Math.min(1440, from + length) }] }],
    }),
  );
const scene: fc.Arbitrary<Scene> = fc.record({
  startsAt,
  timing,
  happenings: fc.array(happening, { maxLength: 25 }),
  silences: fc.array(silence, { maxLength: 3 }),
  night: fc.option(night),
});

it('never notifies before group_wait, nor twice within group_interval', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { sent, firsts } = play(given);
      for (const { at, waitedFrom } of firsts)
        expect(at - waitedFrom).toBeGreaterThanOrEqual(given.timing.groupWaitMs);
      for (const [index, { at }] of sent.slice(1).entries())
        expect(at - (sent[index]?.at ?? 0)).toBeGreaterThanOrEqual(given.timing.groupIntervalMs);
    }),
    { numRuns: 150 },
  );
});

it('notifies every opinion exactly once, unless its case was closed first, and nothing while it is muted', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { sent, opinions, dropped, waiting, silencedAt, nightAt } = play(given);
      const notified = sent.flatMap(({ turn }) => turn.notified);
      expect([...notified, ...dropped].toSorted()).toEqual(opinions.map(({ id }) => id).toSorted());
      expect(waiting.size).toBe(0);
      for (const { at, turn } of sent) {
        expect(nightAt(at)).toBeNull();
        const cases = turn.notified.map((id) => opinions[Number(id)]?.caseNumber ?? 0);
        for (const one of [...cases, ...turn.repeated.map(Number), ...turn.resolved.map(Number)])
          expect(silencedAt(one, at)).toBeNull();
      }
    }),
    { numRuns: 150 },
  );
});

it('tells the end of every case that it told of, once', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { sent, told, status } = play(given);
      const resolved = sent.flatMap(({ turn }) => turn.resolved);
      expect(new Set(resolved).size).toBe(resolved.length);
      for (const one of resolved) expect(status.get(Number(one))).toBe('resolved');
      for (const one of told) expect(status.get(one)).not.toBe('resolved');
    }),
    { numRuns: 150 },
  );
});

it('repeats exactly every repeat_interval while a case is open', () => {
  const one = { afterSeconds: 0, kind: 'opinion' as const, caseNumber: 1 };
  fc.assert(
    fc.property(timing, startsAt, (given, at) => {
      const { sent, end } = play({
        startsAt: at,
        timing: given,
        happenings: [one],
        silences: [],
        night: null,
      });
      const every = Math.max(given.repeatIntervalMs, given.groupIntervalMs);
      const first = at + given.groupWaitMs;
      const count = Math.floor((end - first) / every) + 1;
      expect(sent.map((notification) => notification.at)).toEqual(
        Array.from({ length: count }, (_, index) => first + index * every),
      );
    }),
    { numRuns: 50 },
  );
});

it('notifies what was muted at the very minute at which the mute ends', () => {
  const one = { afterSeconds: 0, kind: 'opinion' as const, caseNumber: 1 };
  fc.assert(
    fc.property(night, startsAt, (interval, at) => {
      const given = { groupWaitMs: 0, groupIntervalMs: HOUR, repeatIntervalMs: 100 * HOUR };
      const { sent, nightAt } = play({
        startsAt: at,
        timing: given,
        happenings: [one],
        silences: [],
        night: interval,
      });
      expect(sent.length).toBe(1);
      expect(sent[0]?.at).toBe(nightAt(at) === null ? at : Date.parse(nightAt(at)?.until ?? ''));
    }),
    { numRuns: 100 },
  );
});
