import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { NO_FAULTS, readFaults } from '../support/pipeline-facts.ts';
import { earshot } from '../support/run-script.ts';
import { AIRLINE_TWEETS, hasSharedData, NEEDS_SHARED } from '../support/shared-data.ts';

const KILLS = 10;

describe.runIf(hasSharedData)(`an import that is killed ten times${NEEDS_SHARED}`, () => {
  let fresh: FreshDatabase;
  let folder: string;
  beforeAll(async () => {
    fresh = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'earshot-kill-'));
  });
  afterAll(async () => {
    await fresh.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('loses nothing and doubles nothing', { timeout: 400_000 }, async () => {
    const env = { DATABASE_URL: fresh.url, EARSHOT_DATA: folder };
    const moments: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const running = earshot(['import', AIRLINE_TWEETS, '--json'], env);
      // From the first page on; half of the kills fall into reading the file, half into analysing and routing.
      await Promise.race([running.says('rows read'), running.ended]);
      const moment = Math.floor(Math.random() * 4_000);
      moments.push(moment);
      await Promise.race([pause(moment), running.ended]);
      running.child.kill('SIGKILL');
      await running.ended;
    }

    const { code } = await earshot(['import', AIRLINE_TWEETS, '--json'], env).ended;

    expect({ code, moments }).toMatchObject({ code: 0 });
    expect(await readFaults(fresh.database), `killed after ${moments.join(', ')} ms`).toEqual(NO_FAULTS);
    expect(await fresh.database.query('SELECT count(*)::int AS mentions FROM mention')).toEqual([
      { mentions: 9339 },
    ]);
  });
});
