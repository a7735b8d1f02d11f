import { describe, expect, it } from 'vitest';
import { gather } from '../../../src/lib/gather.ts';

const weigh = (): number => 1;

async function* burst(count: number): AsyncGenerator<number> {
  for (let at = 0; at < count; at += 1) yield at;
}

async function collect(
  source: AsyncIterable<number>,
  limits: { items: number; weight: number },
): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const batch of gather(source, { ...limits, weigh })) batches.push(batch);
  return batches;
}

describe('gather', () => {
  it('fills batches from a fast source, in order', async () => {
    const batches = await collect(burst(10), { items: 4, weight: 100 });
    expect(batches).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
  });

  it('closes a batch by its weight too', async () => {
    expect(await collect(burst(4), { items: 100, weight: 2 })).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('hands a single item of a slow source on at once', async () => {
    let sendNext: () => void = () => undefined;
    async function* slow(): AsyncGenerator<number> {
      yield 1;
      await new Promise<void>((resolve) => {
        sendNext = resolve;
      });
      yield 2;
    }
    const batches = gather(slow(), { items: 10, weight: 10, weigh });
    expect(await batches.next()).toEqual({ value: [1], done: false });
    sendNext();
    expect(await batches.next()).toEqual({ value: [2], done: false });
    expect(await batches.next()).toEqual({ value: undefined, done: true });
  });

  it('gives nothing for nothing', async () => {
    expect(await collect(burst(0), { items: 3, weight: 3 })).toEqual([]);
  });

  it('throws what the source throws, after what came before', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('cut');
    }
    const batches = gather(broken(), { items: 10, weight: 10, weigh });
    expect(await batches.next()).toEqual({ value: [1], done: false });
    await expect(batches.next()).rejects.toThrow('cut');
  });

  it('closes the source when its reader stops early', async () => {
    let isClosed = false;
    async function* watched(): AsyncGenerator<number> {
      try {
        for (let at = 0; ; at += 1) yield at;
      } finally {
        isClosed = true;
      }
    }
    for await (const batch of gather(watched(), { items: 2, weight: 10, weigh })) {
      expect(batch).toEqual([0, 1]);
      break;
    }
    await new Promise(setImmediate);
    expect(isClosed).toBe(true);
  });
});
