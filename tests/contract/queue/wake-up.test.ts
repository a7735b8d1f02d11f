import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueues, openWorker, type QueueServer, type Queues } from '../../../src/queue/queues.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { hasRedis, startRedis } from '../../support/redis.ts';

interface Backend {
  readonly server: QueueServer;
  close(): Promise<void>;
}

const backends: readonly { name: string; isHere: boolean; open: () => Promise<Backend> }[] = [
  {
    name: 'Postgres',
    isHere: true,
    open: async () => {
      const fresh = await freshDatabase();
      return { server: { kind: 'postgres', url: fresh.url }, close: fresh.close };
    },
  },
  {
    name: hasRedis ? 'Redis' : 'Redis (skipped: redis-server is not installed)',
    isHere: hasRedis,
    open: async () => {
      const redis = await startRedis();
      return { server: { kind: 'redis', url: redis.url }, close: redis.close };
    },
  },
];

for (const backend of backends) {
  describe.runIf(backend.isHere)(`wake-ups on ${backend.name}`, () => {
    const errors: Error[] = [];
    let opened: Backend;
    let queues: Queues;
    beforeAll(async () => {
      opened = await backend.open();
      queues = await openQueues(opened.server, (error) => errors.push(error));
    });
    afterAll(async () => {
      await queues.close();
      await opened.close();
    });

    it('reach a worker of that queue and no other', async () => {
      const woken = countedWorker('analyse', opened.server);
      const other = countedWorker('route', opened.server);

      await queues.wake('analyse');
      await woken.reached(1);

      expect(other.count()).toBe(0);
      await Promise.all([woken.close(), other.close()]);
    });

    it('that nobody heard are there when a worker comes', async () => {
      await queues.wake('flush');

      const woken = countedWorker('flush', opened.server);
      await woken.reached(1);
      await woken.close();
    });

    it('for later arrive not before their time', async () => {
      const woken = countedWorker('deliver', opened.server);
      const asked = Date.now();

      await queues.wake('deliver', new Date(asked + 700));
      await woken.reached(1);

      expect(Date.now() - asked).toBeGreaterThanOrEqual(690);
      await woken.close();
    });

    it('are repeated when the work throws', async () => {
      let calls = 0;
      const woken = countedWorker('digest', opened.server, () => {
        calls += 1;
        if (calls === 1) throw new Error('first time');
      });

      await queues.wake('digest');
      await woken.reached(2);

      expect(woken.errors.map(({ message }) => message)).toEqual(['first time']);
      await woken.close();
    });

    it('leave no trouble behind', () => expect(errors).toEqual([]));
  });
}

function countedWorker(
  name: Parameters<typeof openWorker>[0],
  server: QueueServer,
  work: () => void = () => undefined,
) {
  let calls = 0;
  const waiting: { count: number; resolve: () => void }[] = [];
  const errors: Error[] = [];
  const run = async (): Promise<void> => {
    calls += 1;
    for (const { count, resolve } of waiting) if (calls >= count) resolve();
    work();
  };
  const worker = openWorker(name, server, run, { onError: (error) => errors.push(error) });
  return {
    errors,
    count: () => calls,
    reached: (count: number) =>
      calls >= count ? Promise.resolve() : new Promise<void>((resolve) => waiting.push({ count, resolve })),
    close: () => worker.close(),
  };
}
