import { Cluster, Redis } from 'ioredis';

export type RedisClient = Redis | Cluster;

/** Stands before every key; the braces keep all of them in one slot of a Redis Cluster, as BullMQ's scripts need. */
export const KEY_PREFIX = '{earshot}';

/** A call that nobody may have to wait for is given up after this. */
const CALL_MS = 1_000;
const CONNECT_MS = 5_000;
/** The longest pause between two tries to connect. */
const RETRY_MS = 2_000;

/**
 * Connects to `redis://host`, to `rediss://host` with TLS, or to the Redis Cluster that several such addresses with commas lead to; user,
 * password and TLS of a cluster are those of its first address. It connects again for as long as it takes. While it is not connected,
 * a client for `calls` refuses commands at once and one for `jobs` keeps them, which BullMQ's workers rely on.
 */
export function openRedis(url: string, use: 'calls' | 'jobs'): RedisClient {
  const addresses = url.split(',');
  const waits = use === 'jobs';
  const patience = waits
    ? { maxRetriesPerRequest: null }
    : { maxRetriesPerRequest: 1, commandTimeout: CALL_MS };
  const common = { ...patience, connectTimeout: CONNECT_MS };
  if (addresses.length === 1) {
    const retryStrategy = (times: number): number => Math.min(times * 100, RETRY_MS);
    return new Redis(url, { ...common, retryStrategy, enableOfflineQueue: waits });
  }
  const { username, password, protocol } = new URL(addresses[0] ?? '');
  return new Cluster(addresses, {
    enableOfflineQueue: waits,
    redisOptions: {
      ...common,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  });
}
