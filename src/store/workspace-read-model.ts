import type { WorkspaceFacts } from '../domain/ports/workspace-facts.ts';
import type { Sql } from './database.ts';

const READ_DEPARTMENTS = `SELECT d.name, d.aspects,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id::text, 'name', p.name) ORDER BY p.name, p.id)
                     FROM department_member m JOIN person p ON p.id = m.person_id WHERE m.department_id = d.id AND p.disabled_at IS NULL), '[]') AS members
    FROM department d WHERE d.retired_at IS NULL ORDER BY d.name`;

const READ_FILTERS = `SELECT ARRAY(SELECT DISTINCT tier FROM account WHERE tier <> '' ORDER BY 1) AS tiers, ARRAY(SELECT name FROM source ORDER BY 1) AS sources`;

/** The workspace as everybody who is signed in may know it. */
export async function readWorkspace(sql: Sql): Promise<WorkspaceFacts> {
  const departments = await sql.query<WorkspaceFacts['departments'][number]>(READ_DEPARTMENTS);
  const [filters] = await sql.query<Pick<WorkspaceFacts, 'tiers' | 'sources'>>(READ_FILTERS);
  return { departments, ...(filters ?? { tiers: [], sources: [] }) };
}

/** Whether `earshot demo` filled the workspace. */
export async function isSample(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ isSample: boolean }>('SELECT is_sample AS "isSample" FROM workspace');
  return row?.isSample ?? false;
}
