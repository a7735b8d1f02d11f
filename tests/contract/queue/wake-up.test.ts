import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueueServer } from '../../../src/queue/backends.ts';
import { openQueues, type Queues } from '../../../src/queue/queues.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { hasRedis, NEEDS_REDIS, startRedis, startRedisCluster } from '../../support/redis.ts';
import { countedWorker } from './counted-worker.ts';

interface Opened {
  readonly server: QueueServer;
  close(): Promise<void>;
}

const backends: readonly { name: string; isHere: boolean; open: () => Promise<Opened> }[] = [
  {
    name: 'Postgres',
    isHere: true,
    open: async () => {
      const fresh = await freshDatabase();
      return { server: { kind: 'postgres', url: fresh.url }, close: fresh.close };
    },
  },
  {
    name: `Redis${NEEDS_REDIS}`,
    isHere: hasRedis,
    open: async () => {
      const redis = await startRedis();
      return { server: { kind: 'redis', url: redis.url }, close: redis.close };
    },
  },
  {
    name: `Redis Cluster${NEEDS_REDIS}`,
    isHere: hasRedis,
    open: async () => {
      const cluster = await startRedisCluster();
      return { server: { kind: 'redis', url: cluster.url }, close: cluster.close };
    },
  },
];

for (const backend of backends) {
  describe.runIf(backend.isHere)(`wake-ups on ${backend.name}`, () => {
    const errors: Error[] = [];
    let opened: Opened;
    let queues: Queues;
    beforeAll(async () => {
      opened = await backend.open();
      queues = await openQueues(opened.server, {
        onAway: (error) => errors.push(error),
        onBack: () => undefined,
      });
    });
    afterAll(async () => {
      await queues.close();
      await opened.close();
    });

    it('reach a worker of that queue and no other', async () => {
      const woken = countedWorker('analyse', queues);
      const other = countedWorker('route', queues);

      await queues.wake('analyse');
      await woken.reached(1);

      expect(other.count()).toBe(0);
      await Promise.all([woken.close(), other.close()]);
    });

    it('that nobody heard are there when a worker comes', async () => {
      await queues.wake('flush');

      const woken = countedWorker('flush', queues);
      await woken.reached(1);
      await woken.close();
    });

    it('for later arrive not before their time', async () => {
      const woken = countedWorker('deliver', queues);
      const asked = Date.now();

      await queues.wake('deliver', new Date(asked + 700));
      await woken.reached(1);

      expect(Date.now() - asked).toBeGreaterThanOrEqual(690);
      await woken.close();
    });

    it('for the same moment arrive once', async () => {
      const woken = countedWorker('deliver', queues);
      const at = new Date(Date.now() + 1_500);

      for (let call = 0; call < 20; call += 1) await queues.wake('deliver', at);
      await woken.reached(1);
      await queues.wake('deliver');
      await woken.reached(2);

      expect(woken.count()).toBe(2);
      await woken.close();
    });

    it('do not pile up while nobody takes them, and a later one is not lost', async () => {
      for (let call = 0; call < 100; call += 1) await queues.wake('route');

      const woken = countedWorker('route', queues);
      await woken.reached(1);
      await woken.quiet();
      const heard = woken.count();
      expect(heard).toBeLessThanOrEqual(10);

      await queues.wake('route');
      await woken.reached(heard + 1);
      await woken.close();
    });

    it('are repeated when the work throws', async () => {
      let calls = 0;
      const woken = countedWorker('digest', queues, () => {
        calls += 1;
        if (calls === 1) throw new Error('first time');
      });

      await queues.wake('digest');
      await woken.reached(2);

      expect(woken.errors.map(({ message }) => message)).toEqual(['first time']);
      await woken.close();
    });

    it('can be given to several processes, each of which hears one', async () => {
      const other = await openQueues(opened.server, {
        onAway: (error) => errors.push(error),
        onBack: () => undefined,
      });
      let release = (): void => undefined;
      const both = new Promise<void>((resolve) => {
        release = resolve;
      });
      const first = countedWorker('analyse', queues, () => both);
      const second = countedWorker('analyse', other, () => both);

      await queues.wake('analyse');
      await other.wake('analyse');
      await Promise.all([first.reached(1), second.reached(1)]);
      release();

      await Promise.all([first.close(), second.close()]);
      await other.close();
    });

    it('leave no trouble behind', async () => {
      expect(await queues.answers()).toBe(true);
      expect(errors).toEqual([]);
    });
  });
}
