import { describe } from 'vitest';
import { hasRedis, NEEDS_REDIS } from '../support/redis.ts';
import { describeKills } from './kills.ts';

describe.runIf(hasRedis)(`served${NEEDS_REDIS}`, () => {
  describeKills('redis', 'the queue on Redis');
});
