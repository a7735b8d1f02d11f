import type { DisabledDestination } from '../domain/ports/delivery-store.ts';
import type { DestinationStore } from '../domain/ports/destination-store.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import type { Database, Sql } from './database.ts';

/** A condition on rows `off` of the table destination: a config accepted since then has switched it on again. */
const IS_OFF = `off.disabled_at >= coalesce((SELECT max(accepted_at) FROM config_version), '-infinity')`;

/** A condition on rows of `table`, a delivery: nothing is sent to its destination. */
export function toDisabled(table: string): string {
  return `EXISTS (SELECT FROM destination off WHERE off.receiver = ${table}.receiver AND off.integration = ${table}.integration
     AND off.integration_number = ${table}.integration_number AND ${IS_OFF})`;
}

/** Refusals in a row after which a destination counts as wrong, if it does not say that it is gone. */
const PATIENCE = 3;

const DISABLED = `SELECT off.receiver, off.integration, off.integration_number AS number, off.disabled_at AS "disabledAt", off.reason,
         (SELECT count(*)::int FROM delivery d WHERE d.status = 'pending' AND d.receiver = off.receiver AND d.integration = off.integration
             AND d.integration_number = off.integration_number) AS waiting
    FROM destination off WHERE ${IS_OFF} ORDER BY 1, 2, 3`;

// Whoever is asked although it was off was switched on again by a newer config, and begins anew.
const COUNT_REFUSAL = `INSERT INTO destination AS d (receiver, integration, integration_number, refusals, disabled_at, reason)
  VALUES ($1, $2, $3::int, 1, CASE WHEN $4::boolean THEN clock_timestamp() END, $5)
  ON CONFLICT (receiver, integration, integration_number) DO UPDATE
    SET refusals = CASE WHEN d.disabled_at IS NULL THEN d.refusals + 1 ELSE 1 END, reason = excluded.reason,
        disabled_at = CASE WHEN $4::boolean OR (d.disabled_at IS NULL AND d.refusals + 1 >= ${PATIENCE}) THEN clock_timestamp() END
  RETURNING disabled_at IS NOT NULL AS "isOff"`;

/** Counts one refusal; true when the destination is switched off by it. */
export async function countRefusal(
  sql: Sql,
  { receiver, integration, number }: Destination,
  { isGone, reason }: { readonly isGone: boolean; readonly reason: string },
): Promise<boolean> {
  const [row] = await sql.query<{ isOff: boolean }>(
    COUNT_REFUSAL,
    receiver,
    integration,
    number,
    isGone,
    reason,
  );
  return row?.isOff ?? false;
}

const FORGET = `DELETE FROM destination WHERE receiver = $1 AND integration = $2 AND integration_number = $3::int`;

/** The destination has taken a message: what it refused before no longer counts. */
export async function forgetRefusals(
  sql: Sql,
  { receiver, integration, number }: Destination,
): Promise<void> {
  await sql.execute(FORGET, receiver, integration, number);
}

export function listDisabled(sql: Sql): Promise<readonly DisabledDestination[]> {
  return sql.query<DisabledDestination>(DISABLED);
}

export function createDestinationStore(database: Database): DestinationStore {
  return {
    listDisabled: () => listDisabled(database),
    enable: ({ receiver, integration, number }, actor) =>
      database.transaction(async (sql) => {
        const off = await listDisabled(sql);
        const isOff = off.some(
          (one) => one.receiver === receiver && one.integration === integration && one.number === number,
        );
        if (!isOff) return false;
        await forgetRefusals(sql, { receiver, integration, number });
        await sql.execute(
          `INSERT INTO audit_log (actor, action, subject, detail) VALUES ($1, 'destination enabled', $2, '{}')`,
          actor,
          `destination ${receiver}/${integration}/${number}`,
        );
        return true;
      }),
  };
}
