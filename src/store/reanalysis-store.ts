import type { MentionToAnalyse } from '../domain/ports/mention-store.ts';
import type { ReanalysisStore, RereadMention } from '../domain/ports/reanalysis-store.ts';
import type { Reanalysis, ReanalysisExample } from '../domain/reanalysis.ts';
import { AppError } from '../lib/app-error.ts';
import { FOUND_NONE } from '../pipeline/decide-mention.ts';
import { writeAudit } from './audit-log.ts';
import type { Database, Sql } from './database.ts';
import {
  COMPARE,
  COUNT_TO_READ,
  EXAMPLES,
  KEEP_READINGS,
  NEXT_TO_ADOPT,
  NEXT_TO_READ,
  SHOWN,
} from './reanalysis-sql.ts';
import { type AnalysisVersions, storeAnalyses } from './store-analyses.ts';

/** Mentions that become current in one statement. */
const ADOPTED_AT_ONCE = 500;

interface Open extends AnalysisVersions {
  readonly id: number;
}

export function createReanalysisStore(database: Database, versions: () => AnalysisVersions): ReanalysisStore {
  const show = async (sql: Sql, id: number): Promise<Reanalysis> => {
    const [row] = await sql.query<Reanalysis>(`${SHOWN} WHERE n.id = $1::int`, id);
    if (!row) throw new AppError('not-found', `There is no re-analysis ${id}`);
    return row;
  };
  return {
    newest: async () => (await database.query<Reanalysis>(`${SHOWN} ORDER BY n.id DESC LIMIT 1`))[0] ?? null,
    begin: ({ since, author }) =>
      database.transaction(async (sql) => {
        const { modelVersionId, configVersionId } = versions();
        const [begun] = await sql.query<{ id: number }>(
          `INSERT INTO reanalysis (model_version_id, config_version_id, since, total, author) VALUES ($1::int, $2::int, $3::timestamptz, 0, $4) ON CONFLICT DO NOTHING RETURNING id`,
          modelVersionId,
          configVersionId,
          since,
          author,
        );
        if (!begun) throw new AppError('conflict', 'A re-analysis is under way: adopt or drop it first');
        await sql.execute(COUNT_TO_READ, begun.id);
        await audit(sql, { author, action: 'reanalysis.begun', id: begun.id });
        return show(sql, begun.id);
      }),
    readBatch: (limit, analyse) =>
      database.transaction(async (sql) => {
        const open = await lock(sql, 'reading', 'SKIP LOCKED');
        if (open === null) return false;
        await keepUp(sql, open, versions());
        const mentions = await sql.query<MentionToAnalyse>(NEXT_TO_READ, open.id, limit);
        if (mentions.length > 0)
          await sql.execute(KEEP_READINGS, open.id, JSON.stringify(await analyse(mentions)));
        await sql.execute(
          'UPDATE reanalysis SET looked_at = looked_at + $2::int, last_mention_id = coalesce($3::bigint, last_mention_id) WHERE id = $1::int',
          open.id,
          mentions.length,
          mentions.at(-1)?.id ?? null,
        );
        if (mentions.length === limit) return true;
        await sql.execute(COMPARE, open.id, FOUND_NONE);
        return false;
      }),
    examples: ({ id, comparison }) =>
      database.query<ReanalysisExample>(EXAMPLES, id, JSON.stringify(comparison?.examples ?? [])),
    adopt: (author, settle) =>
      database.transaction(async (sql) => {
        const open = await lock(sql, 'read');
        if (open === null) throw new AppError('conflict', 'No re-analysis has been read to its end');
        let after = '0';
        let rows: readonly (RereadMention & { readonly id: string })[];
        do {
          rows = await sql.query(NEXT_TO_ADOPT, open.id, after, ADOPTED_AT_ONCE);
          const settled = rows.map(settle);
          await storeAnalyses(sql, settled, open);
          await sql.execute(
            `INSERT INTO waiting_mention (stage, mention_id) SELECT 'theme', value::bigint FROM jsonb_array_elements_text($1::jsonb) ON CONFLICT DO NOTHING`,
            JSON.stringify(settled.flatMap(({ id, outcome }) => (outcome === 'routed' ? [id] : []))),
          );
          after = rows.at(-1)?.id ?? after;
        } while (rows.length === ADOPTED_AT_ONCE);
        await sql.execute(
          `UPDATE reanalysis SET state = 'current', adopted_xid = earshot_xid() WHERE id = $1::int`,
          open.id,
        );
        await sql.execute('DELETE FROM reanalysis_reading WHERE reanalysis_id = $1::int', open.id);
        await audit(sql, { author, action: 'reanalysis.adopted', id: open.id });
        return show(sql, open.id);
      }),
    drop: (author) =>
      database.transaction(async (sql) => {
        const open = (await lock(sql, 'reading')) ?? (await lock(sql, 'read'));
        if (open === null) return false;
        await sql.execute(`UPDATE reanalysis SET state = 'dropped' WHERE id = $1::int`, open.id);
        await sql.execute('DELETE FROM reanalysis_reading WHERE reanalysis_id = $1::int', open.id);
        await audit(sql, { author, action: 'reanalysis.dropped', id: open.id });
        return true;
      }),
  };
}

async function lock(sql: Sql, state: 'reading' | 'read', otherwise = ''): Promise<Open | null> {
  const [row] = await sql.query<Open>(
    `SELECT id, model_version_id AS "modelVersionId", config_version_id AS "configVersionId" FROM reanalysis WHERE state = $1 FOR UPDATE ${otherwise}`,
    state,
  );
  return row ?? null;
}

/** What one model has read cannot be put beside what another reads. */
async function keepUp(sql: Sql, open: Open, now: AnalysisVersions): Promise<void> {
  if (open.modelVersionId === now.modelVersionId && open.configVersionId === now.configVersionId) return;
  await sql.execute('DELETE FROM reanalysis_reading WHERE reanalysis_id = $1::int', open.id);
  await sql.execute(
    'UPDATE reanalysis SET model_version_id = $2::int, config_version_id = $3::int, last_mention_id = NULL, looked_at = 0 WHERE id = $1::int',
    open.id,
    now.modelVersionId,
    now.configVersionId,
  );
  await sql.execute(COUNT_TO_READ, open.id);
}

function audit(
  sql: Sql,
  { author, action, id }: { readonly author: string; readonly action: string; readonly id: number },
): Promise<void> {
  return writeAudit(sql, { actor: author, action, subject: `reanalysis ${id}`, detail: {} });
}
