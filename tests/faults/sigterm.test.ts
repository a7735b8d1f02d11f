import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/fresh-database.ts';
import { NO_FAULTS, readFaults } from '../support/pipeline-facts.ts';
import { hasRedis, NEEDS_REDIS } from '../support/redis.ts';
import { type Field, openField } from './field.ts';

const TRIALS = 5;

describe.runIf(hasRedis)(
  `workers that are asked to stop under load${NEEDS_REDIS}`,
  { timeout: 180_000 },
  () => {
    let field: Field;
    beforeAll(async () => {
      field = await openField('redis', await freshDatabase());
    });
    afterAll(() => field.close());

    it('end well one after the other, lose nothing and have nothing sent twice', async () => {
      const api = await field.api();
      const workers = await Promise.all(Array.from({ length: TRIALS }, () => field.worker()));

      for (const { child, ended } of workers) {
        for (let page = 0; page < 3; page += 1)
          expect((await field.post(api.url, field.page(300))).status).toBe(202);
        const asked = Date.now();
        child.kill('SIGTERM');
        // A shutdown that takes longer than ten seconds ends itself with 1.
        expect((await ended).code).toBe(0);
        process.stdout.write(
          `a worker under load stopped in ${((Date.now() - asked) / 1_000).toFixed(1)} s\n`,
        );
      }
      await field.worker();
      await field.settled();

      expect(await readFaults(field.database)).toEqual(NO_FAULTS);
      expect([...field.arrivals().values()].filter((count) => count > 1)).toEqual([]);
      const lost = await field.database.query(
        `SELECT FROM delivery_attempt WHERE result IS DISTINCT FROM 'taken'`,
      );
      expect(lost).toEqual([]);
    });
  },
);
