import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReader } from '../../../src/analysis/themes/wording.ts';
import { deliverBatch } from '../../../src/pipeline/deliver.ts';
import { formThemes } from '../../../src/pipeline/form-themes.ts';
import { reconcile } from '../../../src/pipeline/reconcile.ts';
import { createDeliveryStore } from '../../../src/store/delivery-store.ts';
import { createPendingWork } from '../../../src/store/pending-work.ts';
import { createThemeStore } from '../../../src/store/theme-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { NO_FAULTS, readFaults } from '../../support/pipeline-facts.ts';
import { forgetMentions, NOW, openSteps, post, type Steps } from './pipeline-fixture.ts';

let fresh: FreshDatabase;
let steps: Steps;
beforeAll(async () => {
  fresh = await freshDatabase();
  steps = await openSteps(fresh.database);
});
beforeEach(async () => {
  await forgetMentions(steps);
  // The look for spikes has its own time.
  await fresh.database.execute(`UPDATE workspace SET spikes_due_at = now() + interval '1 hour'`);
});
afterAll(() => fresh.close());

/** The queues that a reconciler on a database without any queue wakes, but for digests, which are always asked about. */
async function found(ignored = ['digest']): Promise<readonly string[]> {
  const woken: string[] = [];
  await reconcile(createPendingWork(steps.database, 'a model'), async (queue) => void woken.push(queue));
  return woken.filter((queue) => !ignored.includes(queue));
}

async function deliver(): Promise<void> {
  const deps = {
    deliveries: createDeliveryStore(steps.database),
    announce: () => {
      throw new Error('Nothing is switched off here');
    },
    receiverOf: () => ({ send: async () => ({ status: 200, detail: 'ok' }), close: async () => undefined }),
    wake: steps.wake,
    clock: () => NOW,
    random: () => 0.5,
    onAttempt: () => undefined,
  };
  await deliverBatch(deps, new AbortController().signal);
}

describe('a process that dies between two stages', () => {
  it('leaves what the reconciler finds, stage by stage, until nothing waits', async () => {
    expect(await found()).toEqual([]);

    await steps.take([post('1', 'bad sales'), post('2', 'good product')]);
    expect(await found()).toEqual(['analyse']);

    await steps.analyse();
    expect(await found()).toEqual(['route']);

    await steps.route();
    expect(await found()).toEqual(['theme']);

    await formThemes({ themes: createThemeStore(steps.database), reader: createReader() });
    expect(await found()).toEqual([]);
    await steps.passGroupTime();
    expect(await found()).toEqual(['flush']);

    await steps.flush();
    expect(await found()).toEqual(['deliver']);

    await deliver();
    expect(await found()).toEqual([]);
    expect(await steps.count(`delivery WHERE status = 'delivered'`)).toBe(3);
  });

  it('wakes digests every time, since their hours are a matter of zones', async () => {
    const woken: string[] = [];

    await reconcile(createPendingWork(steps.database, 'a model'), async (queue) => void woken.push(queue));

    expect(woken).toEqual(['digest']);
  });

  it.each<[string, string]>([
    ['while it analyses', `INSERT ON opinion`],
    ['while it routes', `INSERT ON case_member`],
    ['while it notes what rollups have to count', `INSERT ON rollup_change`],
    ['while it flushes', `INSERT ON delivery`],
  ])('%s has done nothing of that stage, and the next run does it all', async (_, place) => {
    await steps.take([post('1', 'bad sales'), post('2', 'good product')]);
    await steps.database.execute(
      `CREATE OR REPLACE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed by the test'; END $$`,
    );
    const [event = '', table = ''] = place.split(' ON ');
    await steps.database.execute(
      `CREATE TRIGGER dies BEFORE ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION die()`,
    );
    const run = async () => {
      await steps.analyse();
      await steps.route();
      await steps.passGroupTime();
      await steps.flush();
    };

    await expect(run()).rejects.toMatchObject({ name: 'AppError' });
    await steps.database.execute(`DROP TRIGGER dies ON ${table}`);
    expect(await found(['digest', 'theme'])).toHaveLength(1);
    await run();

    expect(await steps.outcomes()).toEqual({ 1: 'routed', 2: 'routed' });
    expect([
      await steps.count('analysis'),
      await steps.count('route_match'),
      await steps.count('case_member'),
    ]).toEqual([2, 2, 2]);
    expect(await readFaults(steps.database)).toEqual(NO_FAULTS);
    expect([await steps.count('notification'), await steps.count('delivery')]).toEqual([2, 3]);
  });

  it('while it sends leaves a delivery whose lease ends, and the repeat is marked as one', async () => {
    await steps.settle([post('1', 'bad sales')]);
    await steps.passGroupTime();
    await steps.flush();
    await createDeliveryStore(steps.database).claim(10);
    expect(await found(['digest', 'theme'])).toEqual([]);

    await steps.database.execute(`UPDATE delivery SET lease_until = now() - interval '1 second'`);
    expect(await found(['digest', 'theme'])).toEqual(['deliver']);
    await deliver();

    expect(await steps.database.query('SELECT status, possible_repeat AS repeat FROM delivery')).toEqual([
      { status: 'delivered', repeat: true },
    ]);
  });

  it('heals through the wake-ups that the stages give each other', async () => {
    await steps.settle([post('1', 'bad sales')]);
    await steps.passGroupTime();
    await steps.flush();

    // The last one is for when the open case is repeated.
    expect(steps.woken).toEqual(['analyse', 'route', 'flush', 'deliver', 'flush']);
  });
});
