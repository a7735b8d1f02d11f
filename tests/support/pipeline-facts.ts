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
  /** Quarters of an hour whose rollup is wrong, or missing, without a change that is noted. */
  readonly rollups_off: number;
  /** Rows that wait for a stage or point to a row that is not there. */
  readonly strays: number;
}

export const NO_FAULTS: PipelineFaults = {
  unsettled: 0,
  not_analysed_once: 0,
  not_heard_once: 0,
  routed_without_match: 0,
  matched_twice: 0,
  in_two_cases: 0,
  open_cases_twice: 0,
  rollups_off: 0,
  strays: 0,
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
  (SELECT count(*)::int FROM (
      SELECT earshot_bucket(m.counted_at) AS bucket, count(DISTINCT m.id) AS heard, count(o.id) FILTER (WHERE m.outcome IN ('routed', 'unsure')) AS opinions
        FROM mention m LEFT JOIN opinion o ON o.analysis_id = m.analysis_id GROUP BY 1) b LEFT JOIN rollup r USING (bucket)
    WHERE NOT EXISTS (SELECT FROM rollup_change c WHERE c.bucket = b.bucket) AND (r.bucket IS NULL OR (r.facts->'bins'->>'heard')::int <> b.heard
       OR (SELECT coalesce(sum((l->>'opinions')::int), 0) FROM jsonb_array_elements(r.labels) l) <> b.opinions)) AS rollups_off,
  (SELECT count(*)::int FROM waiting_mention WHERE stage <> 'theme')
    + (SELECT count(*)::int FROM mention m LEFT JOIN author a ON a.id = m.author_id LEFT JOIN ingest_batch b ON b.id = m.batch_id LEFT JOIN analysis n ON n.id = m.analysis_id
        WHERE a.id IS NULL OR b.id IS NULL OR (n.id IS NULL AND m.analysis_id IS NOT NULL))
    + (SELECT count(*)::int FROM revision r LEFT JOIN mention m ON m.id = r.mention_id WHERE m.id IS NULL)
    + (SELECT count(*)::int FROM hearing h LEFT JOIN mention m ON m.id = h.mention_id LEFT JOIN source s ON s.id = h.source_id WHERE m.id IS NULL OR s.id IS NULL)
    + (SELECT count(*)::int FROM analysis n LEFT JOIN revision r ON r.id = n.revision_id WHERE r.id IS NULL)
    + (SELECT count(*)::int FROM opinion o LEFT JOIN analysis n ON n.id = o.analysis_id WHERE n.id IS NULL)
    + (SELECT count(*)::int FROM case_member c LEFT JOIN cases k ON k.id = c.case_id LEFT JOIN opinion o ON o.id = c.opinion_id WHERE k.id IS NULL OR o.id IS NULL)
    + (SELECT count(*)::int FROM route_match t LEFT JOIN opinion o ON o.id = t.opinion_id LEFT JOIN routing_group g ON g.id = t.group_id WHERE o.id IS NULL OR g.id IS NULL)
    AS strays`;

/** For mentions that one source each heard, none of them the company's own. */
export async function readFaults(sql: Sql): Promise<PipelineFaults | undefined> {
  return (await sql.query<PipelineFaults>(FAULTS))[0];
}
