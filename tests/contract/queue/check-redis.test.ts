import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup } from '../../../src/lib/cleanup.ts';
import { checkRedis } from '../../../src/queue/check-redis.ts';
import { freePort, hasRedis, NEEDS_REDIS, startRedis, startRedisCluster } from '../../support/redis.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

async function started(...settings: readonly string[]): Promise<string> {
  const redis = await startRedis(settings);
  cleanup.add('redis', redis.close);
  return redis.url;
}

describe.runIf(hasRedis)(`looking at a real Redis${NEEDS_REDIS}`, () => {
  it('finds nothing to say of one that keeps a log', async () => {
    expect(await checkRedis(await started('appendonly yes'))).toEqual([]);
  });

  it('warns of one that keeps none', async () => {
    expect(await checkRedis(await started())).toHaveLength(1);
  });

  it('finds nothing to say of one that runs on the redis.conf of docs/deploy', async () => {
    const lines = (await readFile('docs/deploy/redis.conf', 'utf8')).split('\n');
    const settings = lines.filter((line) => line !== '' && !line.startsWith('#'));

    expect(settings.length).toBeGreaterThan(3);
    expect(await checkRedis(await started(...settings))).toEqual([]);
  });

  it('refuses one that evicts', async () => {
    await expect(checkRedis(await started('maxmemory-policy allkeys-lru'))).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringContaining('maxmemory-policy is allkeys-lru'),
    });
  });

  it('says that one is not there', async () => {
    await expect(checkRedis(`redis://127.0.0.1:${await freePort()}`)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('looks at every master of a cluster, and refuses one node of it alone', async () => {
    const cluster = await startRedisCluster();
    cleanup.add('cluster', cluster.close);

    expect(await checkRedis(cluster.url)).toHaveLength(1);
    await expect(checkRedis(cluster.url.split(',')[0] ?? '')).rejects.toThrow(/name two or more/);
  });
});
