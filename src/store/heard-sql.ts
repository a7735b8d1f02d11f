// What counts of some spans of time, for the statements of rollups and digests. All of it is as of a cut-off and nothing else, so that the
// same parameters give the same rows for ever; what is not append-only comes in as a parameter.
//
// $1 cut-off · $2 days: [{key, from, to, seen?}] · $3 aspects: [name] or null · $4 pins: {counted: [id], uncounted: [id]}

/** The link an author had at the cut-off. */
export const LINK = `link AS (
  SELECT DISTINCT ON (author_id) author_id, account_id FROM account_link
   WHERE earshot_visible(linked_xid, $1::jsonb) AND (unlinked_xid IS NULL OR NOT earshot_visible(unlinked_xid, $1::jsonb))
   ORDER BY author_id, id DESC)`;

/** The analysis of a mention that counts: the last one committed at the cut-off. Two joins, so that a long window may hash. */
export const LAST_ANALYSIS = `JOIN analysis a ON a.mention_id = m.id AND earshot_visible(a.written_xid, $1::jsonb)
    AND NOT EXISTS (SELECT FROM analysis n WHERE n.mention_id = a.mention_id AND n.id > a.id AND earshot_visible(n.written_xid, $1::jsonb))`;

// Materialized, so that the JSON is read once and not for each mention.
export const DAY = `day AS MATERIALIZED (
  SELECT d->>'key' AS key, (d->>'from')::timestamptz AS starts, (d->>'to')::timestamptz AS ends, d->'seen' AS seen FROM jsonb_array_elements($2::jsonb) d)`;

/** The outer bounds stand beside the days so that the index on counted_at serves. */
export const MENTION_OF_DAY = `mention m ON m.counted_at >= day.starts AND m.counted_at < day.ends
    AND m.counted_at >= (SELECT min(starts) FROM day) AND m.counted_at < (SELECT max(ends) FROM day)`;

/** What an analysis alone says of a mention's outcome: it holds opinions unless it is ours, machine mail, spam or a failure. */
export const IS_FIT = 'NOT (m.is_ours OR m.machine_mail IS NOT NULL OR a.spam OR a.failure IS NOT NULL)';

interface Narrowed {
  /** Leaves out what the earlier cut-off that the day brings along had seen analysed already: what is left arrived late. */
  readonly notSeen?: boolean;
  /** The parameter that lists the only mentions to look at, e.g. `$6`. */
  readonly only?: string;
}

/** Mentions whose opinions count, with the day they fall on. */
export function heard({ notSeen = false, only }: Narrowed = {}): string {
  return `${DAY}, ${LINK},
heard AS (
  SELECT day.key, day.starts, m.id, m.author_id, m.platform, m.thread, m.counted_at,
         a.id AS analysis_id, a.revision_id, a.model_version_id, a.urgency, link.account_id
    FROM day JOIN ${MENTION_OF_DAY} ${LAST_ANALYSIS}
    LEFT JOIN link ON link.author_id = m.author_id
   WHERE earshot_visible(m.written_xid, $1::jsonb) ${only === undefined ? '' : `AND m.id IN (SELECT value::bigint FROM jsonb_array_elements_text(${only}::jsonb))`}
     AND (${IS_FIT} OR jsonb_exists($4::jsonb->'counted', m.id::text)) AND NOT jsonb_exists($4::jsonb->'uncounted', m.id::text)
     ${notSeen ? 'AND NOT EXISTS (SELECT FROM analysis e WHERE e.mention_id = m.id AND earshot_visible(e.written_xid, day.seen))' : ''})`;
}

const OVERLAP = 'c.span_start < o.span_end AND o.span_start < c.span_end';

/**
 * The opinions of `heard` as people corrected them: a correction holds for the opinions on its aspect that its span
 * touches, takes them away when its polarity is null, and stands alone where the model found none.
 */
export const SAID = `fix AS (
  SELECT DISTINCT ON (o.id) o.id AS opinion_id, c.polarity FROM correction c JOIN heard h ON h.revision_id = c.revision_id
    JOIN opinion o ON o.analysis_id = h.analysis_id AND o.aspect = c.aspect AND ${OVERLAP}
   WHERE earshot_visible(c.written_xid, $1::jsonb)
   ORDER BY o.id, (c.span_start = o.span_start AND c.span_end = o.span_end) DESC, c.id DESC),
addition AS (
  SELECT DISTINCT ON (h.key, c.revision_id, c.span_start, c.span_end, c.aspect) h.key, h.id, c.aspect, c.polarity, c.span_start, c.span_end
    FROM correction c JOIN heard h ON h.revision_id = c.revision_id
   WHERE earshot_visible(c.written_xid, $1::jsonb)
     AND NOT EXISTS (SELECT FROM opinion o WHERE o.analysis_id = h.analysis_id AND o.aspect = c.aspect AND ${OVERLAP})
   ORDER BY h.key, c.revision_id, c.span_start, c.span_end, c.aspect, c.id DESC),
every AS (
  SELECT h.*, o.aspect, coalesce(fix.polarity, o.polarity) AS polarity, o.intent, o.confidence, o.span_start, o.span_end, o.theme_id
    FROM heard h JOIN opinion o ON o.analysis_id = h.analysis_id LEFT JOIN fix ON fix.opinion_id = o.id
   WHERE fix.opinion_id IS NULL OR fix.polarity IS NOT NULL
  UNION ALL
  SELECT h.*, x.aspect, x.polarity, 'none', 1, x.span_start, x.span_end, NULL
    FROM heard h JOIN addition x ON x.key = h.key AND x.id = h.id WHERE x.polarity IS NOT NULL),
said AS (SELECT * FROM every WHERE jsonb_typeof($3::jsonb) = 'null' OR jsonb_exists($3::jsonb, aspect))`;

export const THREES = `count(DISTINCT id)::int AS messages, count(DISTINCT author_id)::int AS people, count(DISTINCT account_id)::int AS accounts`;

/** Copies of one text share it: case, white space, punctuation, links and handles do not matter. A few letters are no text to copy. */
export function textKey(revision: string): string {
  const bare = `regexp_replace(lower(${revision}.text), 'https?://\\S+|@\\w+', '', 'g')`;
  const words = `regexp_replace(${bare}, '[[:space:][:punct:]]+', ' ', 'g')`;
  return `CASE WHEN ${revision}.erased_at IS NULL AND length(${words}) >= 12 THEN md5(${words}) ELSE ${revision}.id::text END`;
}
