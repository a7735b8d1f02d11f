// Statements of the digest read model. All of them count what had committed at a cut-off and nothing else, so that the
// same parameters give the same rows for ever; what is not append-only comes in as a parameter.
//
// $1 cut-off · $2 days: [{key, from, to, seen?}] · $3 aspects: [name] or null · $4 pins: {counted: [id], uncounted: [id]}

/** The link an author had at the cut-off. */
const LINK = `link AS (
  SELECT DISTINCT ON (author_id) author_id, account_id FROM account_link
   WHERE earshot_visible(linked_xid, $1::jsonb) AND (unlinked_xid IS NULL OR NOT earshot_visible(unlinked_xid, $1::jsonb))
   ORDER BY author_id, id DESC)`;

/** The analysis of a mention that counts: the last one committed at the cut-off. Two joins, so that a long window may hash. */
const LAST_ANALYSIS = `JOIN analysis a ON a.mention_id = m.id AND earshot_visible(a.written_xid, $1::jsonb)
    AND NOT EXISTS (SELECT FROM analysis n WHERE n.mention_id = a.mention_id AND n.id > a.id AND earshot_visible(n.written_xid, $1::jsonb))`;

// Materialized, so that the JSON is read once and not for each mention.
const DAY = `day AS MATERIALIZED (
  SELECT d->>'key' AS key, (d->>'from')::timestamptz AS starts, (d->>'to')::timestamptz AS ends, d->'seen' AS seen FROM jsonb_array_elements($2::jsonb) d)`;

/** The outer bounds stand beside the days so that the index on counted_at serves. */
const MENTION_OF_DAY = `mention m ON m.counted_at >= day.starts AND m.counted_at < day.ends
    AND m.counted_at >= (SELECT min(starts) FROM day) AND m.counted_at < (SELECT max(ends) FROM day)`;

/** What an analysis alone says of a mention's outcome: it holds opinions unless it is ours, machine mail, spam or a failure. */
const IS_FIT = 'NOT (m.is_ours OR m.machine_mail IS NOT NULL OR a.spam OR a.failure IS NOT NULL)';

/**
 * Mentions whose opinions count, with the day they fall on. `notSeen` leaves out what the earlier cut-off that the
 * day brings along had seen analysed already: what is left arrived late.
 */
function heard({ notSeen = false } = {}): string {
  return `${DAY}, ${LINK},
heard AS (
  SELECT day.key, m.id, m.author_id, m.platform, m.thread, m.counted_at,
         a.id AS analysis_id, a.revision_id, a.model_version_id, a.urgency, link.account_id
    FROM day JOIN ${MENTION_OF_DAY} ${LAST_ANALYSIS}
    LEFT JOIN link ON link.author_id = m.author_id
   WHERE earshot_visible(m.written_xid, $1::jsonb)
     AND (${IS_FIT} OR jsonb_exists($4::jsonb->'counted', m.id::text)) AND NOT jsonb_exists($4::jsonb->'uncounted', m.id::text)
     ${notSeen ? 'AND NOT EXISTS (SELECT FROM analysis e WHERE e.mention_id = m.id AND earshot_visible(e.written_xid, day.seen))' : ''})`;
}

const OVERLAP = 'c.span_start < o.span_end AND o.span_start < c.span_end';

/**
 * The opinions of `heard` as people corrected them: a correction holds for the opinions on its aspect that its span
 * touches, takes them away when its polarity is null, and stands alone where the model found none.
 */
const SAID = `fix AS (
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

const THREES = `count(DISTINCT id)::int AS messages, count(DISTINCT author_id)::int AS people, count(DISTINCT account_id)::int AS accounts`;

/** Per day: all, by aspect, by aspect and polarity, by intent, urgent or not. */
export const COUNT_DAYS = `WITH ${heard()}, ${SAID}
  SELECT key, aspect, polarity, intent, urgency >= 2 AS "isUrgent", GROUPING(aspect, polarity, intent, urgency >= 2) AS level, ${THREES}
    FROM said GROUP BY GROUPING SETS ((key), (key, aspect), (key, aspect, polarity), (key, intent), (key, urgency >= 2))`;

/** $2 what the digest before had seen: the last reading of history that was made current since. */
export const READ_REREAD = `SELECT v.name AS model, (n.comparison->>'mentions')::int AS mentions, (n.comparison->>'changed')::int AS changed
    FROM reanalysis n JOIN model_version v ON v.id = n.model_version_id
   WHERE n.adopted_xid IS NOT NULL AND earshot_visible(n.adopted_xid, $1::jsonb) AND NOT earshot_visible(n.adopted_xid, $2::jsonb)
   ORDER BY n.id DESC LIMIT 1`;

export const COUNT_LATE = `WITH ${heard({ notSeen: true })}, ${SAID} SELECT ${THREES} FROM said`;

/** How each aspect's messages hang together; an erased text is like no other. */
export const READ_SHAPES = `WITH ${heard()}, ${SAID},
  message AS (
    SELECT aspect, id, author_id, revision_id, bool_or(polarity = 'negative') AND bool_or(polarity = 'positive') AS is_mixed
      FROM said GROUP BY aspect, id, author_id, revision_id),
  keyed AS (SELECT message.*, ${textKey('r')} AS text_key FROM message JOIN revision r ON r.id = message.revision_id),
  by_author AS (SELECT aspect, max(n) AS n FROM (SELECT aspect, count(*) AS n FROM keyed GROUP BY aspect, author_id) x GROUP BY aspect),
  by_text AS (SELECT aspect, max(n) AS n FROM (SELECT aspect, count(*) AS n FROM keyed GROUP BY aspect, text_key) x GROUP BY aspect)
  SELECT k.aspect, count(*) FILTER (WHERE k.is_mixed)::int AS mixed, max(a.n)::int AS "byOneAuthor", max(t.n)::int AS "byOneText"
    FROM keyed k JOIN by_author a USING (aspect) JOIN by_text t USING (aspect) GROUP BY k.aspect ORDER BY k.aspect`;

/** Copies of one text share it: case, white space, punctuation, links and handles do not matter. A few letters are no text to copy. */
function textKey(revision: string): string {
  const bare = `regexp_replace(lower(${revision}.text), 'https?://\\S+|@\\w+', '', 'g')`;
  const words = `regexp_replace(${bare}, '[[:space:][:punct:]]+', ' ', 'g')`;
  return `CASE WHEN ${revision}.erased_at IS NULL AND length(${words}) >= 12 THEN md5(${words}) ELSE ${revision}.id::text END`;
}

/** $5 account ids: what each said on the day, and when it was heard last. */
export const READ_ACTIVITY = `WITH ${heard()}, ${SAID},
  roster AS (SELECT value::int AS account_id FROM jsonb_array_elements_text($5::jsonb)),
  today AS (
    SELECT account_id, count(DISTINCT id)::int AS messages, count(DISTINCT author_id)::int AS people,
           (count(DISTINCT id) FILTER (WHERE polarity = 'negative'))::int AS negative, (count(DISTINCT id) FILTER (WHERE polarity = 'positive'))::int AS positive
      FROM said GROUP BY account_id),
  last AS (
    SELECT link.account_id, max(m.counted_at) AS counted_at FROM roster JOIN link USING (account_id) JOIN mention m ON m.author_id = link.author_id
     WHERE earshot_visible(m.written_xid, $1::jsonb) AND m.machine_mail IS NULL AND m.counted_at < (SELECT max(ends) FROM day) GROUP BY 1)
  SELECT roster.account_id::text AS "accountId", coalesce(messages, 0) AS messages, coalesce(people, 0) AS people, coalesce(negative, 0) AS negative,
         coalesce(positive, 0) AS positive, last.counted_at AS "lastHeardAt"
    FROM roster LEFT JOIN today USING (account_id) LEFT JOIN last USING (account_id) ORDER BY roster.account_id`;

/**
 * $5 account ids of the roster: how much each opinion is worth quoting. A message that says good and bad is quoted as a whole when
 * it is short: the "but" is the news. A clause of a few letters says little.
 */
const WEIGHED = `whole AS (
    SELECT id, min(span_start) AS first, max(span_end) AS last, bool_or(polarity = 'negative') AND bool_or(polarity = 'positive') AS is_mixed
      FROM every GROUP BY id),
  weighed AS (
    SELECT s.*, CASE WHEN w.is_mixed AND w.last - w.first <= 280 THEN w.first ELSE s.span_start END AS quote_start,
           CASE WHEN w.is_mixed AND w.last - w.first <= 280 THEN w.last ELSE s.span_end END AS quote_end,
           round((s.confidence * CASE WHEN jsonb_exists($5::jsonb, s.account_id::text) THEN 1.6 WHEN s.account_id IS NULL THEN 1 ELSE 1.25 END
             * (1 + 0.2 * s.urgency) * CASE WHEN w.is_mixed THEN 1.3 ELSE 1 END * CASE s.polarity WHEN 'neutral' THEN 0.5 ELSE 1 END
             * CASE WHEN s.span_end - s.span_start < 12 THEN 0.6 ELSE 1 END)::numeric, 6)::float8 AS weight
      FROM said s JOIN whole w ON w.id = s.id)`;

const QUOTED = `k.id::text AS "mentionId", k.revision_id::text AS "revisionId", k.quote_start AS "spanStart", k.quote_end AS "spanEnd", k.aspect, k.polarity,
         k.intent, k.urgency, k.platform, k.account_id::text AS "accountId", k.weight, k.thread, ${textKey('r')} AS "textKey"`;

/** $5 account ids of the roster: the opinions worth quoting. */
export const READ_CANDIDATES = `WITH ${heard()}, ${SAID}, ${WEIGHED},
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY aspect, polarity ORDER BY weight DESC, id DESC, span_start) AS in_aspect,
           row_number() OVER (PARTITION BY intent ORDER BY weight DESC, id DESC, span_start) AS in_intent,
           row_number() OVER (PARTITION BY urgency >= 2 ORDER BY weight DESC, id DESC, span_start) AS in_urgency
      FROM weighed)
  SELECT ${QUOTED}, account.name
    FROM ranked k JOIN revision r ON r.id = k.revision_id LEFT JOIN account ON account.id = k.account_id
   WHERE in_aspect <= 25 OR (intent IN ('purchase', 'churn') AND in_intent <= 25) OR (urgency >= 2 AND in_urgency <= 50)
   ORDER BY k.weight DESC, k.id DESC, k.span_start, k.aspect`;

export const READ_MODELS = `WITH ${heard()} SELECT DISTINCT v.name FROM heard JOIN model_version v ON v.id = heard.model_version_id WHERE $3::jsonb IS NOT NULL ORDER BY 1`;

/** $1 cut-off alone. */
export const READ_FIRST_MENTION = `SELECT min(counted_at) AS since FROM mention WHERE earshot_visible(written_xid, $1::jsonb)`;

/** $1, $2 as above: mentions whose outcome, as it stands now, is not what the analysis alone says. */
export const READ_PINS = `WITH ${DAY}
  SELECT DISTINCT m.id::text AS id, m.outcome IN ('routed', 'unsure', 'no-opinion') AS "isCounted"
    FROM day JOIN ${MENTION_OF_DAY} ${LAST_ANALYSIS}
   WHERE earshot_visible(m.written_xid, $1::jsonb) AND m.outcome IS NOT NULL AND (m.outcome IN ('routed', 'unsure', 'no-opinion')) <> (${IS_FIT}) ORDER BY 1`;

/** $1 cut-off, $2 days (today alone): what became of the day's mentions, as it stands now. */
export const READ_BINS = `WITH ${DAY}
  SELECT count(*)::int AS heard, (count(*) FILTER (WHERE outcome = 'quarantined'))::int AS quarantined,
         (count(*) FILTER (WHERE outcome = 'quarantined' AND machine_mail IS NULL))::int AS "looksReal", (count(*) FILTER (WHERE outcome = 'unsure'))::int AS unsure,
         (count(*) FILTER (WHERE outcome = 'no-opinion'))::int AS "noOpinion", (count(*) FILTER (WHERE outcome = 'ours'))::int AS ours,
         (count(*) FILTER (WHERE outcome IS NULL))::int AS waiting
    FROM day JOIN ${MENTION_OF_DAY} WHERE earshot_visible(m.written_xid, $1::jsonb)`;

/** A page of `wanted` with what a reader needs to judge it; the total stands in every row. */
const SHOWN = `SELECT count(*) OVER ()::int AS total, w.id::text AS "mentionId", CASE WHEN r.erased_at IS NULL THEN r.text END AS text, w.spans,
         coalesce(author.name, author.handle, author.email, author.key) AS author, account.name AS account, m.platform, m.url, m.occurred_at AS "occurredAt",
         ARRAY(SELECT s.name FROM hearing h JOIN source s ON s.id = h.source_id WHERE h.mention_id = m.id ORDER BY 1) AS sources
    FROM wanted w JOIN mention m ON m.id = w.id JOIN revision r ON r.id = w.revision_id JOIN author ON author.id = m.author_id
    LEFT JOIN account ON account.id = w.account_id ORDER BY w.counted_at DESC, w.id DESC LIMIT $6::int OFFSET $7::int`;

/**
 * $2 days `today`, `recent` and `earlier`, $5 roster: the themes with a name that at least three people spoke of, most moved first, by
 * day. `recent` and `earlier` may be the same length or not; what they mean is the caller's.
 */
export const COUNT_THEMES = `WITH ${heard()}, ${SAID},
  counted AS (
    SELECT theme_id, key, ${THREES}, (count(*) FILTER (WHERE polarity = 'negative'))::int AS negative, (count(*) FILTER (WHERE polarity = 'neutral'))::int AS neutral,
           (count(*) FILTER (WHERE polarity = 'positive'))::int AS positive
      FROM said WHERE theme_id IS NOT NULL GROUP BY theme_id, key),
  moved AS (
    SELECT theme_id, coalesce(max(people) FILTER (WHERE key = 'recent'), 0) AS now, coalesce(max(people) FILTER (WHERE key = 'earlier'), 0) AS was FROM counted GROUP BY theme_id),
  picked AS (
    SELECT theme_id, now, was, t.name, t.aspect FROM moved JOIN theme t ON t.id = theme_id WHERE t.name <> '' AND greatest(now, was) >= 3
     ORDER BY abs(now - was) DESC, greatest(now, was) DESC, theme_id LIMIT 15),
  copied AS (
    SELECT s.theme_id, s.key, (count(DISTINCT s.id) - count(DISTINCT ${textKey('r')}))::int AS copies
      FROM said s JOIN revision r ON r.id = s.revision_id WHERE s.theme_id IN (SELECT theme_id FROM picked) GROUP BY s.theme_id, s.key)
  SELECT p.theme_id::text AS id, p.name, p.aspect, c.key, c.messages, c.people, c.accounts, c.negative, c.neutral, c.positive, copied.copies,
         (SELECT min(m.counted_at) FROM opinion o JOIN mention m ON m.id = o.mention_id WHERE o.theme_id = p.theme_id) AS "firstHeardAt"
    FROM picked p JOIN counted c USING (theme_id) JOIN copied USING (theme_id, key) ORDER BY abs(now - was) DESC, greatest(now, was) DESC, theme_id`;

/** $2 days `recent` and `earlier`, $5 roster, $6 theme ids: the two opinions of each polarity most worth quoting, newer days first. */
export const READ_THEME_QUOTES = `WITH ${heard()}, ${SAID}, ${WEIGHED},
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY theme_id, polarity ORDER BY key = 'recent' DESC, weight DESC, id DESC, span_start) AS place
      FROM weighed WHERE theme_id IN (SELECT value::bigint FROM jsonb_array_elements_text($6::jsonb)))
  SELECT k.theme_id::text AS "themeId", ${QUOTED}, account.name
    FROM ranked k JOIN revision r ON r.id = k.revision_id LEFT JOIN account ON account.id = k.account_id
   WHERE place <= 2 ORDER BY k.key = 'recent' DESC, k.weight DESC, k.id DESC, k.span_start`;

/** The mentions behind a number: $5 {polarity, intent, account, urgent, aspect}, $6 limit, $7 offset. */
export function listEvidence(notSeen: boolean): string {
  return `WITH ${heard({ notSeen })}, ${SAID},
  wanted AS (
    SELECT id, revision_id, account_id, max(counted_at) AS counted_at,
           jsonb_agg(DISTINCT jsonb_build_object('start', span_start, 'end', span_end, 'aspect', aspect, 'polarity', polarity, 'intent', intent)) AS spans
      FROM said WHERE ($5::jsonb->>'aspect' IS NULL OR aspect = $5::jsonb->>'aspect') AND ($5::jsonb->>'polarity' IS NULL OR polarity = $5::jsonb->>'polarity')
       AND ($5::jsonb->>'intent' IS NULL OR intent = $5::jsonb->>'intent') AND ($5::jsonb->>'account' IS NULL OR account_id::text = $5::jsonb->>'account')
       AND ($5::jsonb->>'urgent' IS NULL OR urgency >= 2) AND ($5::jsonb->>'theme' IS NULL OR theme_id::text = $5::jsonb->>'theme')
     GROUP BY id, revision_id, account_id)
  ${SHOWN}`;
}

/** The mentions of a day with one outcome, as it stands now: $5 {outcome}, $6 limit, $7 offset. $3 and $4 do not matter here. */
export const LIST_OUTCOME = `WITH ${DAY}, ${LINK},
  wanted AS (
    SELECT m.id, (SELECT max(r.id) FROM revision r WHERE r.mention_id = m.id) AS revision_id, link.account_id, m.counted_at, '[]'::jsonb AS spans
      FROM day JOIN ${MENTION_OF_DAY} LEFT JOIN link ON link.author_id = m.author_id
     WHERE earshot_visible(m.written_xid, $1::jsonb) AND coalesce(m.outcome, 'waiting') = $5::jsonb->>'outcome'
       AND $3::jsonb IS NOT NULL AND $4::jsonb IS NOT NULL)
  ${SHOWN}`;

/** $1 today's date of the digest $2: earlier days with a run, each with the newest cut-off of the runs from that day on. */
export const READ_EARLIER_DAYS = `SELECT r.local_date::text AS date, r.window_from AS "from", r.window_to AS "to",
    (SELECT n.cut_off FROM digest_run n WHERE n.digest_id = r.digest_id AND n.local_date >= r.local_date AND n.local_date < $1::date
      ORDER BY (n.cut_off->>'xmax')::bigint DESC LIMIT 1) AS seen
  FROM digest_run r JOIN digest d ON d.id = r.digest_id WHERE d.name = $2 AND r.local_date < $1::date AND r.local_date >= $1::date - 14 ORDER BY r.local_date`;

export const READ_ROSTER = `SELECT id::text, name, tier, owner, revenue::float8 FROM account ORDER BY revenue DESC NULLS LAST, id LIMIT 20`;

/** $1 days: the week before and, last, the day itself. Sources that were heard on most days of that week and not on the day. */
export const READ_SILENT = `WITH day AS MATERIALIZED (
    SELECT d->>'key' AS key, (d->>'from')::timestamptz AS starts, (d->>'to')::timestamptz AS ends FROM jsonb_array_elements($1::jsonb) d),
  heard AS (
    SELECT h.source_id, count(DISTINCT day.key) FILTER (WHERE day.key <> 'today') AS days, bool_or(day.key = 'today') AS is_heard
      FROM day JOIN ${MENTION_OF_DAY} JOIN hearing h ON h.mention_id = m.id GROUP BY 1)
  SELECT s.name FROM source s JOIN heard ON heard.source_id = s.id WHERE heard.days >= 4 AND NOT heard.is_heard`;
