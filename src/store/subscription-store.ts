import { randomBytes } from 'node:crypto';
import type { SubscriptionStore } from '../domain/ports/subscription-store.ts';
import type { Subscription } from '../domain/subscription.ts';
import { AppError } from '../lib/app-error.ts';
import { writeAudit } from './audit-log.ts';
import type { Database, Sql } from './database.ts';
import { insertDeliveries } from './delivery-store.ts';

const READ = `SELECT s.id::text, s.digest, s.email, s.name, s.zone, s.at, s.every, s.form, s.token, s.created_by AS "createdBy", s.created_at AS "createdAt",
    CASE WHEN s.ended_at IS NOT NULL THEN 'ended' WHEN s.confirmed_at IS NULL THEN 'pending' ELSE 'active' END AS state, p.disabled_at IS NOT NULL AS "isDisabled",
    CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('role', p.role, 'departments', ARRAY(
      SELECT d.name FROM department_member dm JOIN department d ON d.id = dm.department_id WHERE dm.person_id = p.id ORDER BY 1)) END AS reader
  FROM subscription s LEFT JOIN person p ON lower(p.email) = s.email`;

export function createSubscriptionStore(database: Database): SubscriptionStore {
  const findBy = async (sql: Sql, condition: string, value: string): Promise<Subscription | null> => {
    const [row] = await sql.query<Subscription>(`${READ} WHERE ${condition}`, value);
    return row ?? null;
  };
  return {
    list: (email) =>
      database.query<Subscription>(
        `${READ} WHERE s.ended_at IS NULL AND ($1::text IS NULL OR s.email = $1) ORDER BY s.id`,
        email,
      ),
    find: (id) => findBy(database, 's.id = $1::bigint', id),
    findByToken: (token) => findBy(database, 's.token = $1', token),
    put: (wish, { author, isConfirmed }, ask) =>
      database.transaction(async (sql) => {
        const written = await sql.query<{ id: string }>(
          PUT,
          JSON.stringify(wish),
          newToken(),
          author,
          isConfirmed,
        );
        const [{ id } = { id: null }] = written;
        if (id === null)
          throw new AppError(
            'conflict',
            `${wish.email} was asked within the last hour and has not answered yet`,
          );
        const subscription = await findBy(sql, 's.id = $1::bigint', id);
        if (subscription === null) throw new AppError('bug', `Subscription ${id} was not written`);
        await writeAudit(sql, {
          actor: author,
          action: 'subscription',
          subject: `digest ${wish.digest}`,
          detail: { email: wish.email, state: subscription.state },
        });
        if (subscription.state === 'pending') {
          const { message, destinations } = ask(subscription);
          await insertDeliveries(sql, message, destinations, {});
        }
        return subscription;
      }),
    send: ({ message, destinations }) => insertDeliveries(database, message, destinations, {}),
    async confirm(token) {
      await database.execute(
        'UPDATE subscription SET confirmed_at = now() WHERE token = $1 AND confirmed_at IS NULL AND ended_at IS NULL',
        token,
      );
    },
    end: (id, author) =>
      database.transaction(async (sql) => {
        const ended = await sql.execute(
          'UPDATE subscription SET ended_at = now() WHERE id = $1::bigint AND ended_at IS NULL',
          id,
        );
        if (ended > 0)
          await writeAudit(sql, {
            actor: author,
            action: 'subscription ended',
            subject: `subscription ${id}`,
          });
      }),
  };
}

// Who has agreed once goes on with another time or form; who has left is asked anew, whoever adds them, unless they do it themselves.
const PUT = `INSERT INTO subscription AS s (digest, email, name, zone, at, every, form, token, created_by, confirmed_at)
  SELECT w.digest, w.email, w.name, w.zone, w.at, w.every, w.form, $2, $3, CASE WHEN $4::bool THEN now() END
    FROM jsonb_to_record($1::jsonb) AS w(digest text, email text, name text, zone text, at text, every text, form text)
  ON CONFLICT (digest, email) DO UPDATE SET name = excluded.name, zone = excluded.zone, at = excluded.at, every = excluded.every, form = excluded.form,
    token = CASE WHEN s.ended_at IS NULL AND s.confirmed_at IS NOT NULL THEN s.token ELSE excluded.token END, created_by = excluded.created_by, created_at = now(),
    confirmed_at = CASE WHEN s.ended_at IS NULL THEN coalesce(s.confirmed_at, excluded.confirmed_at) WHEN excluded.created_by = s.email THEN excluded.confirmed_at END, ended_at = NULL
    WHERE $4::bool OR s.ended_at IS NOT NULL OR s.confirmed_at IS NOT NULL OR s.created_at < now() - interval '1 hour'
  RETURNING id::text`;

function newToken(): string {
  return randomBytes(24).toString('base64url');
}
