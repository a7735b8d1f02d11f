import type { Scope } from '../domain/access.ts';
import type { KeyRow, PeopleStore } from '../domain/ports/identity-store.ts';
import { AppError } from '../lib/app-error.ts';
import { newToken, tokenHash } from '../lib/token.ts';
import { writeAudit } from './audit-log.ts';
import type { Database, Sql } from './database.ts';

export function createKeys(database: Database): Pick<PeopleStore, 'listKeys' | 'addKey' | 'revokeKey'> {
  return {
    listKeys: () =>
      database.query<KeyRow>(
        `SELECT id::text, name, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt" FROM api_key ORDER BY api_key.id`,
      ),
    addKey: (key, actor) => database.transaction((sql) => addKey(sql, key, actor)),
    revokeKey: (id, actor) =>
      database.transaction(async (sql) => {
        const revoked = await sql.execute(
          'UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1::bigint',
          id,
        );
        if (revoked === 0) throw new AppError('not-found', `There is no API key ${id}`);
        await writeAudit(sql, { actor, action: 'key revoked', subject: `key ${id}` });
      }),
  };
}

/** Makes an API key and returns it; it is shown this once and only its hash is kept. Throws `conflict` when the name is taken. */
export async function addKey(
  sql: Sql,
  { name, scopes }: { readonly name: string; readonly scopes: readonly Scope[] },
  actor: string,
): Promise<{ id: string; key: string }> {
  const key = `earshot_${newToken()}`;
  const [added] = await sql.query<{ id: string }>(
    `INSERT INTO api_key (name, hash, scopes) VALUES ($1, $2, ARRAY(SELECT jsonb_array_elements_text($3::jsonb))) ON CONFLICT DO NOTHING RETURNING id::text`,
    name,
    tokenHash(key),
    JSON.stringify([...new Set(scopes)]),
  );
  if (!added)
    throw new AppError('conflict', `There is an API key named "${name}" already; choose another name`);
  await writeAudit(sql, { actor, action: 'key added', subject: `key ${added.id}`, detail: { name, scopes } });
  return { id: added.id, key };
}

/** Looks a presented key up; every use is noted. */
export async function checkKey(sql: Sql, key: string, scope: string): Promise<'ok' | 'unknown' | 'scope'> {
  const [row] = await sql.query<{ scopes: string[] }>(
    `UPDATE api_key SET last_used_at = now() WHERE hash = $1 AND revoked_at IS NULL RETURNING scopes`,
    tokenHash(key),
  );
  if (!row) return 'unknown';
  return row.scopes.includes(scope) ? 'ok' : 'scope';
}
