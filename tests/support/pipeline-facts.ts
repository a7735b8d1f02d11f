import type { Sql } from '../../src/store/database.ts';

/** What may be wrong with the rows of the pipeline, counted; all are 0 when nothing is lost, doubled or half done. */
export interface PipelineFaults {
  readonly unsettled: number;
  readonly not_analysed_once: number;
  readonly not_heard_once: number;
  readonly routed_without_match: number;
  readonly matched_twice: number;
  readonly in_two_cases: number;
  readonly open_cases_twice: number;
  readonly rollup_off_by: number;
}

export const NO_FAULTS: PipelineFaults = {
  unsettled: 0,
  not_analysed_once: 0,
  not_heard_once: 0,
  routed_without_match: 0,
  matched_twice: 0,
  in_two_cases: 0,
  open_cases_twice: 0,
  rollup_off_by: 0,
};

const FAULTS = `SELECT
  (SELECT count(*)::int FROM mention WHERE outcome IS NULL) AS unsettled,
  (SELECT count(*)::int FROM mention m WHERE (SELECT count(*) FROM analysis a WHERE a.mention_id = m.id) <> 1) AS not_analysed_once,
  (SELECT count(*)::int FROM mention m WHERE (SELECT count(*) FROM revision r WHERE r.mention_id = m.id) <> 1
      OR (SELECT count(*) FROM hearing h WHERE h.mention_id = m.id) <> 1) AS not_heard_once,
  (SELECT count(*)::int FROM mention m WHERE outcome = 'routed' AND NOT EXISTS (SELECT FROM opinion o JOIN route_match rm ON rm.opinion_id = o.id WHERE o.analysis_id = m.analysis_id)) AS routed_without_match,
  (SELECT count(*)::int FROM (SELECT opinion_id FROM route_match GROUP BY 1 HAVING count(*) > 1) twice) AS matched_twice,
  (SELECT count(*)::int FROM (SELECT opinion_id FROM case_member GROUP BY 1 HAVING count(*) > 1) twice) AS in_two_cases,
  (SELECT count(*)::int FROM (SELECT department_id, case_key FROM cases WHERE closed_at IS NULL GROUP BY 1, 2 HAVING count(*) > 1) twice) AS open_cases_twice,
  (SELECT coalesce(sum(opinions), 0)::int FROM rollup) - (SELECT count(*)::int FROM opinion o JOIN mention m ON m.analysis_id = o.analysis_id WHERE m.outcome = 'routed') AS rollup_off_by`;

/** For mentions that one source each heard, none of them the company's own. */
export async function readFaults(sql: Sql): Promise<PipelineFaults | undefined> {
  return (await sql.query<PipelineFaults>(FAULTS))[0];
}
