import type { AnalysedMention } from '../domain/ports/mention-store.ts';
import type { Sql } from './database.ts';

/** Which model and config analyses are made under. */
export interface AnalysisVersions {
  readonly modelVersionId: number;
  readonly configVersionId: number;
}

// The transaction is asked for once and not a row, as the column's default does.
const STORE_ANALYSES = `WITH made AS (
    INSERT INTO analysis (revision_id, mention_id, model_version_id, config_version_id, lang, spam, polarity, score, intents, urgency, failure, entities, written_xid)
    SELECT revision_id, mention_id, $3::int, $4::int, lang, spam, polarity, score, intents, urgency, failure, entities, (SELECT earshot_xid())
      FROM json_to_recordset($1::json) AS a(revision_id bigint, mention_id bigint, lang text, spam bool, polarity text, score float8, intents jsonb, urgency int, failure text, entities jsonb)
    RETURNING id, mention_id),
  opinions AS (
    INSERT INTO opinion (analysis_id, mention_id, number, aspect, polarity, score, intent, confidence, span_start, span_end, why)
    SELECT made.id, made.mention_id, o.number, o.aspect, o.polarity, o.score, o.intent, o.confidence, o.start, o."end", o.why
      FROM json_to_recordset($2::json) AS o(mention_id bigint, number int, aspect text, polarity text, score float8, intent text, confidence float8, start int, "end" int, why text[])
      JOIN made USING (mention_id)),
  settled AS MATERIALIZED (SELECT * FROM json_to_recordset($5::json) AS s(id bigint, outcome text, reason text)),
  done AS (DELETE FROM waiting_mention w USING settled s WHERE w.stage = 'analyse' AND w.mention_id = s.id),
  passed_on AS (INSERT INTO waiting_mention (stage, mention_id) SELECT 'route', id FROM settled WHERE outcome IS NULL)
  UPDATE mention SET analysis_id = made.id, outcome = s.outcome, outcome_reason = s.reason
    FROM settled s LEFT JOIN made ON made.mention_id = s.id WHERE mention.id = s.id`;

/** Appends analyses, lets them hold, and gives their mentions the outcome or passes them on to routing. */
export async function storeAnalyses(
  sql: Sql,
  analysed: readonly AnalysedMention[],
  versions: AnalysisVersions,
): Promise<void> {
  const classified = analysed.filter(
    ({ classification, failure }) => classification !== null || failure !== null,
  );
  const analyses = classified.map(({ id, revisionId, classification, failure, entities }) => ({
    revision_id: revisionId,
    mention_id: id,
    lang: classification?.lang ?? 'und',
    spam: classification?.spam ?? false,
    polarity: classification?.polarity ?? 'neutral',
    score: classification?.score ?? 0,
    intents: classification?.intents ?? [],
    urgency: classification?.urgency ?? 0,
    failure,
    entities,
  }));
  const opinions = classified.flatMap(({ id, classification }) =>
    (classification?.opinions ?? []).map(({ text: _, ...opinion }, number) => ({
      mention_id: id,
      number,
      ...opinion,
    })),
  );
  const settled = analysed.map(({ id, outcome, outcomeReason }) => ({ id, outcome, reason: outcomeReason }));
  const { modelVersionId, configVersionId } = versions;
  await sql.execute(
    STORE_ANALYSES,
    JSON.stringify(analyses),
    JSON.stringify(opinions),
    modelVersionId,
    configVersionId,
    JSON.stringify(settled),
  );
}
