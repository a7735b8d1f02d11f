import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeInterval, TimeWindow } from '../../../src/domain/routing.ts';
import { holds, timeMute } from '../../../src/routing/time-intervals.ts';

function intervalOf(window: Partial<TimeWindow>): TimeInterval {
  return { name: 'one', windows: [{ zone: 'UTC', ...window }] };
}

const day = (from: number, to = from) => ({ daysOfMonth: [{ from, to }] });

it.each([
  ['2026-11-26T08:59:59Z', { times: [{ from: 540, to: 1080 }] }, false],
  ['2026-11-26T09:00:00Z', { times: [{ from: 540, to: 1080 }] }, true],
  ['2026-11-26T18:00:00Z', { times: [{ from: 540, to: 1080 }] }, false],
  ['2026-11-26T23:59:59Z', { times: [{ from: 1080, to: 1440 }] }, true],
  ['2026-11-29T12:00:00Z', { weekdays: [{ from: 0, to: 0 }] }, true],
  ['2026-11-26T12:00:00Z', { weekdays: [{ from: 1, to: 3 }] }, false],
  ['2026-11-30T12:00:00Z', day(-1), true],
  ['2026-11-29T12:00:00Z', day(-1), false],
  ['2027-02-28T12:00:00Z', day(28, 31), true],
  ['2027-02-28T12:00:00Z', day(30, 31), false],
  ['2027-02-01T12:00:00Z', day(-31, -28), true],
  ['2026-11-26T12:00:00Z', { months: [{ from: 11, to: 12 }], years: [{ from: 2026, to: 2026 }] }, true],
  ['2026-11-26T12:00:00Z', { months: [{ from: 1, to: 10 }] }, false],
  // The first of December in Auckland is still November in UTC.
  ['2026-11-30T12:00:00Z', { zone: 'Pacific/Auckland', months: [{ from: 12, to: 12 }] }, true],
])('at %s, %j holds: %s', (at, window, expected) => {
  expect(holds(intervalOf(window), new Date(at))).toBe(expected);
});

describe('timeMute', () => {
  const office = intervalOf({
    zone: 'Europe/London',
    times: [{ from: 540, to: 1020 }],
    weekdays: [{ from: 1, to: 5 }],
  });
  const known = new Map([['office', office]]);

  it('mutes outside of the active intervals, until the next one begins', () => {
    const saturday = new Date('2026-11-28T10:00:00Z');

    expect(timeMute({ mute: [], active: ['office'] }, known, saturday)).toEqual({
      kind: 'time',
      reason: 'notified only during "office"',
      until: '2026-11-30T09:00:00.000Z',
      by: null,
    });
    expect(timeMute({ mute: [], active: ['office'] }, known, new Date('2026-11-30T09:00:00Z'))).toBeNull();
  });

  it('lets a mute interval win over an active one', () => {
    const monday = new Date('2026-11-30T10:00:00Z');

    expect(timeMute({ mute: ['office'], active: ['office'] }, known, monday)?.reason).toBe(
      'muted during "office"',
    );
  });

  it('does not mute for a name that the config no longer has', () => {
    expect(timeMute({ mute: ['gone'], active: ['gone too'] }, known, new Date())).toBeNull();
  });

  it('knows no end of what lasts longer than it looks ahead', () => {
    const always = new Map([['ever', intervalOf({})]]);

    expect(timeMute({ mute: ['ever'], active: [] }, always, new Date())).toMatchObject({ until: null });
  });

  // An independent reading of the wall clock: Intl instead of luxon.
  it('ends at the first minute whose wall clock is outside, also where clocks change', () => {
    const zones = [
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Cairo',
    ];
    const days = [
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-04-24',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
    ];
    const clocks = new Map(
      zones.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
      ]),
    );
    const given = fc.record({
      zone: fc.constantFrom(...zones),
      day: fc.constantFrom(...days),
      minute: fc.integer({ min: -720, max: 1440 }),
      from: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(given, ({ zone, day: date, minute, from, length }) => {
        const to = Math.min(1440, from + length);
        const isInside = (at: number): boolean => {
          const [hours = 0, minutes = 0] = (clocks.get(zone)?.format(at) ?? '').split(':').map(Number);
          return from <= hours * 60 + minutes && hours * 60 + minutes < to;
        };
        const now = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
        const mute = timeMute(
          { mute: ['one'], active: [] },
          new Map([['one', intervalOf({ zone, times: [{ from, to }] })]]),
          new Date(now),
        );
        let end = now;
        while (isInside(end)) end += 60_000;
        expect(mute?.until ?? null).toBe(end === now ? null : new Date(end).toISOString());
      }),
      { numRuns: 300 },
    );
  });
});
