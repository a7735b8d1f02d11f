import { expect, it } from 'vitest';
import { createPace } from '../../../src/lib/pace.ts';

it('lets turns begin apart, in their order, and gives up with who waits', async () => {
  const pace = createPace(40);
  const begun: number[] = [];
  const { signal } = new AbortController();

  await Promise.all([1, 2, 3].map(() => pace(signal).then(() => begun.push(performance.now()))));

  const gaps = begun.slice(1).map((at, index) => at - (begun[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(39);
  await expect(pace(AbortSignal.abort())).rejects.toThrow(/abort/i);
});
