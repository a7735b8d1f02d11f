// Statements of reading history again. $1 is the reanalysis, where they are about one.

export const SHOWN = `SELECT n.id, v.name AS model, n.config_version_id AS "configVersionId", n.since, n.state, n.looked_at AS "lookedAt", n.total,
         n.comparison, n.author, n.created_at AS "createdAt" FROM reanalysis n JOIN model_version v ON v.id = n.model_version_id`;

/** Mentions `m` of the reanalysis `n` that another model or config has read, with their newest words `r`. */
const TO_READ = `reanalysis n JOIN mention m ON m.counted_at >= n.since AND m.analysis_id IS NOT NULL AND m.outcome IS NOT NULL
    JOIN LATERAL (SELECT id, text, lang_hint, erased_at FROM revision WHERE mention_id = m.id ORDER BY number DESC LIMIT 1) r ON r.erased_at IS NULL
   WHERE NOT EXISTS (SELECT FROM analysis a WHERE a.revision_id = r.id AND a.model_version_id = n.model_version_id AND a.config_version_id = n.config_version_id)`;

export const COUNT_TO_READ = `UPDATE reanalysis SET total = (SELECT count(*) FROM ${TO_READ} AND n.id = $1::int) WHERE id = $1::int`;

/** $2 how many. Newest first: those are asked about most. */
export const NEXT_TO_READ = `SELECT m.id::text, r.id::text AS "revisionId", r.text, m.kind, r.lang_hint AS "langHint", m.is_ours AS "isOurs",
         CASE WHEN m.released_at IS NULL THEN m.machine_mail END AS "machineMail", m.unreadable
    FROM ${TO_READ} AND n.id = $1::int AND (n.last_mention_id IS NULL OR m.id < n.last_mention_id) ORDER BY m.id DESC LIMIT $2::int`;

/** $2 readings. */
export const KEEP_READINGS = `INSERT INTO reanalysis_reading (reanalysis_id, mention_id, revision_id, reading)
  SELECT $1::int, (x->>'id')::bigint, (x->>'revisionId')::bigint, x FROM jsonb_array_elements($2::jsonb) x`;

/** What a mention's labels are now and would be: arrays of `aspect polarity`. */
const BOTH = `both_labels AS (
  SELECT x.mention_id, x.revision_id, x.reading, m.outcome, m.outcome_reason,
         ARRAY(SELECT DISTINCT o.aspect || ' ' || o.polarity FROM opinion o WHERE o.analysis_id = m.analysis_id ORDER BY 1) AS before,
         ARRAY(SELECT DISTINCT (o->>'aspect') || ' ' || (o->>'polarity') FROM jsonb_array_elements(x.reading->'classification'->'opinions') o ORDER BY 1) AS after
    FROM reanalysis_reading x JOIN mention m ON m.id = x.mention_id WHERE x.reanalysis_id = $1::int AND x.reading->>'failure' IS NULL)`;

const SPOKEN = `SELECT split_part(label, ' ', 1) AS aspect, jsonb_build_object(
    'positive', count(*) FILTER (WHERE side = 'BEFORE' AND label LIKE '% positive'), 'neutral', count(*) FILTER (WHERE side = 'BEFORE' AND label LIKE '% neutral'),
    'negative', count(*) FILTER (WHERE side = 'BEFORE' AND label LIKE '% negative')) AS before, jsonb_build_object(
    'positive', count(*) FILTER (WHERE side = 'AFTER' AND label LIKE '% positive'), 'neutral', count(*) FILTER (WHERE side = 'AFTER' AND label LIKE '% neutral'),
    'negative', count(*) FILTER (WHERE side = 'AFTER' AND label LIKE '% negative')) AS after
  FROM (SELECT 'BEFORE' AS side, unnest(before) AS label FROM both_labels UNION ALL SELECT 'AFTER', unnest(after) FROM both_labels) each_label GROUP BY 1`;

/** A label a person gave is held where an opinion on its words says the same; that there is none, where none does. */
const held = (opinions: string): string => `CASE WHEN said.polarity IS NULL
  THEN NOT EXISTS (SELECT FROM ${opinions} AND o.aspect = said.aspect) ELSE EXISTS (SELECT FROM ${opinions} AND o.aspect = said.aspect AND o.polarity = said.polarity) END`;
const TOUCHING = 'o.span_start < said.span_end AND said.span_start < o.span_end';
const OLD = `mention m JOIN opinion o ON o.analysis_id = m.analysis_id WHERE m.id = said.mention_id AND ${TOUCHING}`;
const NEW = `(SELECT o->>'aspect' AS aspect, o->>'polarity' AS polarity, (o->>'start')::int AS span_start, (o->>'end')::int AS span_end
   FROM jsonb_array_elements(said.reading->'classification'->'opinions') o) o WHERE ${TOUCHING}`;

/** Bins by what is read now; what a person decided, and what was routed, stays. $2 the reason of those a person decided on. */
const MOVED = `SELECT b.outcome AS "from", coalesce(b.reading->>'outcome', 'routed') AS "to", count(*)::int AS mentions
  FROM both_labels b JOIN mention m ON m.id = b.mention_id
 WHERE b.outcome <> 'routed' AND m.released_at IS NULL AND b.outcome_reason IS DISTINCT FROM $2 AND b.outcome <> coalesce(b.reading->>'outcome', 'routed') GROUP BY 1, 2`;

export const COMPARE = `WITH ${BOTH},
  said AS (
    SELECT DISTINCT ON (c.revision_id, c.span_start, c.span_end, c.aspect) c.span_start, c.span_end, c.aspect, c.polarity, b.mention_id, b.reading
      FROM both_labels b JOIN correction c ON c.revision_id = b.revision_id ORDER BY c.revision_id, c.span_start, c.span_end, c.aspect, c.id DESC),
  judged AS (SELECT ${held(OLD)} AS before, ${held(NEW)} AS after FROM said)
  UPDATE reanalysis SET state = 'read', comparison = jsonb_build_object(
    'mentions', (SELECT count(*) FROM both_labels), 'changed', (SELECT count(*) FROM both_labels WHERE before <> after),
    'aspects', (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.aspect), '[]') FROM (${SPOKEN}) s),
    'corrections', (SELECT jsonb_build_object('labels', count(*), 'before', count(*) FILTER (WHERE before), 'after', count(*) FILTER (WHERE after)) FROM judged),
    'outcomes', (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY o.mentions DESC, o."from", o."to"), '[]') FROM (${MOVED}) o),
    'examples', (SELECT coalesce(jsonb_agg(mention_id::text), '[]') FROM (SELECT mention_id FROM both_labels WHERE before <> after ORDER BY mention_id DESC LIMIT 10) e))
  WHERE id = $1::int`;

export const EXAMPLES = `WITH ${BOTH} SELECT b.mention_id::text AS "mentionId", r.text, b.before, b.after
    FROM both_labels b JOIN revision r ON r.id = b.revision_id AND r.erased_at IS NULL
   WHERE b.mention_id IN (SELECT value::bigint FROM jsonb_array_elements_text($2::jsonb)) ORDER BY b.mention_id DESC`;

/** $2 after which mention, $3 how many: readings that still fit, of mentions that have come to rest. */
export const NEXT_TO_ADOPT = `SELECT x.mention_id::text AS id, x.reading AS reread, m.outcome, m.outcome_reason AS "outcomeReason", m.released_at IS NOT NULL AS "isReleased"
    FROM reanalysis_reading x JOIN reanalysis n ON n.id = x.reanalysis_id JOIN mention m ON m.id = x.mention_id AND m.outcome IS NOT NULL
    JOIN revision r ON r.id = x.revision_id AND r.erased_at IS NULL
   WHERE x.reanalysis_id = $1::int AND x.mention_id > $2::bigint
     AND NOT EXISTS (SELECT FROM revision newer WHERE newer.mention_id = r.mention_id AND newer.number > r.number)
     AND NOT EXISTS (SELECT FROM analysis a WHERE a.revision_id = r.id AND a.model_version_id = n.model_version_id AND a.config_version_id = n.config_version_id)
   ORDER BY x.mention_id LIMIT $3::int FOR UPDATE OF m`;
