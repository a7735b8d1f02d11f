import { DAY, heard, IS_FIT, LAST_ANALYSIS, MENTION_OF_DAY, SAID, textKey } from './heard-sql.ts';

// Statements of rollups. $1 to $4 as `heard-sql.ts` has them, the days being spans of at most a quarter of an hour and $3 null.

/** How a text is told from others: 32 bits of its key. */
const TEXT_HASH = `('x' || substr(md5(${textKey('r')}), 1, 8))::bit(32)::int`;

/**
 * A row a span that somebody was heard in. Columns are numbers in network order: one each opinion, in the order of messages and
 * their words (`label`, `message`, `theme`, `confidence` in ten-thousandths), or one each message that says anything, in the order of time
 * (`mention`, `author`, `text_hash`).
 */
const MAKE = `WITH ${heard()}, ${SAID},
  bins AS (
    SELECT day.key, count(*) AS heard, count(*) FILTER (WHERE outcome = 'quarantined') AS quarantined,
           count(*) FILTER (WHERE outcome = 'quarantined' AND machine_mail IS NULL) AS looks_real, count(*) FILTER (WHERE outcome = 'unsure') AS unsure,
           count(*) FILTER (WHERE outcome = 'no-opinion') AS no_opinion, count(*) FILTER (WHERE outcome = 'ours') AS ours, count(*) FILTER (WHERE outcome IS NULL) AS waiting
      FROM day JOIN ${MENTION_OF_DAY} WHERE earshot_visible(m.written_xid, $1::jsonb) GROUP BY day.key),
  sources AS (
    SELECT key, jsonb_agg(source_id) AS ids FROM (
      SELECT DISTINCT day.key, h.source_id FROM day JOIN ${MENTION_OF_DAY} JOIN hearing h ON h.mention_id = m.id) each GROUP BY key),
  read AS (
    SELECT key, max(first) AS newest, jsonb_agg(DISTINCT model_version_id) AS models
      FROM (SELECT h.key, h.id, h.model_version_id, min(e.written_xid) AS first FROM heard h JOIN analysis e ON e.mention_id = h.id GROUP BY h.key, h.id, h.model_version_id) each GROUP BY key),
  message AS (
    SELECT w.*, ${TEXT_HASH} AS text_hash, row_number() OVER (PARTITION BY w.key ORDER BY w.counted_at, w.id) - 1 AS place
      FROM (SELECT key, starts, id, author_id, revision_id, counted_at, bool_or(polarity = 'negative') AND bool_or(polarity = 'positive') AS is_mixed
              FROM said GROUP BY key, starts, id, author_id, revision_id, counted_at) w JOIN revision r ON r.id = w.revision_id),
  spoken AS (
    SELECT s.key, m.place, s.aspect, s.polarity, s.intent, s.urgency, m.is_mixed, s.span_end - s.span_start < 12 AS is_short, s.span_start, s.span_end, s.theme_id, s.confidence,
           dense_rank() OVER (PARTITION BY s.key ORDER BY s.aspect, s.polarity, s.intent, s.urgency, m.is_mixed, s.span_end - s.span_start < 12) - 1 AS label
      FROM said s JOIN message m ON m.key = s.key AND m.id = s.id),
  numbered AS (SELECT *, row_number() OVER (PARTITION BY key ORDER BY place, span_start, span_end, label, confidence, theme_id) AS n FROM spoken),
  opinions AS (
    SELECT key, string_agg(int2send(label::int2), '' ORDER BY n) AS label, string_agg(int4send(place::int), '' ORDER BY n) AS message,
           string_agg(int4send(coalesce(theme_id, 0)::int), '' ORDER BY n) AS theme, string_agg(int2send(round(confidence * 10000)::int2), '' ORDER BY n) AS confidence FROM numbered GROUP BY key),
  labels AS (
    SELECT key, jsonb_agg(jsonb_build_object('aspect', aspect, 'polarity', polarity, 'intent', intent, 'urgency', urgency, 'isMixed', is_mixed, 'isShort', is_short, 'opinions', n) ORDER BY label) AS labels
      FROM (SELECT key, label, aspect, polarity, intent, urgency, is_mixed, is_short, count(*) AS n FROM spoken GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) each GROUP BY key),
  messages AS (
    SELECT key, string_agg(float8send(id::float8), '' ORDER BY place) AS mention, string_agg(int4send(author_id::int), '' ORDER BY place) AS author,
           string_agg(int4send(text_hash), '' ORDER BY place) AS text_hash
      FROM message GROUP BY key)
  SELECT day.key, day.starts AS bucket, coalesce(read.newest, 0) AS newest_read_xid, coalesce(labels.labels, '[]') AS labels, coalesce(o.label, '') AS label,
         coalesce(o.message, '') AS message, coalesce(o.theme, '') AS theme, coalesce(o.confidence, '') AS confidence, coalesce(m.mention, '') AS mention,
         coalesce(m.author, '') AS author, coalesce(m.text_hash, '') AS text_hash,
         jsonb_build_object('bins', jsonb_build_object('heard', bins.heard, 'quarantined', bins.quarantined, 'looksReal', bins.looks_real, 'unsure', bins.unsure,
             'noOpinion', bins.no_opinion, 'ours', bins.ours, 'waiting', bins.waiting),
           'pins', $4::jsonb->'of'->day.key, 'models', coalesce(read.models, '[]'), 'sources', coalesce(sources.ids, '[]')) AS facts
    FROM day JOIN bins USING (key) LEFT JOIN sources USING (key) LEFT JOIN read USING (key) LEFT JOIN labels USING (key) LEFT JOIN opinions o USING (key) LEFT JOIN messages m USING (key)`;

const COLUMNS =
  'newest_read_xid, facts, labels, label, message, theme, confidence, mention, author, text_hash';

/** Counts the spans from their rows. */
export const COUNT_SPANS = `SELECT key, (extract(epoch FROM bucket) * 1000)::float8 AS "from", newest_read_xid::float8 AS "newestReadXid", facts, labels,
    label, message, theme, confidence, mention, author, text_hash AS "textHash" FROM (${MAKE}) made ORDER BY bucket`;

/** Makes the rollups of the days, which are whole buckets, and takes away the changes that they hold; those a cut-off did not see stay. */
export const MAKE_ROLLUPS = `WITH seen AS (
    DELETE FROM rollup_change c USING jsonb_array_elements($2::jsonb) d WHERE c.bucket = (d->>'from')::timestamptz AND earshot_visible(c.written_xid, $1::jsonb)
    RETURNING c.bucket, c.written_xid),
  newest AS (SELECT bucket, max(written_xid) AS xid FROM seen GROUP BY bucket)
  INSERT INTO rollup (bucket, newest_xid, ${COLUMNS}) SELECT made.bucket, coalesce(newest.xid, 0), ${COLUMNS} FROM (${MAKE}) made LEFT JOIN newest USING (bucket)
  ON CONFLICT (bucket) DO UPDATE SET newest_xid = greatest(rollup.newest_xid, excluded.newest_xid),
    ${COLUMNS.split(', ')
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}`;

/** One maker at a time, so that an older count never replaces a newer one. */
export const HOLD_MAKING = `SELECT pg_advisory_xact_lock(hashtext('rollup'))::text`;

/** $1 cut-off, $2 since, $3 until: kept buckets that are as they were at the cut-off. Their xids are not newer than all that went on then. */
const KEPT = `rollup r WHERE r.bucket >= $2::timestamptz AND r.bucket < $3::timestamptz AND r.newest_xid < ($1::jsonb->>'xmin')::bigint
    AND NOT EXISTS (SELECT FROM rollup_change c WHERE c.bucket = r.bucket AND earshot_visible(c.written_xid, $1::jsonb))`;

const AS_KEPT = `(extract(epoch FROM r.bucket) * 1000)::float8 AS "from", r.newest_read_xid::float8 AS "newestReadXid", r.facts`;
export const LIST_KEPT = `SELECT (extract(epoch FROM r.bucket) * 1000)::float8 AS "from", (r.facts->'bins'->>'heard')::int AS mentions FROM ${KEPT}`;
export const READ_KEPT_FACTS = `SELECT ${AS_KEPT} FROM ${KEPT} ORDER BY r.bucket`;
export const READ_KEPT = `SELECT ${AS_KEPT}, r.labels, r.label, r.message, r.theme, r.confidence, r.mention, r.author, r.text_hash AS "textHash" FROM ${KEPT} ORDER BY r.bucket`;

/** $1 spans [{key, from, to}]: how many mentions each holds. */
export const SIZE_SPANS = `SELECT d->>'key' AS key, (SELECT count(*)::int FROM mention m WHERE m.counted_at >= (d->>'from')::timestamptz AND m.counted_at < (d->>'to')::timestamptz) AS mentions
    FROM jsonb_array_elements($1::jsonb) d`;

/** $1 cut-off, $2 days: mentions whose outcome, as it stands now, is not what the analysis alone says. */
export const READ_PINS = `WITH ${DAY}
  SELECT day.key, m.id::text AS id, m.outcome IN ('routed', 'unsure', 'no-opinion') AS "isCounted"
    FROM day JOIN ${MENTION_OF_DAY} ${LAST_ANALYSIS}
   WHERE earshot_visible(m.written_xid, $1::jsonb) AND m.outcome IS NOT NULL AND (m.outcome IN ('routed', 'unsure', 'no-opinion')) <> (${IS_FIT}) ORDER BY 2`;

/** Buckets whose changes are to be taken in: nothing was noted for a minute, since most change again and again while they fill. */
export const STALE = `SELECT bucket FROM rollup_change GROUP BY bucket HAVING max(at) < now() - interval '1 minute'`;

/** $1 how many: newest first, which digests need first. */
export const LIST_STALE = `SELECT (extract(epoch FROM bucket) * 1000)::float8 AS "from" FROM (${STALE}) stale ORDER BY bucket DESC LIMIT $1::int`;

/** $1 cut-off, $2 since: buckets whose kept rollup no longer holds, or is not there yet. */
export const LIST_CHANGED = `SELECT DISTINCT (extract(epoch FROM bucket) * 1000)::float8 AS "from" FROM rollup_change WHERE bucket >= $2::timestamptz AND earshot_visible(written_xid, $1::jsonb) ORDER BY 1`;

/** $1 cut-off, $2 since, $3 until, $4 zone: opinions by local date, aspect and polarity, of the kept rollups that hold. */
export const COUNT_KEPT_OPINIONS = `SELECT (r.bucket AT TIME ZONE $4)::date::text AS date, l.aspect, l.polarity, sum(l.opinions)::int AS opinions
    FROM (SELECT r.bucket, r.labels FROM ${KEPT}) r, jsonb_to_recordset(r.labels) AS l(aspect text, polarity text, opinions int) GROUP BY 1, 2, 3`;
