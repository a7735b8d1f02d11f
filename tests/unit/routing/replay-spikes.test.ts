import { expect, it } from 'vitest';
import type { PastComplaint } from '../../../src/domain/backtest.ts';
import { replaySpikes, SPIKE_MEMORY_MS } from '../../../src/routing/replay-spikes.ts';

const HOUR = 3_600_000;
const to = new Date('2026-11-27T00:00:00Z');
const from = new Date(to.getTime() - 10 * 24 * HOUR);
const heardSince = new Date(from.getTime() - SPIKE_MEMORY_MS);
const rules = { minPeople: 5, factor: 2, cooldownMs: 24 * HOUR };

const crowd = (at: string, people: number, changes: Partial<PastComplaint> = {}): PastComplaint[] =>
  Array.from({ length: people }, (_, n) => ({
    at: new Date(at),
    aspect: 'pricing',
    authorId: `${n}`,
    isHistory: false,
    ...changes,
  }));
const replay = (...complaints: PastComplaint[]) =>
  replaySpikes(
    complaints.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    rules,
    { heardSince, from, to },
  );

it('finds a spike at the hour when it began, against the same weekday of four weeks', () => {
  expect(
    replay(
      ...['2026-10-25', '2026-11-01', '2026-11-08', '2026-11-15'].flatMap((day) =>
        crowd(`${day}T09:00:00Z`, 2),
      ),
      ...crowd('2026-11-22T09:30:00Z', 8),
    ),
  ).toEqual([{ at: new Date('2026-11-22T10:00:00Z'), aspect: 'pricing', people: 8, usual: 2 }]);
});

it('finds one that comes back after the cooldown anew, and not before', () => {
  const twice = (second: string) => replay(...crowd('2026-11-18T09:30:00Z', 8), ...crowd(second, 9));

  expect(twice('2026-11-20T05:30:00Z')).toHaveLength(1);
  expect(twice('2026-11-21T05:30:00Z')).toHaveLength(2);
});

it('compares with history, which starts nothing itself', () => {
  expect(replay(...crowd('2026-11-22T09:30:00Z', 8, { isHistory: true }))).toEqual([]);
  expect(
    replay(
      ...['2026-10-25', '2026-11-01', '2026-11-08', '2026-11-15'].flatMap((day) =>
        crowd(`${day}T09:00:00Z`, 8, { isHistory: true }),
      ),
      ...crowd('2026-11-22T09:30:00Z', 8),
    ),
  ).toEqual([]);
});
