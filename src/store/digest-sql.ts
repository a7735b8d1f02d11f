import { SHORTEST_QUOTE } from '../domain/digest-quote.ts';
import { DAY, heard, LINK, MENTION_OF_DAY, SAID, THREES, textKey } from './heard-sql.ts';

// Statements of the digest read model. $1 to $4 as `heard-sql.ts` has them, unless a statement says otherwise.

/** $2 what the digest before had seen: the last reading of history that was made current since. */
export const READ_REREAD = `SELECT v.name AS model, (n.comparison->>'mentions')::int AS mentions, (n.comparison->>'changed')::int AS changed
    FROM reanalysis n JOIN model_version v ON v.id = n.model_version_id
   WHERE n.adopted_xid IS NOT NULL AND earshot_visible(n.adopted_xid, $1::jsonb) AND NOT earshot_visible(n.adopted_xid, $2::jsonb)
   ORDER BY n.id DESC LIMIT 1`;

export const COUNT_LATE = `WITH ${heard({ notSeen: true })}, ${SAID} SELECT ${THREES} FROM said`;

/** $1 cut-off, $2 accounts, $3 until when: when each was heard last. */
export const READ_LAST_HEARD = `WITH ${LINK}
  SELECT link.account_id::text AS "accountId", max(m.counted_at) AS "lastHeardAt" FROM link JOIN mention m ON m.author_id = link.author_id
   WHERE link.account_id IN (SELECT value::int FROM jsonb_array_elements_text($2::jsonb)) AND earshot_visible(m.written_xid, $1::jsonb) AND m.machine_mail IS NULL
     AND m.counted_at < $3::timestamptz GROUP BY 1`;

/** $1 cut-off: which account an author belonged to. */
export const READ_LINKS = `WITH ${LINK} SELECT author_id::float8 AS author, account_id AS account FROM link`;

/** $1 ids of model versions. */
export const READ_MODELS = `SELECT name FROM model_version WHERE id IN (SELECT value::int FROM jsonb_array_elements_text($1::jsonb)) ORDER BY 1`;

/**
 * $5 account ids of the roster: how much each opinion is worth quoting. A message that says good and bad is quoted as a whole when
 * an ordinary digest shows it uncut in every form: the "but" is the news. A clause of a few letters says little.
 */
const WEIGHED = `whole AS (
    SELECT id, min(span_start) AS first, max(span_end) AS last, bool_or(polarity = 'negative') AND bool_or(polarity = 'positive') AS is_mixed
      FROM every GROUP BY id),
  weighed AS (
    SELECT s.*, CASE WHEN w.is_mixed AND w.last - w.first <= ${SHORTEST_QUOTE} THEN w.first ELSE s.span_start END AS quote_start,
           CASE WHEN w.is_mixed AND w.last - w.first <= ${SHORTEST_QUOTE} THEN w.last ELSE s.span_end END AS quote_end,
           round((s.confidence * CASE WHEN jsonb_exists($5::jsonb, s.account_id::text) THEN 1.6 WHEN s.account_id IS NULL THEN 1 ELSE 1.25 END
             * (1 + 0.2 * s.urgency) * CASE WHEN w.is_mixed THEN 1.3 ELSE 1 END * CASE s.polarity WHEN 'neutral' THEN 0.5 ELSE 1 END
             * CASE WHEN s.span_end - s.span_start < 12 THEN 0.6 ELSE 1 END)::numeric, 6)::float8 AS weight
      FROM said s JOIN whole w ON w.id = s.id)`;

const QUOTED = `k.id::text AS "mentionId", k.revision_id::text AS "revisionId", k.quote_start AS "spanStart", k.quote_end AS "spanEnd", k.aspect, k.polarity,
         k.intent, k.urgency, k.platform, k.account_id::text AS "accountId", k.weight, k.thread, ${textKey('r')} AS "textKey"`;

/** $5 account ids of the roster, $6 the mentions that come into question: the opinions worth quoting. */
export const READ_CANDIDATES = `WITH ${heard({ only: '$6' })}, ${SAID}, ${WEIGHED},
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY aspect, polarity ORDER BY weight DESC, id DESC, span_start) AS in_aspect,
           row_number() OVER (PARTITION BY intent ORDER BY weight DESC, id DESC, span_start) AS in_intent,
           row_number() OVER (PARTITION BY urgency >= 2 ORDER BY weight DESC, id DESC, span_start) AS in_urgency
      FROM weighed)
  SELECT ${QUOTED}, account.name
    FROM ranked k JOIN revision r ON r.id = k.revision_id LEFT JOIN account ON account.id = k.account_id
   WHERE in_aspect <= 25 OR (intent IN ('purchase', 'churn') AND in_intent <= 25) OR (urgency >= 2 AND in_urgency <= 50)
   ORDER BY k.weight DESC, k.id DESC, k.span_start, k.aspect`;

/** $1 cut-off alone. */
export const READ_FIRST_MENTION = `SELECT counted_at AS since FROM mention WHERE earshot_visible(written_xid, $1::jsonb) ORDER BY counted_at LIMIT 1`;

/** A page of `wanted` with what a reader needs to judge it; the total stands in every row. */
const SHOWN = `SELECT count(*) OVER ()::int AS total, w.id::text AS "mentionId", CASE WHEN r.erased_at IS NULL THEN r.text END AS text, w.spans,
         coalesce(author.name, author.handle, author.email, author.key) AS author, account.name AS account, m.platform, m.url, m.occurred_at AS "occurredAt",
         ARRAY(SELECT s.name FROM hearing h JOIN source s ON s.id = h.source_id WHERE h.mention_id = m.id ORDER BY 1) AS sources
    FROM wanted w JOIN mention m ON m.id = w.id JOIN revision r ON r.id = w.revision_id JOIN author ON author.id = m.author_id
    LEFT JOIN account ON account.id = w.account_id ORDER BY w.counted_at DESC, w.id DESC LIMIT $6::int OFFSET $7::int`;

/** $1 theme ids: those that have a name, and since when they are heard of, by the first hundred opinions that were taken in. */
export const READ_THEMES = `SELECT t.id::text, t.name, t.aspect,
         (SELECT min(m.counted_at) FROM (SELECT mention_id FROM opinion WHERE theme_id = t.id ORDER BY id LIMIT 100) o JOIN mention m ON m.id = o.mention_id) AS "firstHeardAt"
    FROM (SELECT t.*, wanted.place FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS wanted(id, place) JOIN theme t ON t.id = wanted.id::bigint
           WHERE t.name <> '' ORDER BY wanted.place LIMIT 15) t ORDER BY t.place`;

/** $2 days `recent` and `earlier`, $5 roster, $6 theme ids, $7 the mentions that come into question: the two opinions of each polarity most worth quoting, newer days first. */
export const READ_THEME_QUOTES = `WITH ${heard({ only: '$7' })}, ${SAID}, ${WEIGHED},
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY theme_id, polarity ORDER BY key = 'recent' DESC, weight DESC, id DESC, span_start) AS place
      FROM weighed WHERE theme_id IN (SELECT value::bigint FROM jsonb_array_elements_text($6::jsonb)))
  SELECT k.theme_id::text AS "themeId", ${QUOTED}, account.name
    FROM ranked k JOIN revision r ON r.id = k.revision_id LEFT JOIN account ON account.id = k.account_id
   WHERE place <= 2 ORDER BY k.key = 'recent' DESC, k.weight DESC, k.id DESC, k.span_start`;

/** $5 {polarity, intent, account, urgent, aspect, theme}, $6 limit, $7 offset. */
const MEANT = `wanted AS (
    SELECT id, revision_id, account_id, max(counted_at) AS counted_at,
           jsonb_agg(DISTINCT jsonb_build_object('start', span_start, 'end', span_end, 'aspect', aspect, 'polarity', polarity, 'intent', intent)) AS spans
      FROM said WHERE ($5::jsonb->>'aspect' IS NULL OR aspect = $5::jsonb->>'aspect') AND ($5::jsonb->>'polarity' IS NULL OR polarity = $5::jsonb->>'polarity')
       AND ($5::jsonb->>'intent' IS NULL OR intent = $5::jsonb->>'intent') AND ($5::jsonb->>'account' IS NULL OR account_id::text = $5::jsonb->>'account')
       AND ($5::jsonb->>'urgent' IS NULL OR urgency >= 2) AND ($5::jsonb->>'theme' IS NULL OR theme_id::text = $5::jsonb->>'theme')
     GROUP BY id, revision_id, account_id) ${SHOWN}`;

/** The mentions behind a number, $8 those that come into question. */
export const LIST_EVIDENCE = `WITH ${heard({ only: '$8' })}, ${SAID}, ${MEANT}`;

/** $2 spans that hold what came late. */
export const LIST_LATE = `WITH ${heard({ notSeen: true })}, ${SAID}, ${MEANT}`;

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

/** $1 ids. */
export const READ_SOURCE_NAMES = `SELECT name FROM source WHERE id IN (SELECT value::int FROM jsonb_array_elements_text($1::jsonb))`;
