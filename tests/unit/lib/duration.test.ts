import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/lib/duration.ts';

it.each([
  ['0', 0],
  ['0s', 0],
  ['500ms', 500],
  ['30s', 30_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['400d', 34_560_000_000],
  ['1y2w3d4h5m6s7ms', 33_019_506_007],
])('reads %s as Prometheus does', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.each(['', '5', 'm', '-5m', '1.5h', '5 m', '5M', '30m1h', '1h1h', '1w2y', '101y', '9999999999999999y'])(
  'refuses %j',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

it('prints what it reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 * 365 * 86_400_000 }), (milliseconds) => {
      expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
    }),
  );
});
