import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from '../domain/access.ts';
import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';

/** Makes an API key and returns it; it is shown this once and only its hash is kept. Throws `conflict` when the name is taken. */
export async function addKey(sql: Sql, name: string, scopes: readonly Scope[]): Promise<string> {
  const key = `earshot_${randomBytes(32).toString('base64url')}`;
  const added = await sql.execute(
    `INSERT INTO api_key (name, hash, scopes) VALUES ($1, $2, ARRAY(SELECT jsonb_array_elements_text($3::jsonb))) ON CONFLICT DO NOTHING`,
    name,
    hashOf(key),
    JSON.stringify(scopes),
  );
  if (added === 0)
    throw new AppError('conflict', `There is an API key named "${name}" already; choose another name`);
  return key;
}

/** Looks a presented key up; every use is noted. */
export async function checkKey(sql: Sql, key: string, scope: string): Promise<'ok' | 'unknown' | 'scope'> {
  const [row] = await sql.query<{ scopes: string[] }>(
    `UPDATE api_key SET last_used_at = now() WHERE hash = $1 AND revoked_at IS NULL RETURNING scopes`,
    hashOf(key),
  );
  if (!row) return 'unknown';
  return row.scopes.includes(scope) ? 'ok' : 'scope';
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
