import type { Sql } from './database.ts';

/** Long enough that what is forgotten is too old to be taken. */
const KEPT = `interval '15 minutes'`;

/** Whether nobody has taken a request with this signature; from now on somebody has. */
export async function takeSignature(sql: Sql, signature: string): Promise<boolean> {
  await sql.execute(`DELETE FROM signed_request WHERE taken_at < now() - ${KEPT}`);
  return (
    (await sql.execute(
      'INSERT INTO signed_request (signature) VALUES ($1) ON CONFLICT DO NOTHING',
      signature,
    )) > 0
  );
}
