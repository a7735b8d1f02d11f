import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCleanup } from '../../../src/lib/cleanup.ts';
import { openQueues, type Queues } from '../../../src/queue/queues.ts';
import { hasRedis, NEEDS_REDIS, startRedis, type TestRedis } from '../../support/redis.ts';
import { countedWorker } from './counted-worker.ts';

describe.runIf(hasRedis)(`a Redis that goes away${NEEDS_REDIS}`, () => {
  const cleanup = createCleanup();
  let redis: TestRedis;
  let queues: Queues;
  let told: string[];
  beforeEach(async () => {
    redis = await startRedis();
    cleanup.add('redis', redis.close);
    told = [];
    queues = await open();
  });
  afterEach(() => cleanup.run());

  async function open(): Promise<Queues> {
    const opened = await openQueues(
      { kind: 'redis', url: redis.url },
      { onAway: () => told.push('away'), onBack: () => told.push('back') },
    );
    cleanup.add('queues', opened.close);
    return opened;
  }

  /** As the reconciler does: asks again until somebody hears. */
  function wakeUntil(isHeard: () => boolean): Promise<unknown> {
    return vi.waitUntil(
      async () => {
        await queues.wake('analyse');
        return isHeard();
      },
      { timeout: 50_000, interval: 500 },
    );
  }

  it('makes wake-ups neither fail nor wait, is told once, and is told once to be back', async () => {
    await queues.wake('analyse');
    await redis.kill();

    const asked = Date.now();
    for (let call = 0; call < 2_000; call += 1) await queues.wake('analyse');
    expect(Date.now() - asked).toBeLessThan(20_000);
    expect(await queues.answers()).toBe(false);
    expect(told).toEqual(['away']);

    await redis.restart();
    await vi.waitUntil(async () => (await queues.answers()) && told.length > 1, {
      timeout: 40_000,
      interval: 200,
    });
    expect(told).toEqual(['away', 'back']);
  });

  it('finds its workers again when it was killed and came back', async () => {
    const woken = countedWorker('analyse', queues);
    await queues.wake('analyse');
    await woken.reached(1);

    await redis.kill();
    await redis.restart();
    await wakeUntil(() => woken.count() > 1);
    await woken.close();
  });

  it('finds its workers again when all it held is gone', async () => {
    const woken = countedWorker('analyse', queues);
    await queues.wake('analyse');
    await woken.reached(1);

    await redis.call('FLUSHALL');
    await wakeUntil(() => woken.count() > 1);
    await woken.close();
  });

  it('is waited for by workers that start before it', async () => {
    await redis.kill();
    queues = await open();
    const woken = countedWorker('analyse', queues);
    await queues.wake('analyse');

    await redis.restart();
    await wakeUntil(() => woken.count() > 0);
    await woken.close();
  });

  it.each(['was there', 'never came'])('does not hold up a worker that stops, when it %s', async (past) => {
    if (past === 'never came') {
      await redis.kill();
      queues = await open();
    }
    let finish = (): void => undefined;
    const woken = countedWorker('analyse', queues, () => new Promise<void>((resolve) => (finish = resolve)));
    if (past === 'was there') {
      await queues.wake('analyse');
      await woken.reached(1);
      await redis.kill();
      await vi.waitUntil(async () => !(await queues.answers()), { timeout: 20_000, interval: 50 });
    }

    const closing = woken.close();
    finish();
    await closing;
    await queues.close();
  });

  it('that may write no more is told, and heals', async () => {
    await redis.call('CONFIG', 'SET', 'maxmemory', '1');
    expect(await queues.answers()).toBe(false);
    await queues.wake('analyse');
    expect(told).toEqual(['away']);

    await redis.call('CONFIG', 'SET', 'maxmemory', '0');
    expect(await queues.answers()).toBe(true);
  });
});
