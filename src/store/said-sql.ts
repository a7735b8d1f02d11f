/**
 * What people said of the words of opinion `o`, whose revision is `revision`: one row `fix` at most. A correction is looked for on
 * exactly these words, and for the opinion's own aspect on words that touch them, as digests count it. Its polarity is null when
 * there is no opinion here; without a row the model's label holds.
 */
export function fixOf(revision: string): string {
  return `LEFT JOIN LATERAL (
    SELECT latest.* FROM (
      SELECT DISTINCT ON (c.aspect) c.aspect, c.polarity, c.author, c.created_at, c.id FROM correction c
       WHERE c.revision_id = ${revision} AND ((c.span_start = o.span_start AND c.span_end = o.span_end)
          OR (c.aspect = o.aspect AND c.span_start < o.span_end AND o.span_start < c.span_end))
       ORDER BY c.aspect, (c.span_start = o.span_start AND c.span_end = o.span_end) DESC, c.id DESC) latest
     WHERE latest.polarity IS NOT NULL OR latest.aspect = o.aspect
     ORDER BY latest.polarity IS NULL, latest.id DESC LIMIT 1) fix ON true`;
}

/** The label that holds, of an opinion `o` with its {@link fixOf}. */
export const SAID_ASPECT = 'coalesce(fix.aspect, o.aspect)';
export const SAID_POLARITY = 'CASE WHEN fix.id IS NULL THEN o.polarity ELSE fix.polarity END';
