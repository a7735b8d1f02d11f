import type { Sql } from './database.ts';

interface Entry {
  /** Who: a mail address, or what did it. */
  readonly actor: string;
  readonly action: string;
  /** What it was done to. */
  readonly subject: string;
  readonly detail?: object;
}

/** Adds a line to the audit log; call it inside the transaction that does what it says. */
export async function writeAudit(sql: Sql, { actor, action, subject, detail = {} }: Entry): Promise<void> {
  await sql.execute(
    'INSERT INTO audit_log (actor, action, subject, detail) VALUES ($1, $2, $3, $4::jsonb)',
    actor,
    action,
    subject,
    JSON.stringify(detail),
  );
}
