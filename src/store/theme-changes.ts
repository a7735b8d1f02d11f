import { randomUUID } from 'node:crypto';
import type { ThemeStore } from '../domain/ports/theme-store.ts';
import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';

type Merge = Parameters<ThemeStore['merge']>[0];
type Split = Parameters<ThemeStore['split']>[0];

interface ThemeRow {
  readonly id: string;
  readonly aspect: string;
}

/** What `from` was known by stays known by it: its words lead to `into` from now on. */
export async function mergeThemes(sql: Sql, { from, into, actor }: Merge): Promise<void> {
  const [old, kept] = [await readTheme(sql, from), await readTheme(sql, into)];
  if (old.id === kept.id) throw new AppError('invalid-input', `Themes ${from} and ${into} are one already`);
  if (old.aspect !== kept.aspect)
    throw new AppError(
      'invalid-input',
      `Theme ${from} is about ${old.aspect} and ${into} about ${kept.aspect}; merge themes of one aspect`,
    );
  await sql.execute(
    'UPDATE theme SET merged_into = $2::bigint WHERE id = $1::bigint OR merged_into = $1::bigint',
    old.id,
    kept.id,
  );
  await sql.execute('UPDATE opinion SET theme_id = $2::bigint WHERE theme_id = $1::bigint', old.id, kept.id);
  await sql.execute('UPDATE cases SET theme_id = $2::bigint WHERE theme_id = $1::bigint', old.id, kept.id);
  await note(sql, { actor, action: 'themes merged', theme: kept.id, detail: { from: old.id } });
}

export async function splitTheme(
  sql: Sql,
  { theme, opinions, keysOf, nameOf, actor }: Split,
): Promise<string> {
  const { id: from, aspect } = await readTheme(sql, theme);
  const rows = await sql.query<{
    id: string;
    terms: number[];
    text: string;
    lang: string;
    spanStart: number;
    spanEnd: number;
  }>(
    `SELECT o.id::text, w.terms, r.text, a.lang, o.span_start AS "spanStart", o.span_end AS "spanEnd"
       FROM jsonb_array_elements_text($2::jsonb) AS i(id) JOIN opinion o ON o.id = i.id::bigint AND o.theme_id = $1::bigint
       JOIN wording w ON w.opinion_id = o.id JOIN analysis a ON a.id = o.analysis_id JOIN revision r ON r.id = a.revision_id ORDER BY o.id`,
    from,
    JSON.stringify(opinions),
  );
  const [{ count } = { count: 0 }] = await sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM opinion WHERE theme_id = $1::bigint',
    from,
  );
  if (rows.length === 0 || rows.length < new Set(opinions).size)
    throw new AppError(
      'invalid-input',
      `Not all of these opinions are in theme ${theme}; name at least one, and none of another`,
    );
  if (rows.length === count)
    throw new AppError('invalid-input', `These are all opinions of theme ${theme}; leave at least one in it`);
  const name = nameOf(
    rows.map(({ text, lang, spanStart, spanEnd }) => ({ text: text.slice(spanStart, spanEnd), lang })),
  );
  const [made] = await sql.query<{ id: string }>(
    'INSERT INTO theme (aspect, fingerprint, name) VALUES ($1, $2, $3) RETURNING id::text',
    aspect,
    `split ${randomUUID()}`,
    name,
  );
  if (made === undefined) throw new AppError('bug', 'INSERT … RETURNING gave no row');
  await sql.execute(
    MOVE,
    made.id,
    JSON.stringify(rows.map(({ id, terms }) => ({ id, keys: keysOf(aspect, terms) }))),
    actor,
  );
  await note(sql, { actor, action: 'theme split', theme: made.id, detail: { from, opinions: rows.length } });
  return made.id;
}

const MOVE = `WITH
  moved AS (SELECT * FROM json_to_recordset($2::json) AS r(id bigint, keys jsonb)),
  worded AS (UPDATE wording w SET theme_id = $1::bigint, keys = ARRAY(SELECT jsonb_array_elements_text(moved.keys)::int) FROM moved WHERE w.opinion_id = moved.id),
  pinned AS (
    INSERT INTO theme_pin (revision_id, aspect, span_start, span_end, theme_id, author)
    SELECT a.revision_id, o.aspect, o.span_start, o.span_end, $1::bigint, $3 FROM moved JOIN opinion o ON o.id = moved.id JOIN analysis a ON a.id = o.analysis_id
    ON CONFLICT (revision_id, aspect, span_start, span_end) DO UPDATE SET theme_id = excluded.theme_id, author = excluded.author, created_at = now())
  UPDATE opinion SET theme_id = $1::bigint FROM moved WHERE opinion.id = moved.id`;

/** The theme that this id stands for by now, while no other process forms or changes themes. */
async function readTheme(sql: Sql, id: string): Promise<ThemeRow> {
  if (!/^\d{1,18}$/.test(id)) throw new AppError('not-found', 'A theme is named by its number');
  await sql.query(`SELECT pg_advisory_xact_lock(hashtext('earshot themes'))::text`);
  const [row] = await sql.query<ThemeRow>(
    'SELECT root.id::text, root.aspect FROM theme t JOIN theme root ON root.id = coalesce(t.merged_into, t.id) WHERE t.id = $1::bigint',
    id,
  );
  if (row === undefined) throw new AppError('not-found', `There is no theme ${id}`);
  return row;
}

async function note(
  sql: Sql,
  { actor, action, theme, detail }: { actor: string; action: string; theme: string; detail: object },
): Promise<void> {
  await sql.execute(
    'INSERT INTO audit_log (actor, action, subject, detail) VALUES ($1, $2, $3, $4::jsonb)',
    actor,
    action,
    `theme ${theme}`,
    JSON.stringify(detail),
  );
}
