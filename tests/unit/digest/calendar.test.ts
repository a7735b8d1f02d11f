import * as fc from 'fast-check';
import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateExists,
  dayWindow,
  localDate,
  localInstant,
  localTime,
  neighbourDate,
} from '../../../src/digest/calendar.ts';
import { dueAt, latestDueDate, nextDueAt } from '../../../src/digest/schedule.ts';

const iso = (at: number): string => new Date(at).toISOString();
const ZONES = Intl.supportedValuesOf('timeZone');
/** Every so manieth clock is simulated; EARSHOT_CLOCK_STEP=1 asks for all of them. */
const CLOCK_STEP = Number(process.env['EARSHOT_CLOCK_STEP'] ?? 40);
const TIMES = ['00:00', '00:30', '01:00', '02:00', '02:30', '03:00', '06:45', '07:30', '12:15', '23:59'];

/** The first days of the weeks in which a zone's clocks change; other days are all alike. */
function weeksWithChange(zone: string, from: string, to: string): readonly string[] {
  const weeks: string[] = [];
  let offset = localTime(zone, Date.parse(from));
  for (let date = from; date < to; date = addDays(date, 7)) {
    const next = localTime(zone, Date.parse(addDays(date, 7)));
    if (next !== offset) weeks.push(date);
    offset = next;
  }
  return weeks;
}

const [YEARS_START, YEARS_END] = ['2025-01-01', '2027-01-01'];
const HALF_DAY = 12 * 3_600_000;

/** What a zone's clock shows over two years and some days around them: each offset, and since when to the minute. */
function clockOf(name: string): string {
  const zone = IANAZone.create(name);
  const end = Date.parse(addDays(YEARS_END, 3));
  let at = Date.parse(addDays(YEARS_START, -3));
  let offset = zone.offset(at);
  const changes = [`${offset}`];
  for (; at < end; at += HALF_DAY) {
    const next = zone.offset(at + HALF_DAY);
    if (next === offset) continue;
    let [low, high] = [at, at + HALF_DAY];
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000;
      if (zone.offset(middle) === offset) low = middle;
      else high = middle;
    }
    changes.push(`${iso(high)} ${next}`);
    offset = next;
  }
  return changes.join();
}

/** One zone of each clock: schedules know nothing else of a zone, so that those with the same clock run at the same instants. */
function zonesByClock(): readonly string[] {
  return [...new Map(ZONES.map((zone) => [clockOf(zone), zone])).values()];
}

function expectOneRun(zone: string, date: string): void {
  const schedule = { zone, at: '02:30' };
  const due = dueAt(schedule, date);
  const next = neighbourDate(zone, date, 1);
  const { to } = dayWindow(zone, date);
  if (dayWindow(zone, next).from !== to) throw new Error(`${zone} ${date}: a gap or an overlap`);
  if (due < Date.parse(to)) throw new Error(`${zone} ${date}: due before it is over`);
  if (latestDueDate(schedule, due) !== date) throw new Error(`${zone} ${date}: not due when it should be`);
  if (latestDueDate(schedule, due - 1) !== neighbourDate(zone, date, -1))
    throw new Error(`${zone} ${date}: due early`);
}

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

  it('gives every zone days without gap or overlap around each clock change of two years, each due exactly once and in order', () => {
    let changes = 0;
    for (const zone of ZONES) {
      for (const week of weeksWithChange(zone, '2025-01-01', '2027-01-01')) {
        changes += 1;
        for (let date = week; date < addDays(week, 8); date = neighbourDate(zone, date, 1))
          expectOneRun(zone, date);
      }
    }
    expect(ZONES.length).toBeGreaterThan(400);
    expect(changes).toBeGreaterThan(300);
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

  it(`run once each and in order, at ten times of day over two years, by every clock that a zone has (1 in ${CLOCK_STEP} here)`, () => {
    const [start, end] = [YEARS_START, YEARS_END];
    const zones = zonesByClock();
    expect(zones.length).toBeGreaterThan(60);
    let runs = 0;
    for (const zone of zones.filter((_, index) => index % CLOCK_STEP === 0)) {
      for (const at of TIMES) {
        const schedule = { zone, at };
        let date = start;
        for (let now = dueAt(schedule, start); date < end; now = nextDueAt(schedule, now)) {
          const due = latestDueDate(schedule, now);
          if (due !== date) throw new Error(`${zone} ${at}: ${due} ran where ${date} was due`);
          runs += 1;
          date = neighbourDate(zone, date, 1);
        }
      }
    }
    expect(runs).toBe(Math.ceil(zones.length / CLOCK_STEP) * TIMES.length * 730);
  });
});
