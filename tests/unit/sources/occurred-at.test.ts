import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlausible, readInstant } from '../../../src/sources/occurred-at.ts';

describe('reading an instant', () => {
  it.each([
    ['2015-02-24 11:42:48 -0800', '2015-02-24T19:42:48.000Z'],
    ['Tue Oct 31 22:10:47 +0000 2017', '2017-10-31T22:10:47.000Z'],
    ['2026-03-31T09:30:00Z', '2026-03-31T09:30:00.000Z'],
    ['2026-03-31T09:30:00.1234+05:45', '2026-03-31T03:45:00.123Z'],
    ['2026-03-31T09:30+02', '2026-03-31T07:30:00.000Z'],
    ['2026-03-31 09:30:00 UTC', '2026-03-31T09:30:00.000Z'],
    ['2026/3/1 9:30', '2026-03-01T09:30:00.000Z'],
    ['2026-03-31', '2026-03-31T00:00:00.000Z'],
    ['Tue, 24 Feb 2015 11:42:48 -0800', '2015-02-24T19:42:48.000Z'],
    ['24 Feb 15 11:42 PST', '2015-02-24T19:42:00.000Z'],
    ['Tue, 24 Feb 2015 11:42:48 +0000 (Coordinated Universal Time)', '2015-02-24T11:42:48.000Z'],
    ['Thu Mar 26 09:30:00 2026', '2026-03-26T09:30:00.000Z'],
    ['1424806968', '2015-02-24T19:42:48.000Z'],
    ['1424806968.5', '2015-02-24T19:42:48.500Z'],
    ['1424806968123', '2015-02-24T19:42:48.123Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(readInstant(text, 'UTC')?.toISOString()).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '02/03/2026 10:00',
    '2026-02-30',
    '2026-13-01',
    '2026-01-01T25:00:00Z',
    'Thu, 99 Foo 99999 99:99:99 +9999',
    '99999999999999999999',
    '-5',
    ' '.repeat(100_000),
    `Tue, 24 Feb 2015 11:42 (${'('.repeat(100_000)}`,
  ])('refuses %.40j', (text) => {
    expect(readInstant(text, 'UTC')).toBeNull();
  });

  it('takes the zone for dates that carry no offset, and only for those', () => {
    expect(readInstant('2026-07-01 09:30', 'Europe/London')?.toISOString()).toBe('2026-07-01T08:30:00.000Z');
    expect(readInstant('2026-07-01 09:30Z', 'Europe/London')?.toISOString()).toBe('2026-07-01T09:30:00.000Z');
  });

  it('reads back every instant it can be given in ISO form, in seconds and in milliseconds', () => {
    const instants = fc.date({
      min: new Date('2001-09-10'),
      max: new Date('2200-01-01'),
      noInvalidDate: true,
    });

    fc.assert(
      fc.property(instants, (instant) => {
        expect(readInstant(instant.toISOString(), 'UTC')).toEqual(instant);
        expect(readInstant(String(instant.getTime()), 'UTC')).toEqual(instant);
      }),
    );
  });

  it('reads back every instant as mail writes it', () => {
    const seconds = fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2100, 0) / 1000 });

    fc.assert(
      fc.property(seconds, (second) => {
        const instant = new Date(second * 1000);
        expect(readInstant(instant.toUTCString(), 'UTC')).toEqual(instant);
      }),
    );
  });
});

describe('whether a mention can have been written then', () => {
  const now = new Date('2026-03-31T12:00:00Z');

  it.each([
    ['1989-12-31T23:59:59Z', false],
    ['1990-01-01T00:00:00Z', true],
    ['2026-04-02T12:00:00Z', true],
    ['2026-04-02T12:00:01Z', false],
    ['0099-01-01T00:00:00Z', false],
    ['2050-01-01T00:00:00Z', false],
  ])('%s: %s', (text, expected) => {
    expect(isPlausible(new Date(text), now)).toBe(expected);
  });
});
