import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DueRules } from '../../../src/domain/due.ts';
import type { TimeInterval } from '../../../src/domain/routing.ts';
import { createDueTime } from '../../../src/routing/due-time.ts';
import { holds } from '../../../src/routing/time-intervals.ts';

const HOUR = 3_600_000;
const office: TimeInterval = {
  name: 'office hours',
  windows: [
    { times: [{ from: 9 * 60, to: 17 * 60 }], weekdays: [{ from: 1, to: 5 }], zone: 'Europe/Berlin' },
  ],
};
const rules = (hours: number, during: TimeInterval | null = office): DueRules => ({
  withinMs: { 3: hours * HOUR },
  during,
  escalateTo: null,
});

describe('a due time', () => {
  it.each([
    ['within a day', 2, '2026-11-23T09:00:00Z', '2026-11-23T11:00:00Z'],
    ['over night', 2, '2026-11-23T15:30:00Z', '2026-11-24T09:30:00Z'],
    ['over the weekend', 10, '2026-11-27T15:00:00Z', '2026-12-01T09:00:00Z'],
    ['from a night on', 1, '2026-11-23T22:10:00Z', '2026-11-24T09:00:00Z'],
    ['over a change of the clocks', 9, '2026-10-23T14:00:00Z', '2026-10-26T16:00:00Z'],
    ['to the very end of a day', 8, '2026-11-23T08:00:00Z', '2026-11-23T16:00:00Z'],
  ])('counts office hours %s', (_name, hours, from, due) => {
    expect(createDueTime(rules(hours))(3, new Date(from))?.toISOString()).toBe(new Date(due).toISOString());
  });

  it('is by the clock without an interval, or with one that hardly ever holds', () => {
    const from = new Date('2026-11-27T15:00:00Z');
    const seldom: TimeInterval = {
      name: 'never',
      windows: [{ years: [{ from: 1999, to: 1999 }], zone: 'UTC' }],
    };

    for (const during of [null, seldom])
      expect(createDueTime(rules(10, during))(3, from)?.toISOString()).toBe('2026-11-28T01:00:00.000Z');
  });

  it('is none for an urgency without one', () => {
    expect(createDueTime(rules(1))(2, new Date(0))).toBeNull();
  });

  it('leaves as many minutes of the interval as are allowed', () => {
    const minutes = fc.integer({ min: 1, max: 40 * 60 });
    const starts = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(starts, minutes, (at, wanted) => {
        const from = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
        const due = createDueTime(rules(wanted / 60))(3, from) as Date;
        let open = 0;
        for (let now = from.getTime(); now < due.getTime(); now += 60_000)
          open += holds(office, new Date(now)) ? 1 : 0;
        expect(open).toBe(wanted);
      }),
      { numRuns: 15 },
    );
  });
});
