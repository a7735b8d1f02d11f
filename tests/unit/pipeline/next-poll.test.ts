import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, type ErrorKind } from '../../../src/lib/app-error.ts';
import { nextPollAfter } from '../../../src/pipeline/next-poll.ts';

const NOW = new Date('2026-11-26T09:00:00Z');
const HOUR = 3_600_000;

const waits = (kind: ErrorKind, failures: number, failingMinutes = 0, random = 1): number | null =>
  nextPollAfter({
    error: new AppError(kind, 'wrong'),
    failures,
    failingSince: failingMinutes === 0 ? null : new Date(NOW.getTime() - failingMinutes * 60_000),
    now: NOW,
    random,
  }).nextInMs;

describe('after a failed poll', () => {
  it.each<[ErrorKind, number, number, number | null]>([
    ['unavailable', 0, 0, 2_000],
    ['unavailable', 1, 1, 4_000],
    ['unavailable', 2, 1, 8_000],
    ['unavailable', 50, 9, 8_000],
    ['unavailable', 90, 11, 60_000],
    ['bug', 0, 0, 2_000],
    ['conflict', 0, 0, 2_000],
    ['auth', 0, 0, HOUR],
    ['auth', 1, 60, HOUR],
    ['auth', 2, 120, null],
    ['not-found', 9, 600, HOUR],
    ['invalid-input', 0, 0, HOUR],
  ])('%s, %i failures before, for %i minutes: again in %s ms', (kind, failures, minutes, expected) => {
    expect(waits(kind, failures, minutes)).toBe(expected);
  });

  it('is never asked before the far side said, and within two seconds after', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ErrorKind>('rate-limited', 'unavailable'),
        fc.integer({ min: 1, max: 30 * 24 * HOUR }),
        fc.integer({ min: 0, max: 100 }),
        fc.float({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (kind, asked, failures, random) => {
          const error = new AppError(kind, 'wait', { retryAt: new Date(NOW.getTime() + asked) });
          const { nextInMs } = nextPollAfter({ error, failures, failingSince: null, now: NOW, random });

          expect(nextInMs).toBeGreaterThanOrEqual(asked);
          expect(nextInMs).toBeLessThanOrEqual(asked + 2_000);
        },
      ),
    );
  });
});
