import { expect, it } from 'vitest';
import { createPace } from '../../../src/lib/pace.ts';

it('lets turns begin apart, in their order, and gives up with who waits', async () => {
  const pace = createPace(40);
  const begun: { turn: number; at: number }[] = [];
  const { signal } = new AbortController();
  const begin = (turn: number) => pace(signal).then(() => begun.push({ turn, at: performance.now() }));

  const turns = [1, 2, 3].map(begin);
  await expect(pace(AbortSignal.timeout(1))).rejects.toMatchObject({ kind: 'unavailable' });
  await Promise.all([...turns, begin(4)]);
  await expect(pace(AbortSignal.abort())).rejects.toThrow(/abort/i);

  expect(begun.map(({ turn }) => turn)).toEqual([1, 2, 3, 4]);
  const gaps = begun.slice(1).map(({ at }, index) => at - (begun[index]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(39);
});
