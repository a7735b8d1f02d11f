import type { Label } from '../domain/case.ts';
import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';

/** The words that a correction is anchored to. */
export interface Words {
  readonly revisionId: string;
  readonly spanStart: number;
  readonly spanEnd: number;
}

/** How to take a correction back: what held on these words before. */
export interface Restoration extends Words {
  readonly labels: readonly Label[];
}

/**
 * Writes what a person says of an opinion's words; the label that held on them before is denied when it was another aspect's.
 * Gives what would restore it. Throws `not-found` for an opinion that is none of the mention's.
 */
export async function correct(
  sql: Sql,
  {
    opinionId,
    label,
    author,
  }: { readonly opinionId: string; readonly label: Label; readonly author: string },
): Promise<Restoration> {
  const [held] = await sql.query<Words & Label>(
    `SELECT a.revision_id::text AS "revisionId", o.span_start AS "spanStart", o.span_end AS "spanEnd", ${SAID_ASPECT} AS aspect, ${SAID_POLARITY} AS polarity
       FROM opinion o JOIN analysis a ON a.id = o.analysis_id ${fixOf('a.revision_id')} WHERE o.id = $1::bigint`,
    opinionId,
  );
  if (!held) throw new AppError('not-found', `There is no opinion ${opinionId}`);
  const { aspect, polarity, ...words } = held;
  const isMoved = aspect !== label.aspect;
  await writeLabels(sql, words, [...(isMoved ? [{ aspect, polarity: null }] : []), label], author);
  return {
    ...words,
    labels: [...(isMoved ? [{ aspect: label.aspect, polarity: null }] : []), { aspect, polarity }],
  };
}

export async function restore(sql: Sql, { labels, ...words }: Restoration, author: string): Promise<void> {
  await writeLabels(sql, words, labels, author);
}

/** Corrections are only ever added; the last one holds. */
async function writeLabels(sql: Sql, words: Words, labels: readonly Label[], author: string): Promise<void> {
  await sql.execute(
    `INSERT INTO correction (revision_id, span_start, span_end, aspect, polarity, author)
     SELECT $1::bigint, $2::int, $3::int, l.aspect, l.polarity, $4 FROM ROWS FROM (jsonb_to_recordset($5::jsonb) AS (aspect text, polarity text)) WITH ORDINALITY AS l(aspect, polarity, place) ORDER BY l.place`,
    words.revisionId,
    words.spanStart,
    words.spanEnd,
    author,
    JSON.stringify(labels),
  );
}
