import { createHash } from 'node:crypto';
import type {
  Example,
  OpinionToTheme,
  ThemeBatch,
  ThemeStore,
  ThemeToLookAt,
} from '../domain/ports/theme-store.ts';
import type { CountTerm, Grouped, KnownOpinion, OpinionToGroup } from '../domain/theme.ts';
import type { Database, Sql } from './database.ts';
import { mergeThemes, splitTheme } from './theme-changes.ts';

export function createThemeStore(database: Database): ThemeStore {
  return {
    formBatch: (limit, form) =>
      database.transaction(async (sql) => {
        const [lock] = await sql.query<{ isOurs: boolean }>(
          `SELECT pg_try_advisory_xact_lock(hashtext('earshot themes')) AS "isOurs"`,
        );
        const claimed = lock?.isOurs ? await sql.query<{ id: string }>(CLAIM, limit) : [];
        if (claimed.length === 0) return 0;
        const ids = JSON.stringify(claimed.map(({ id }) => id));
        await form(batchOf(sql, (await sql.query<OpinionRow>(READ_OPINIONS, ids)).map(withoutSpan)));
        return claimed.length;
      }),
    merge: (change) => database.transaction((sql) => mergeThemes(sql, change)),
    split: (change) => database.transaction((sql) => splitTheme(sql, change)),
  };
}

/** Themes give way to what is on its way to a department, but not for ever. */
const CLAIM = `WITH next AS MATERIALIZED (
    SELECT w.mention_id FROM waiting_mention w JOIN mention m ON m.id = w.mention_id
     WHERE w.stage = 'theme' AND (m.heard_at < now() - interval '1 minute' OR NOT EXISTS (SELECT FROM waiting_mention WHERE stage IN ('analyse', 'route')))
     ORDER BY w.mention_id LIMIT $1::int FOR UPDATE OF w SKIP LOCKED)
  DELETE FROM waiting_mention w USING next WHERE w.stage = 'theme' AND w.mention_id = next.mention_id RETURNING w.mention_id::text AS id`;

/** A pin holds for what overlaps it: another model may cut the same words a little differently. */
const READ_OPINIONS = `SELECT o.id::text, o.mention_id::text AS "mentionId", o.aspect, o.polarity, o.confidence, r.text, a.lang, o.span_start AS "spanStart", o.span_end AS "spanEnd",
         (SELECT p.theme_id::text FROM theme_pin p WHERE p.revision_id = r.id AND p.aspect = o.aspect AND p.span_start < o.span_end AND o.span_start < p.span_end
           ORDER BY least(p.span_end, o.span_end) - greatest(p.span_start, o.span_start) DESC LIMIT 1) AS "pinnedTo"
    FROM jsonb_array_elements_text($1::jsonb) AS c(id)
    JOIN mention m ON m.id = c.id::bigint
    JOIN opinion o ON o.analysis_id = m.analysis_id
    JOIN analysis a ON a.id = o.analysis_id
    JOIN revision r ON r.id = a.revision_id
   WHERE NOT EXISTS (SELECT FROM wording w WHERE w.opinion_id = o.id)
   ORDER BY o.id`;

interface Spanned {
  readonly spanStart: number;
  readonly spanEnd: number;
}
type OpinionRow = OpinionToTheme & Spanned;

function withoutSpan<Row extends Example & Spanned>({ spanStart, spanEnd, ...row }: Row) {
  return { ...row, text: row.text.slice(spanStart, spanEnd) };
}

function batchOf(sql: Sql, opinions: readonly OpinionToTheme[]): ThemeBatch {
  return {
    opinions,
    findAlike: (keys) => sql.query<KnownOpinion>(FIND_ALIKE, keys),
    countTerms: (of) => countTerms(sql, of),
    save: (grouped, signatures) => save(sql, grouped, signatures),
    async readOthers(aspect) {
      return (await sql.query<Example & Spanned>(READ_OTHERS, aspect)).map(withoutSpan);
    },
    async rename(names) {
      await sql.execute(
        `UPDATE theme SET name = n.name FROM json_to_recordset($1::json) AS n(id bigint, name text) WHERE theme.id = n.id`,
        JSON.stringify([...names].map(([id, name]) => ({ id, name }))),
      );
    },
  };
}

const FIND_ALIKE = `SELECT w.opinion_id::text AS id, o.mention_id::text AS "mentionId", w.aspect, o.polarity, w.terms, w.keys, w.theme_id::text AS "themeId"
    FROM wording w JOIN opinion o ON o.id = w.opinion_id WHERE w.keys && $1::int[]
   ORDER BY w.theme_id IS NULL, w.opinion_id DESC LIMIT 8000`;

const READ_OTHERS = `SELECT r.text, a.lang, o.span_start AS "spanStart", o.span_end AS "spanEnd"
    FROM (SELECT opinion_id FROM wording WHERE aspect = $1 AND theme_id IS NULL ORDER BY opinion_id DESC LIMIT 100) w
    JOIN opinion o ON o.id = w.opinion_id JOIN analysis a ON a.id = o.analysis_id JOIN revision r ON r.id = a.revision_id`;

/** Stands for no word: counts the opinions of an aspect. */
const ALL = 0;

async function countTerms(sql: Sql, of: Parameters<ThemeBatch['countTerms']>[0]): Promise<CountTerm> {
  const byAspect = new Map<string, Set<number>>();
  for (const { aspect, terms } of of) {
    const wanted = byAspect.get(aspect) ?? new Set([ALL]);
    for (const term of terms) wanted.add(term);
    byAspect.set(aspect, wanted);
  }
  const rows = await sql.query<{ aspect: string; term: number; opinions: number }>(
    `SELECT c.aspect, c.term, c.opinions FROM json_to_recordset($1::json) AS a(aspect text, terms jsonb), jsonb_array_elements_text(a.terms) AS t(term)
       JOIN term_count c ON true WHERE c.aspect = a.aspect AND c.term = t.term::int`,
    JSON.stringify([...byAspect].map(([aspect, terms]) => ({ aspect, terms: [...terms] }))),
  );
  const counts = new Map(rows.map(({ aspect, term, opinions }) => [`${aspect} ${term}`, opinions]));
  return (aspect, term = ALL) => counts.get(`${aspect} ${term}`) ?? 0;
}

/** A theme that is founded anew by the words of an older one is that one, or what it was merged into. */
const FOUND = `INSERT INTO theme (aspect, fingerprint, name)
  SELECT DISTINCT ON (aspect, fingerprint) aspect, fingerprint, '' FROM json_to_recordset($1::json) AS f(aspect text, fingerprint text) ORDER BY aspect, fingerprint
  ON CONFLICT (aspect, fingerprint) DO UPDATE SET fingerprint = excluded.fingerprint RETURNING id::text, aspect, fingerprint`;

const STORE = `WITH
  given AS MATERIALIZED (
    SELECT r.*, coalesce(t.merged_into, t.id) AS root
      FROM json_to_recordset($1::json) AS r(id bigint, aspect text, "themeId" bigint, terms jsonb, keys jsonb, "copyOf" bigint) LEFT JOIN theme t ON t.id = r."themeId"),
  worded AS (
    INSERT INTO wording (opinion_id, aspect, theme_id, terms, keys, copy_of)
    SELECT id, aspect, "themeId", ARRAY(SELECT jsonb_array_elements_text(terms)::int), ARRAY(SELECT jsonb_array_elements_text(keys)::int), "copyOf" FROM given
    ON CONFLICT (opinion_id) DO UPDATE SET theme_id = excluded.theme_id),
  counted AS (
    INSERT INTO term_count AS c (aspect, term, opinions)
    SELECT aspect, term, count(*) FROM (
      SELECT aspect, jsonb_array_elements_text(terms || '[${ALL}]')::int AS term FROM given WHERE "copyOf" IS NULL AND NOT EXISTS (SELECT FROM wording w WHERE w.opinion_id = given.id)) AS said
     GROUP BY 1, 2
    ON CONFLICT (aspect, term) DO UPDATE SET opinions = c.opinions + excluded.opinions),
  themed AS (
    UPDATE opinion SET theme_id = given.root FROM given WHERE opinion.id = given.id AND given.root IS NOT NULL)
  SELECT DISTINCT root::text AS id FROM given WHERE root IS NOT NULL`;

/** A case that has no theme takes that of its first opinion with one. Cases are locked in the order in which routing takes them. */
const GIVE_TO_CASES = `WITH
  open AS MATERIALIZED (
    SELECT c.id FROM cases c WHERE c.theme_id IS NULL AND c.id IN (
      SELECT cm.case_id FROM jsonb_array_elements_text($1::jsonb) AS i(id) JOIN case_member cm ON cm.opinion_id = i.id::bigint WHERE cm.removed_at IS NULL)
     ORDER BY c.department_id, c.case_key FOR UPDATE)
  UPDATE cases SET theme_id = (
    SELECT o.theme_id FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id
     WHERE cm.case_id = cases.id AND cm.removed_at IS NULL AND o.theme_id IS NOT NULL ORDER BY o.id LIMIT 1)
   WHERE id IN (SELECT id FROM open)`;

async function save(
  sql: Sql,
  grouped: readonly Grouped[],
  signatures: ReadonlyMap<string, OpinionToGroup | KnownOpinion>,
): Promise<readonly ThemeToLookAt[]> {
  const founders = new Map(
    grouped.flatMap(({ theme }) => {
      const founder = theme !== null && 'foundedBy' in theme ? signatures.get(theme.foundedBy) : undefined;
      return founder === undefined ? [] : [[founder.id, fingerprintOf(founder)] as const];
    }),
  );
  const founded =
    founders.size === 0
      ? []
      : await sql.query<{ id: string; aspect: string; fingerprint: string }>(
          FOUND,
          JSON.stringify(
            [...founders].map(([id, fingerprint]) => ({ aspect: signatures.get(id)?.aspect, fingerprint })),
          ),
        );
  const idOf = new Map(founded.map(({ id, aspect, fingerprint }) => [`${aspect} ${fingerprint}`, id]));
  const rows = grouped.flatMap(({ id, theme, copyOf, isExample }) => {
    const opinion = signatures.get(id);
    if (opinion === undefined) return [];
    const { aspect, terms, keys } = opinion;
    const foundedBy = theme !== null && 'foundedBy' in theme ? founders.get(theme.foundedBy) : undefined;
    const themeId = theme !== null && 'id' in theme ? theme.id : (idOf.get(`${aspect} ${foundedBy}`) ?? null);
    return [{ id, aspect, themeId, terms, keys: isExample ? keys : [], copyOf }];
  });
  const touched = await sql.query<{ id: string }>(STORE, JSON.stringify(rows));
  await sql.execute(GIVE_TO_CASES, JSON.stringify(rows.map(({ id }) => id)));
  return readThemes(
    sql,
    touched.map(({ id }) => id),
  );
}

function fingerprintOf({ terms, polarity }: Pick<OpinionToGroup, 'terms' | 'polarity'>): string {
  return createHash('sha256')
    .update(`${polarity} ${terms.join(' ')}`)
    .digest('hex')
    .slice(0, 24);
}

async function readThemes(sql: Sql, ids: readonly string[]): Promise<ThemeToLookAt[]> {
  const rows = await sql.query<Omit<ThemeToLookAt, 'examples'> & Example & Spanned>(
    `SELECT t.id::text, t.aspect, t.name, (SELECT count(*)::int FROM opinion s WHERE s.theme_id = t.id) AS size, r.text, an.lang, o.span_start AS "spanStart", o.span_end AS "spanEnd"
       FROM jsonb_array_elements_text($1::jsonb) AS i(id) JOIN theme t ON t.id = i.id::bigint
       JOIN opinion o ON o.theme_id = t.id JOIN wording w ON w.opinion_id = o.id AND w.keys <> '{}'
       JOIN analysis an ON an.id = o.analysis_id JOIN revision r ON r.id = an.revision_id ORDER BY t.id, o.id`,
    JSON.stringify(ids),
  );
  const themes = new Map<string, ThemeToLookAt & { readonly examples: Example[] }>();
  for (const row of rows) {
    const { id, aspect, name, size } = row;
    const theme = themes.get(id) ?? { id, aspect, name, size, examples: [] };
    const { text, lang } = withoutSpan(row);
    theme.examples.push({ text, lang });
    themes.set(id, theme);
  }
  return [...themes.values()];
}
