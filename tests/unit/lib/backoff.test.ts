import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAttempt, retryAtFrom } from '../../../src/lib/backoff.ts';

const NOW = new Date('2026-03-02T07:30:00Z');
const HOUR = 3_600_000;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function waitAfter(attempt: number, at: number): number {
  const next = nextAttempt({ attempt, now: NOW, random: at });
  return next === null ? Number.NaN : (next.getTime() - NOW.getTime()) / 1_000;
}

describe('next attempt', () => {
  it.each([
    [1, 5],
    [2, 20],
    [3, 80],
    [4, 320],
    [5, 1_280],
    [6, 5_120],
    [7, 20_480],
    [8, 21_600],
    [9, 21_600],
  ])('after attempt %i waits between 1 s and %i s', (attempt, ceiling) => {
    expect(waitAfter(attempt, 0)).toBe(1);
    expect(waitAfter(attempt, 0.999_999_999)).toBeCloseTo(ceiling, 1);
  });

  it.each([10, 11, 100])('gives up after attempt %i', (attempt) => {
    expect(nextAttempt({ attempt, now: NOW, random: 0.5 })).toBeNull();
  });

  it('comes back between 7 and 17 s after a first answer that asked for 7 s', () => {
    const retryAt = new Date(NOW.getTime() + 7_000);
    fc.assert(
      fc.property(random, (value) => {
        const wait = Number(nextAttempt({ attempt: 1, now: NOW, retryAt, random: value })) - Number(NOW);
        expect(wait).toBeGreaterThanOrEqual(7_000);
        expect(wait).toBeLessThanOrEqual(17_000);
      }),
    );
  });

  it('makes ten attempts within 24 hours whatever the far side asks for', () => {
    const step = fc.record({
      random,
      askedMs: fc.option(fc.integer({ min: 1_000, max: HOUR }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 10 }), (steps) => {
        let now = NOW;
        let attempts = 0;
        for (const { random, askedMs } of steps) {
          attempts += 1;
          const retryAt = askedMs === undefined ? undefined : new Date(now.getTime() + askedMs);
          const next = nextAttempt({ attempt: attempts, now, retryAt, random });
          if (next === null) break;
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          expect(next.getTime()).toBeGreaterThanOrEqual(retryAt?.getTime() ?? 0);
          now = next;
        }
        expect(attempts).toBe(10);
        expect(now.getTime() - NOW.getTime()).toBeLessThanOrEqual(24 * HOUR);
      }),
    );
  });
});

describe('Retry-After', () => {
  it.each([
    [undefined, 30],
    ['', 30],
    ['7', 7],
    [' 7 ', 7],
    ['1.5', 1.5],
    ['0', 1],
    ['-1', 30],
    ['abc', 30],
    ['Monday or so', 30],
    ['99999999', 3_600],
    ['Mon, 02 Mar 2026 07:31:30 GMT', 90],
    ['Monday, 02-Mar-26 07:31:30 GMT', 90],
    ['Mon Mar  2 07:31:30 2026', 90],
    ['Mon, 02 Mar 2026 07:00:00 GMT', 1],
    ['Tue, 02 Mar 2027 07:00:00 GMT', 3_600],
    ['2026-03-02T07:31:30Z', 30],
  ])('reads %j as %d s', (header, seconds) => {
    expect((retryAtFrom(header, NOW).getTime() - NOW.getTime()) / 1_000).toBe(seconds);
  });

  it('waits as long as the caller allows', () => {
    expect(retryAtFrom('100000', NOW, 24 * HOUR)).toEqual(new Date(NOW.getTime() + 24 * HOUR));
    expect(retryAtFrom('7200', NOW, 24 * HOUR)).toEqual(new Date(NOW.getTime() + 2 * HOUR));
  });
});
