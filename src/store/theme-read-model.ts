import type { ThemeDetail, ThemeReadModel, ThemeRow } from '../domain/ports/theme-read-model.ts';
import type { Sql } from './database.ts';
import { AUTHOR } from './shown-mentions.ts';

const LIST = `SELECT t.id::text, t.aspect, t.name, count(*)::int AS opinions, count(DISTINCT m.author_id)::int AS people, max(m.counted_at) AS "lastHeardAt"
    FROM mention m JOIN opinion o ON o.analysis_id = m.analysis_id JOIN theme t ON t.id = o.theme_id
   WHERE m.counted_at >= now() - make_interval(days => $1::int) AND m.outcome = 'routed'
   GROUP BY t.id HAVING count(*) >= 2 ORDER BY people DESC, opinions DESC, t.id LIMIT 200`;

const READ = `SELECT root.id::text, root.aspect, root.name FROM theme t JOIN theme root ON root.id = coalesce(t.merged_into, t.id) WHERE t.id = $1::bigint`;

const OPINIONS = `SELECT o.id::text AS "opinionId", o.mention_id::text AS "mentionId", CASE WHEN r.erased_at IS NULL THEN left(r.text, o.span_end) END AS text, o.span_start AS start,
         o.polarity, ${AUTHOR} AS author, m.counted_at AS "heardAt"
    FROM opinion o JOIN mention m ON m.id = o.mention_id AND m.analysis_id = o.analysis_id JOIN analysis a ON a.id = o.analysis_id JOIN revision r ON r.id = a.revision_id
    JOIN author w ON w.id = m.author_id WHERE o.theme_id = $1::bigint ORDER BY m.counted_at DESC, o.id DESC LIMIT 100`;

type OpinionRow = ThemeDetail['opinions'][number] & { readonly start: number };

export function createThemeReadModel(sql: Sql): ThemeReadModel {
  return {
    list: (days) => sql.query<ThemeRow>(LIST, days),
    async read(id) {
      const [theme] = await sql.query<Pick<ThemeDetail, 'id' | 'aspect' | 'name'>>(READ, id);
      if (theme === undefined) return null;
      const rows = await sql.query<OpinionRow>(OPINIONS, theme.id);
      const opinions = rows.map(({ start, text, ...row }) => ({ ...row, text: text?.slice(start) ?? null }));
      return { ...theme, opinions };
    },
  };
}
