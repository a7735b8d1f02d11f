import type { OutboundMessage } from '../domain/delivery.ts';
import type { Announce, AttemptEnd, ClaimedDelivery, DeliveryStore } from '../domain/ports/delivery-store.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import { MAX_ATTEMPTS } from '../lib/backoff.ts';
import type { Database, Sql } from './database.ts';
import { countRefusal, forgetRefusals, listDisabled, toDisabled } from './destination-store.ts';

/** How long an attempt may take before another process may take the delivery over; well above every receiver's own deadline. */
const LEASE = `interval '60 seconds'`;

/** Writes one ledger row for each destination; a message that is there already is not written again. */
export async function insertDeliveries(
  sql: Sql,
  message: OutboundMessage,
  destinations: readonly Destination[],
  origin: { readonly notificationId?: string | null; readonly digestRunId?: string | null },
): Promise<void> {
  await sql.execute(
    `INSERT INTO delivery (message_id, receiver, integration, integration_number, kind, notification_id, digest_run_id, message, thread)
     SELECT $2, d.receiver, d.integration, d.number, $3, $4::bigint, $5::bigint, $6::jsonb, $7
       FROM jsonb_to_recordset($1::jsonb) AS d(receiver text, integration text, number int) ON CONFLICT DO NOTHING`,
    JSON.stringify(destinations),
    message.id,
    message.kind,
    origin.notificationId ?? null,
    origin.digestRunId ?? null,
    JSON.stringify(message),
    message.thread ?? null,
  );
}

export function createDeliveryStore(database: Database): DeliveryStore {
  return {
    claim: (limit) =>
      database.transaction(async (sql) => {
        await sql.execute(GIVE_UP_LEASES);
        const claimed = await sql.query<ClaimedRow>(CLAIM, limit);
        return claimed.map(({ root, progress, ...row }) => ({
          ...row,
          message: toMessage(row.message),
          before: { progress, root: root && { ...root, message: toMessage(root.message) } },
        }));
      }),
    record: (delivery, end, announce) =>
      database.transaction((sql) => record(sql, delivery, { end, announce })),
    async postpone({ id, token }, dueAt) {
      await database.execute(POSTPONE, id, token, dueAt.toISOString());
    },
    async nextDueAt() {
      const [row] = await database.query<{ dueAt: Date | null }>(
        `SELECT min(due_at) AS "dueAt" FROM delivery WHERE status = 'pending' AND NOT ${toDisabled('delivery')}`,
      );
      return row?.dueAt ?? null;
    },
  };
}

type StoredMessage = OutboundMessage & { readonly createdAt: string };
type ClaimedRow = Omit<ClaimedDelivery, 'message' | 'before'> & {
  readonly message: StoredMessage;
  readonly progress: string | null;
  readonly root: { readonly ref: string; readonly message: StoredMessage } | null;
};

function toMessage(message: StoredMessage): OutboundMessage {
  return { ...message, createdAt: new Date(message.createdAt) };
}

// Whoever held the lease died while sending; the far side may have taken the message, so the repeat is marked as one.
const GIVE_UP_LEASES = `WITH lost AS (
    UPDATE delivery SET status = CASE WHEN attempts < ${MAX_ATTEMPTS} THEN 'pending' ELSE 'dead' END, possible_repeat = true, attempt_token = NULL,
           lease_until = NULL, last_error = CASE WHEN attempts < ${MAX_ATTEMPTS} THEN last_error ELSE 'each process that sent it ended before the answer came' END
     WHERE id IN (SELECT id FROM delivery WHERE status = 'sending' AND lease_until < now() FOR UPDATE SKIP LOCKED) RETURNING id, attempts)
  UPDATE delivery_attempt a SET finished_at = now(), result = 'lost' FROM lost WHERE a.delivery_id = lost.id AND a.number = lost.attempts AND a.result IS NULL`;

/** The most that one destination gets of a claim, so that a long queue for one leaves room for the others. */
const SHARE = 10;

// A destination that somebody is sending to is left alone: were it slow, everybody would end up waiting for it. One that is off keeps its messages.
const CLAIM = `WITH
  waiting AS (
    SELECT receiver, integration, integration_number, min(due_at) AS first_due_at FROM delivery WHERE status = 'pending' AND due_at <= now() GROUP BY 1, 2, 3),
  free AS (
    SELECT * FROM waiting w WHERE NOT EXISTS (SELECT FROM delivery busy WHERE busy.status = 'sending' AND busy.receiver = w.receiver
       AND busy.integration = w.integration AND busy.integration_number = w.integration_number)
       AND NOT ${toDisabled('w')} ORDER BY first_due_at),
  due AS (
    SELECT d.id FROM free CROSS JOIN LATERAL (
      SELECT id FROM delivery WHERE status = 'pending' AND due_at <= now() AND receiver = free.receiver AND integration = free.integration
         AND integration_number = free.integration_number ORDER BY due_at, id LIMIT ${SHARE} FOR UPDATE SKIP LOCKED) d LIMIT $1::int),
  claimed AS (
    UPDATE delivery SET status = 'sending', attempts = attempts + 1, attempt_token = gen_random_uuid(), lease_until = now() + ${LEASE}
     WHERE id IN (SELECT id FROM due) RETURNING *),
  logged AS (INSERT INTO delivery_attempt (delivery_id, number, token) SELECT id, attempts, attempt_token FROM claimed)
  SELECT id::text, attempt_token::text AS token, receiver, integration, integration_number AS number, attempts AS attempt, created_at AS "createdAt", message, progress,
         (SELECT jsonb_build_object('ref', r.ref, 'message', r.message) FROM delivery r WHERE r.ref IS NOT NULL AND r.thread = claimed.thread AND r.receiver = claimed.receiver
             AND r.integration = claimed.integration AND r.integration_number = claimed.integration_number ORDER BY r.id LIMIT 1) AS root
    FROM claimed ORDER BY due_at, claimed.id`;

const POSTPONE = `WITH held AS (
    UPDATE delivery SET status = 'pending', attempts = attempts - 1, due_at = greatest(due_at, $3::timestamptz), attempt_token = NULL, lease_until = NULL
     WHERE id = $1::bigint AND attempt_token = $2::uuid RETURNING id)
  DELETE FROM delivery_attempt a USING held WHERE a.delivery_id = held.id AND a.token = $2::uuid`;

interface Ending {
  readonly end: AttemptEnd;
  readonly announce: Announce;
}

async function record(sql: Sql, delivery: ClaimedDelivery, { end, announce }: Ending): Promise<boolean> {
  const misdirected = end.result === 'refused' ? end.misdirected : undefined;
  const held = await release(sql, delivery, end);
  await sql.execute(
    `UPDATE delivery_attempt SET finished_at = now(), result = $2, status = $3::int, detail = $4 WHERE token = $1::uuid AND result IS NULL`,
    delivery.token,
    end.result,
    end.status,
    end.detail,
  );
  if (!held) return false;
  if (end.result === 'taken') await forgetRefusals(sql, delivery);
  if (misdirected === undefined) return true;
  const isOff = await countRefusal(sql, delivery, { isGone: misdirected.isGone, reason: end.detail });
  if (isOff) await switchOff(sql, delivery, announce);
  return true;
}

/** Gives the delivery the status its attempt left it with; false when it is in other hands. */
async function release(sql: Sql, delivery: ClaimedDelivery, end: AttemptEnd): Promise<boolean> {
  const isTaken = end.result === 'taken';
  const dueAt = end.result === 'retry' ? end.dueAt : isTaken ? null : (end.misdirected?.dueAt ?? null);
  const held = await sql.execute(
    `UPDATE delivery SET status = $3, due_at = coalesce($4::timestamptz, due_at), attempt_token = NULL, lease_until = NULL,
            delivered_at = CASE WHEN $3 = 'delivered' THEN now() END, last_error = CASE WHEN $3 <> 'delivered' THEN $5 END, ref = $6, progress = coalesce($7, progress)
      WHERE id = $1::bigint AND attempt_token = $2::uuid`,
    delivery.id,
    delivery.token,
    isTaken ? 'delivered' : dueAt === null ? 'dead' : 'pending',
    dueAt?.toISOString() ?? null,
    end.detail,
    isTaken ? (end.ref ?? null) : null,
    end.result === 'retry' ? end.progress : null,
  );
  return held > 0;
}

/** Keeps the message for when the destination is on again, and tells people by other ways out. */
async function switchOff(sql: Sql, { id, ...delivery }: ClaimedDelivery, announce: Announce): Promise<void> {
  await sql.execute(`UPDATE delivery SET status = 'pending', due_at = now() WHERE id = $1::bigint`, id);
  const off = await listDisabled(sql);
  const { receiver, integration, number } = delivery;
  const disabled = off.find(
    (one) => one.receiver === receiver && one.integration === integration && one.number === number,
  );
  if (disabled === undefined) return;
  const { message, destinations } = announce(disabled, off);
  await insertDeliveries(sql, message, destinations, {});
}
