import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateExists,
  dayWindow,
  dueAt,
  latestDueDate,
  localDate,
  localInstant,
  localTime,
  neighbourDate,
  nextDueAt,
} from '../../../src/digest/calendar.ts';

const iso = (at: number): string => new Date(at).toISOString();
const ZONES = Intl.supportedValuesOf('timeZone');

describe('localInstant', () => {
  it.each([
    ['an ordinary time', 'Europe/London', '2026-11-22', '07:30', '2026-11-22T07:30:00.000Z'],
    [
      'the first valid minute after a gap',
      'Europe/Berlin',
      '2026-03-29',
      '02:30',
      '2026-03-29T01:00:00.000Z',
    ],
    ['the first of two in an overlap', 'Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['a gap of 30 minutes', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z'],
    ['an overlap of 30 minutes', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
    [
      'a midnight that does not exist',
      'America/Sao_Paulo',
      '2018-11-04',
      '00:00',
      '2018-11-04T03:00:00.000Z',
    ],
    ['a midnight that comes twice', 'America/Havana', '2026-11-01', '00:00', '2026-11-01T04:00:00.000Z'],
    ['a zone off by 45 minutes', 'Asia/Kathmandu', '2026-11-22', '07:30', '2026-11-22T01:45:00.000Z'],
  ])('finds %s', (_, zone, date, time, expected) => {
    expect(iso(localInstant(zone, date, time))).toBe(expected);
  });

  it('refuses a zone that is none', () => {
    expect(() => localInstant('Mars/Olympus', '2026-11-22', '07:30')).toThrow(/Mars\/Olympus/);
  });
});

describe('local days', () => {
  it('knows the day that Apia left out', () => {
    expect(dateExists('Pacific/Apia', '2011-12-30')).toBe(false);
    expect(neighbourDate('Pacific/Apia', '2011-12-29', 1)).toBe('2011-12-31');
    expect(dayWindow('Pacific/Apia', '2011-12-29')).toEqual({
      date: '2011-12-29',
      from: '2011-12-29T10:00:00.000Z',
      to: '2011-12-30T10:00:00.000Z',
    });
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-11-22', 24],
  ])('makes %s in Berlin %i hours long', (date, hours) => {
    const { from, to } = dayWindow('Europe/Berlin', date);

    expect((Date.parse(to) - Date.parse(from)) / 3_600_000).toBe(hours);
  });

  it('gives every zone days without gap or overlap over two years, each due exactly once and in order', () => {
    for (const zone of ZONES) {
      let date = '2025-01-01';
      let { from } = dayWindow(zone, date);
      let lastDue = 0;
      // Days apart from clock changes are alike: weeks are stepped over where the offset stays the same.
      while (date < '2027-01-01') {
        const window = dayWindow(zone, date);
        const due = dueAt({ zone, at: '02:30' }, date);
        if (window.from !== from || due <= lastDue || due < Date.parse(window.to))
          throw new Error(`${zone} ${date}`);
        if (latestDueDate({ zone, at: '02:30' }, due) !== date) throw new Error(`${zone} ${date} is not due`);
        if (latestDueDate({ zone, at: '02:30' }, due - 1) === date)
          throw new Error(`${zone} ${date} is due early`);
        lastDue = due;
        const isCalm =
          Date.parse(dayWindow(zone, addDays(date, 8)).to) - Date.parse(window.from) === 9 * 86_400_000;
        date = isCalm ? addDays(date, 7) : neighbourDate(zone, date, 1);
        from = isCalm ? dayWindow(zone, date).from : window.to;
      }
    }
    expect(ZONES.length).toBeGreaterThan(400);
  });

  it('names for any instant the window it lies in, and a next time that is later', () => {
    const instant = fc.date({
      min: new Date('2015-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        instant,
        fc.integer({ min: 0, max: 1439 }),
        (zone, at, minute) => {
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const window = dayWindow(zone, localDate(zone, at.getTime()));
          expect(window.from <= at.toISOString() && at.toISOString() < window.to).toBe(true);
          const due = latestDueDate({ zone, at: time }, at.getTime());
          expect(dueAt({ zone, at: time }, due)).toBeLessThanOrEqual(at.getTime());
          expect(nextDueAt({ zone, at: time }, at.getTime())).toBeGreaterThan(at.getTime());
          expect(localTime(zone, at.getTime())).toMatch(/^\d\d:\d\d$/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
