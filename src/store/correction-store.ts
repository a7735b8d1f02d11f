import type { Label } from '../domain/case.ts';
import type { CorrectionStore, GivenLabel, GivenLabels } from '../domain/ports/correction-store.ts';
import { AppError } from '../lib/app-error.ts';
import { writeAudit } from './audit-log.ts';
import type { Database, Sql } from './database.ts';
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

export function createCorrectionStore(database: Database): CorrectionStore {
  return { add: (given, author) => database.transaction((sql) => add(sql, given, author)) };
}

/** A mention with its newest words, the aspects that its opinions hold and where, and what people last said of which words. */
interface Corrected {
  readonly revisionId: string;
  readonly text: string;
  readonly isErased: boolean;
  readonly opinions: readonly { readonly aspect: string; readonly start: number; readonly end: number }[];
  /** `start end aspect` to polarity. */
  readonly said: Readonly<Record<string, string | null>>;
}

const FIND_CORRECTED = `SELECT k.place::int AS place, r.id::text AS "revisionId", r.text, r.erased_at IS NOT NULL AS "isErased",
         coalesce((SELECT json_agg(json_build_object('aspect', ${SAID_ASPECT}, 'start', o.span_start, 'end', o.span_end)) FROM opinion o ${fixOf('r.id')}
           WHERE o.analysis_id = m.analysis_id), '[]') AS opinions,
         coalesce((SELECT json_object_agg(c.span_start || ' ' || c.span_end || ' ' || c.aspect, c.polarity)
           FROM (SELECT DISTINCT ON (span_start, span_end, aspect) * FROM correction WHERE revision_id = r.id ORDER BY span_start, span_end, aspect, correction.id DESC) c), '{}') AS said
    FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (platform text, "externalId" text)) WITH ORDINALITY AS k(platform, external_id, place)
    JOIN mention m ON m.platform = k.platform AND m.external_id = k.external_id
    JOIN LATERAL (SELECT * FROM revision WHERE mention_id = m.id ORDER BY number DESC LIMIT 1) r ON true`;

async function add(sql: Sql, given: readonly GivenLabel[], author: string): Promise<GivenLabels> {
  const keys = given.map(({ platform, externalId }) => ({ platform, externalId }));
  const rows = await sql.query<Corrected & { readonly place: number }>(FIND_CORRECTED, JSON.stringify(keys));
  const found = new Map(rows.map((row) => [row.place - 1, row]));
  const placed = given.map((label, index) => place(label, found.get(index)));
  const faults = placed.flatMap((fault, index) =>
    typeof fault === 'string' ? [{ index, message: fault }] : [],
  );
  if (faults.length > 0) return { written: 0, same: 0, faults };
  const all = placed.flatMap((places) => (typeof places === 'string' ? [] : [places]));
  const fresh = all.flat();
  for (const { label, ...words } of fresh) await writeLabels(sql, words, [label], author);
  if (fresh.length > 0)
    await writeAudit(sql, {
      actor: author,
      action: 'corrections added',
      subject: `${fresh.length} corrections`,
      detail: { given: given.length },
    });
  return { written: fresh.length, same: all.filter((places) => places.length === 0).length, faults };
}

/** Where a label stands, without what people said already; or what is wrong with it. */
function place(
  { platform, externalId, label, words }: GivenLabel,
  found: Corrected | undefined,
): string | (Words & { readonly label: Label })[] {
  if (found === undefined) return `nothing was heard on "${platform}" under the id "${externalId}"`;
  const { revisionId, text, isErased, opinions, said } = found;
  if (isErased) return 'its text was erased';
  const at = words === null ? 0 : text.indexOf(words);
  if (at < 0) return 'these words do not stand in its text; copy them as they are written there';
  const held = opinions.filter(({ aspect }) => words === null && aspect === label.aspect);
  const whole = { start: at, end: at + (words ?? text).length };
  const isDenial = label.polarity === null && words === null;
  const spans = held.length > 0 ? held : isDenial ? [] : [whole];
  return spans
    .filter(({ start, end }) => said[`${start} ${end} ${label.aspect}`] !== label.polarity)
    .map(({ start, end }) => ({ revisionId, spanStart: start, spanEnd: end, label }));
}
