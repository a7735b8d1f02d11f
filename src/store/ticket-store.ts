import type { Resolution } from '../domain/case.ts';
import type { Ticket, TicketStore } from '../domain/ports/ticket-store.ts';
import { resolveByTracker } from './case-store.ts';
import type { Database, Sql } from './database.ts';

export function createTicketStore(database: Database): TicketStore {
  return {
    claim: (trackers, limit) => database.query<Ticket>(CLAIM, JSON.stringify(trackers), limit),
    close: (ticket, resolution) => database.transaction((sql) => close(sql, ticket, resolution)),
  };
}

/** The open cases that delivery `d`, or what followed on it in its conversation, told of. */
const CASES_OF = `SELECT DISTINCT c.id FROM delivery told JOIN route_match rm ON rm.notification_id = told.notification_id
    JOIN case_member cm ON cm.opinion_id = rm.opinion_id AND cm.removed_at IS NULL JOIN cases c ON c.id = cm.case_id AND c.department_id = rm.department_id
   WHERE told.receiver = d.receiver AND told.integration = d.integration AND told.integration_number = d.integration_number
     AND (told.id = d.id OR told.thread = d.thread) AND c.closed_at IS NULL`;

/** What an issue of half a year ago becomes is no news of its cases. */
const ASKED_FOR = `interval '180 days'`;
const ASKED_EVERY = `interval '4 minutes'`;

const CLAIM = `UPDATE delivery SET asked_at = now() WHERE id IN (
    SELECT d.id FROM delivery d JOIN jsonb_to_recordset($1::jsonb) AS t(receiver text, integration text, number int)
        ON t.receiver = d.receiver AND t.integration = d.integration AND t.number = d.integration_number
     WHERE d.ref IS NOT NULL AND d.closed_at IS NULL AND d.delivered_at > now() - ${ASKED_FOR} AND (d.asked_at IS NULL OR d.asked_at < now() - ${ASKED_EVERY})
       AND EXISTS (${CASES_OF}) ORDER BY d.asked_at NULLS FIRST, d.id LIMIT $2::int FOR UPDATE OF d SKIP LOCKED)
  RETURNING id::text AS "deliveryId", receiver, integration, integration_number AS number, ref`;

const FIND_CASES = `SELECT open.id::text FROM delivery d CROSS JOIN LATERAL (${CASES_OF}) open WHERE d.id = $1::bigint`;

async function close(
  sql: Sql,
  { deliveryId, integration: tracker, ref }: Ticket,
  resolution: Resolution | null,
): Promise<number> {
  const closed = await sql.execute(
    'UPDATE delivery SET closed_at = now() WHERE id = $1::bigint AND closed_at IS NULL',
    deliveryId,
  );
  if (closed === 0 || resolution === null) return 0;
  const cases = await sql.query<{ id: string }>(FIND_CASES, deliveryId);
  const note = `Closed as ${ref} in ${tracker}`;
  return resolveByTracker(
    sql,
    cases.map(({ id }) => id),
    { tracker, resolution, note },
  );
}
