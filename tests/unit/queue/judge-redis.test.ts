import { describe, expect, it } from 'vitest';
import { judgeRedis } from '../../../src/queue/check-redis.ts';

const GOOD = {
  redis_version: '7.0.15',
  redis_mode: 'standalone',
  maxmemory_policy: 'noeviction',
  aof_enabled: '1',
};

function infoOf(facts: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...GOOD, ...facts }).map(([name, value]) => `${name}:${value}`);
  return ['# Server', ...lines, ''].join('\r\n');
}

describe('a Redis', () => {
  it('with a log of its own and without eviction is fit', () => {
    expect(judgeRedis(infoOf({}), false)).toEqual([]);
  });

  it('without a log is fit, and the operator is told', () => {
    expect(judgeRedis(infoOf({ aof_enabled: '0' }), false)).toEqual([
      expect.stringMatching(/`appendonly yes`/),
    ]);
  });

  it.each(['allkeys-lru', 'volatile-ttl'])('that evicts by %s is refused with what to set', (policy) => {
    expect(() => judgeRedis(infoOf({ maxmemory_policy: policy }), false)).toThrow(
      /maxmemory-policy noeviction/,
    );
  });

  it.each(['5.0.14', '6.0.16'])('of version %s is refused', (version) => {
    expect(() => judgeRedis(infoOf({ redis_version: version }), false)).toThrow(/6\.2 or newer/);
  });

  it.each(['6.2.0', '7.2.4', '8.0.1'])('of version %s is fit', (version) => {
    expect(judgeRedis(infoOf({ redis_version: version }), false)).toEqual([]);
  });

  it('that is one node of a cluster is refused unless it is named as one', () => {
    const info = infoOf({ redis_mode: 'cluster' });

    expect(() => judgeRedis(info, false)).toThrow(/name two or more/);
    expect(judgeRedis(info, true)).toEqual([]);
  });

  it('that does not say is taken as fit', () => {
    expect(judgeRedis('', false)).toEqual([]);
  });
});
