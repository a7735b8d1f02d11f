import type { DeliveryLedger, DeliveryRow } from '../domain/ports/delivery-ledger.ts';
import type { Database } from './database.ts';

const LIST = `SELECT id::text, message_id AS "messageId", receiver, integration, integration_number AS number, kind, coalesce(message->>'subject', '') AS subject, status, attempts,
         created_at AS "createdAt", due_at AS "dueAt", delivered_at AS "deliveredAt", last_error AS "lastError", possible_repeat AS "possibleRepeat"
    FROM delivery WHERE delivery.id < coalesce($1::bigint, 9223372036854775807) AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR receiver = $3)
     AND ($4::text IS NULL OR kind = $4) ORDER BY delivery.id DESC LIMIT $5::int`;

// What was delivered once may be there already, and says so when it comes again.
const REPLAY = `WITH chosen AS (
    SELECT d.id, d.status FROM delivery d WHERE d.id IN (SELECT value::bigint FROM jsonb_array_elements_text($1::jsonb)) ORDER BY d.id FOR UPDATE),
  again AS (
    UPDATE delivery d SET status = 'pending', due_at = now(), delivered_at = NULL, possible_repeat = d.possible_repeat OR d.status = 'delivered'
      FROM chosen c WHERE c.id = d.id AND d.status IN ('dead', 'delivered') RETURNING d.id),
  logged AS (
    INSERT INTO audit_log (actor, action, subject, detail) SELECT $2, 'delivery replayed', 'delivery ' || id, '{}' FROM again ORDER BY id)
  SELECT c.id::text, EXISTS (SELECT FROM again a WHERE a.id = c.id) AS "isAgain" FROM chosen c`;

export function createDeliveryLedger(database: Database): DeliveryLedger {
  return {
    list: ({ status, receiver, kind }, { before, limit }) =>
      database.query<DeliveryRow>(LIST, before, status ?? null, receiver ?? null, kind ?? null, limit),
    async replay(ids, actor) {
      const rows = await database.query<{ id: string; isAgain: boolean }>(REPLAY, JSON.stringify(ids), actor);
      const found = new Map(rows.map(({ id, isAgain }) => [id, isAgain]));
      return new Map(
        ids.map((id) => {
          const isAgain = found.get(id);
          return [id, isAgain === undefined ? 'not-found' : isAgain ? 'done' : 'conflict'];
        }),
      );
    },
  };
}
