import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
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
    const [facts] = await fresh.database.query(FACTS);
    expect(facts, `killed after ${moments.join(', ')} ms`).toEqual({
      mentions: 9339,
      unsettled: 0,
      revisions: 9339,
      hearings: 9339,
      not_analysed_once: 0,
      routed_without_match: 0,
      matched_twice: 0,
      in_two_cases: 0,
      open_cases_twice: 0,
      rollup_off_by: 0,
    });
  });
});

const FACTS = `SELECT
  (SELECT count(*)::int FROM mention) AS mentions,
  (SELECT count(*)::int FROM mention WHERE outcome IS NULL) AS unsettled,
  (SELECT count(*)::int FROM revision) AS revisions,
  (SELECT count(*)::int FROM hearing) AS hearings,
  (SELECT count(*)::int FROM mention m WHERE (SELECT count(*) FROM analysis a WHERE a.mention_id = m.id) <> 1) AS not_analysed_once,
  (SELECT count(*)::int FROM mention m WHERE outcome = 'routed' AND NOT EXISTS (SELECT FROM opinion o JOIN route_match rm ON rm.opinion_id = o.id WHERE o.analysis_id = m.analysis_id)) AS routed_without_match,
  (SELECT count(*)::int FROM (SELECT opinion_id FROM route_match GROUP BY 1 HAVING count(*) > 1) twice) AS matched_twice,
  (SELECT count(*)::int FROM (SELECT opinion_id FROM case_member GROUP BY 1 HAVING count(*) > 1) twice) AS in_two_cases,
  (SELECT count(*)::int FROM (SELECT department_id, case_key FROM cases WHERE closed_at IS NULL GROUP BY 1, 2 HAVING count(*) > 1) twice) AS open_cases_twice,
  (SELECT coalesce(sum(opinions), 0)::int FROM rollup) - (SELECT count(*)::int FROM opinion o JOIN mention m ON m.analysis_id = o.analysis_id WHERE m.outcome = 'routed') AS rollup_off_by`;
