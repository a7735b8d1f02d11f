import type { NewSilence, SilenceRow, SilenceState, SilenceStore } from '../domain/ports/silence-store.ts';
import { AppError } from '../lib/app-error.ts';
import { writeAudit } from './audit-log.ts';
import type { Database, Sql } from './database.ts';
import { NEXT_LOOK } from './look-at-groups.ts';

export function createSilenceStore(database: Database): SilenceStore {
  return {
    list: (state) => readSilences(database, state),
    add: (silence) => database.transaction((sql) => add(sql, silence)),
    expire: (id, by) => database.transaction((sql) => expire(sql, id, by)),
  };
}

/** When it ends or ended: at its time, or before, when somebody ended it. */
const ENDS = 'least(s.ends_at, s.expired_at)';

const STATE = `CASE WHEN ${ENDS} <= now() THEN 'expired' WHEN s.starts_at > now() THEN 'pending' ELSE 'active' END`;

const READ = `SELECT s.id::text, s.matchers, s.spelling, s.starts_at AS "startsAt", ${ENDS} AS "endsAt", s.author, s.reason, s.created_at AS "createdAt",
         s.expired_by AS "expiredBy", ${STATE} AS state,
         (SELECT count(*)::int FROM route_match rm WHERE rm.is_waiting AND rm.mute->>'kind' = 'silence' AND rm.mute->>'by' = s.id::text) AS "heldBack"
    FROM silence s WHERE ($1::text IS NULL OR ${STATE} = $1) AND ($2::bigint IS NULL OR s.id = $2::bigint) ORDER BY s.id DESC LIMIT 500`;

/** Newest first, at most 500; what their matchers held back waits. */
export async function readSilences(sql: Sql, state: SilenceState | null): Promise<readonly SilenceRow[]> {
  return sql.query<SilenceRow>(READ, state, null);
}

async function readOne(sql: Sql, id: string): Promise<SilenceRow> {
  const [row] = await sql.query<SilenceRow>(READ, null, id);
  if (!row) throw new AppError('not-found', `There is no silence ${id}`);
  return row;
}

async function add(sql: Sql, { author, ...silence }: NewSilence): Promise<SilenceRow> {
  const { matchers, spelling, startsAt, endsAt, reason } = silence;
  const [added] = await sql.query<{ id: string }>(
    `INSERT INTO silence (matchers, spelling, starts_at, ends_at, author, reason) VALUES ($1::jsonb, $2, $3::timestamptz, $4::timestamptz, $5, $6) RETURNING id::text`,
    JSON.stringify(matchers),
    spelling,
    startsAt.toISOString(),
    endsAt.toISOString(),
    author,
    reason,
  );
  const id = added?.id ?? '';
  await writeAudit(sql, {
    actor: author,
    action: 'silence added',
    subject: `silence ${id}`,
    detail: silence,
  });
  return readOne(sql, id);
}

/** What it held back is looked at at once. */
const RELEASE = `UPDATE routing_group SET due_at = ${NEXT_LOOK} WHERE id IN (
    SELECT group_id FROM route_match WHERE is_waiting AND mute->>'kind' = 'silence' AND mute->>'by' = $1)`;

async function expire(sql: Sql, id: string, by: string): Promise<SilenceRow> {
  const before = await readOne(sql, id);
  if (before.state === 'expired') throw new AppError('conflict', `Silence ${id} is over already`);
  await sql.execute(
    // The column keeps milliseconds and rounds: now() could become a moment that is still to come.
    `UPDATE silence SET expired_at = date_trunc('milliseconds', now()), expired_by = $2 WHERE id = $1::bigint AND expired_at IS NULL`,
    id,
    by,
  );
  await sql.execute(RELEASE, id);
  await writeAudit(sql, { actor: by, action: 'silence ended', subject: `silence ${id}` });
  return readOne(sql, id);
}
