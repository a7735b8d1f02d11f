import { describe, expect, it } from 'vitest';
import { addDays, distance, morning } from '../../../src/web/ui/time.ts';

describe('the time on the pages', () => {
  it.each([
    ['2026-11-24T11:59:40Z', 'now'],
    ['2026-11-24T11:15:00Z', '45m'],
    ['2026-11-24T15:30:00Z', '3h'],
    ['2026-11-20T12:00:00Z', '4d'],
  ])('%s is %s away', (instant, words) => {
    expect(distance(instant, Date.parse('2026-11-24T12:00:00Z'))).toBe(words);
  });

  it.each([
    ['2026-11-29', '2026-11-30'],
    ['2026-11-30', '2026-12-07'],
    ['2026-12-01', '2026-12-07'],
  ])('the Monday after %s is %s', (day, monday) => {
    const at = morning('monday', new Date(`${day}T15:00:00`));

    expect([at.toDateString(), at.getHours()]).toEqual([new Date(`${monday}T00:00:00`).toDateString(), 8]);
  });

  it('steps over the end of a month', () => {
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });
});
