import { Cluster } from 'ioredis';
import { AppError } from '../lib/app-error.ts';
import { within } from '../lib/within.ts';
import { openRedis } from './redis.ts';

/** The longest that a Redis may take to answer before it counts as not there. */
const ANSWER_MS = 2_000;

/**
 * Looks whether the Redis at `url`, every master of a cluster, is fit to hold wake-ups. Returns what the operator should know, one line
 * each. Throws AppError `unavailable` when it does not answer and `invalid-input` when it is not fit, saying what to set.
 */
export async function checkRedis(url: string): Promise<readonly string[]> {
  const client = openRedis(url, 'jobs');
  let trouble: Error | undefined;
  client.on('error', (error: Error) => {
    trouble = error;
  });
  const read = async (): Promise<readonly string[]> => {
    const first = await client.info();
    return client instanceof Cluster
      ? Promise.all(client.nodes('master').map((node) => node.info()))
      : [first];
  };
  const late = (): AppError => {
    const reason = trouble && 'code' in trouble ? String(trouble.code) : 'no answer';
    const text = `Redis does not answer (${reason}); check that it runs and that REDIS_URL names it`;
    return new AppError('unavailable', text, { cause: trouble });
  };
  try {
    const infos = await within(ANSWER_MS, read(), late);
    return [...new Set(infos.flatMap((info) => judgeRedis(info, client instanceof Cluster)))];
  } finally {
    client.disconnect();
  }
}

/** Judges one server by its answer to INFO, whose lines are `name:value`. Pure. */
export function judgeRedis(info: string, isCluster: boolean): readonly string[] {
  const facts = new Map(
    info.split(/\r?\n/).map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1)]),
  );
  const refuse = (text: string): never => {
    throw new AppError('invalid-input', text);
  };
  const version = facts.get('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (version !== '' && (major < 6 || (major === 6 && minor < 2)))
    refuse(`Redis ${version} is too old; Earshot needs 6.2 or newer, or Valkey`);
  if (facts.get('redis_mode') === 'cluster' && !isCluster)
    refuse(
      'REDIS_URL names one node of a Redis Cluster; name two or more, with commas: redis://a:6379,redis://b:6379',
    );
  const policy = facts.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction')
    refuse(
      `Redis would throw queued work away once its memory is full (maxmemory-policy is ${policy}); set \`maxmemory-policy noeviction\` in its redis.conf, or run \`redis-cli CONFIG SET maxmemory-policy noeviction\``,
    );
  if (facts.get('aof_enabled') !== '0') return [];
  return [
    'Redis keeps nothing when it crashes (appendonly is no). No work is lost by that, it only waits until it is found again; `appendonly yes` in redis.conf avoids the wait',
  ];
}
