import { randomUUID } from 'node:crypto';
import type { OutboundMessage } from '../domain/delivery.ts';
import type { ClaimedSource, PollEnd, PolledSource, SourceStore } from '../domain/ports/source-store.ts';
import type { SourceFacts } from '../domain/source-health.ts';
import type { Database, Sql } from './database.ts';
import { insertDeliveries } from './delivery-store.ts';

/** A poller that dies is replaced within this time; one that lives prolongs its lease well before. */
const LEASE = `interval '15 seconds'`;

export function createSourceStore(database: Database): SourceStore {
  return {
    settle: (sources) => database.transaction((sql) => settle(sql, sources)),
    async claim(names) {
      const [claimed] = await database.query<ClaimedSource>(CLAIM, JSON.stringify(names), randomUUID());
      return claimed ?? null;
    },
    async renew({ id, token }) {
      return (await database.execute(RENEW, id, token)) > 0;
    },
    async reserve({ id, token }, micros, monthlyMicros) {
      return (await database.execute(RESERVE, id, token, micros, monthlyMicros)) > 0;
    },
    async refund({ id, token }, micros) {
      await database.execute(
        'UPDATE source SET spend_micros = greatest(0, spend_micros - $3::bigint) WHERE id = $1::int AND poll_token = $2::uuid',
        id,
        token,
        micros,
      );
    },
    release: (claimed, end) => release(database, claimed, end),
    async resume(name) {
      await database.execute(
        'UPDATE source SET next_poll_at = now(), failures = 0 WHERE name = $1 AND every_ms IS NOT NULL AND error_kind IS NOT NULL',
        name,
      );
    },
    readFacts: () => readSourceFacts(database),
    watch: (decide, destinations) =>
      database.transaction(async (sql) => {
        const sent: OutboundMessage[] = [];
        for (const { id, ...facts } of await sql.query<SourceFacts & { readonly id: number }>(CLAIM_WATCH)) {
          const { alarm, message } = decide(facts);
          if (alarm !== facts.alarm)
            await sql.execute('UPDATE source SET alarm = $2 WHERE id = $1::int', id, alarm);
          if (message === null) continue;
          await insertDeliveries(sql, message, destinations, {});
          sent.push(message);
        }
        return sent;
      }),
  };
}

// Sorted by name, so that two processes that start at once wait for each other and never deadlock.
const SETTLE = `INSERT INTO source AS s (name, kind, every_ms, silent_after_ms, budget_micros, next_poll_at)
  SELECT name, kind, "everyMs", "silentAfterMs", "budgetMicros", now()
    FROM json_to_recordset($1::json) AS p(name text, kind text, "everyMs" bigint, "silentAfterMs" bigint, "budgetMicros" bigint) ORDER BY name
  ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, every_ms = excluded.every_ms, silent_after_ms = excluded.silent_after_ms,
    budget_micros = excluded.budget_micros,
    next_poll_at = CASE WHEN s.next_poll_at IS NULL OR s.error_kind IN ('budget', 'auth') THEN now()
                        ELSE least(s.next_poll_at, greatest(now() + make_interval(secs => excluded.every_ms / 1000.0), s.lease_until)) END`;

async function settle(sql: Sql, sources: readonly PolledSource[]): Promise<void> {
  await sql.execute(
    `UPDATE source SET every_ms = NULL, next_poll_at = NULL, error_kind = NULL, failing_since = NULL, failures = 0
      WHERE every_ms IS NOT NULL AND name <> ALL (ARRAY(SELECT jsonb_array_elements_text($1::jsonb)))`,
    JSON.stringify(sources.map(({ name }) => name)),
  );
  await sql.execute(SETTLE, JSON.stringify(sources));
}

const CLAIM = `UPDATE source SET poll_token = $2::uuid, lease_until = now() + ${LEASE}
  WHERE id = (SELECT id FROM source WHERE every_ms IS NOT NULL AND next_poll_at <= now() AND (lease_until IS NULL OR lease_until < now())
       AND name = ANY (ARRAY(SELECT jsonb_array_elements_text($1::jsonb))) ORDER BY next_poll_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, name, poll_token::text AS token, cursor, created_at AS "createdAt", failures, failing_since AS "failingSince"`;

const RENEW = `UPDATE source SET lease_until = now() + ${LEASE} WHERE id = $1::int AND poll_token = $2::uuid`;

const MONTH = `date_trunc('month', now() AT TIME ZONE 'UTC')::date`;
const SPENT = `CASE WHEN spend_month = ${MONTH} THEN spend_micros ELSE 0 END`;

const RESERVE = `UPDATE source SET spend_micros = ${SPENT} + $3::bigint, spend_month = ${MONTH}
  WHERE id = $1::int AND poll_token = $2::uuid AND ${SPENT} + $3::bigint <= $4::bigint`;

async function release(sql: Sql, { id, token }: ClaimedSource, end: PollEnd): Promise<void> {
  if (end.result === 'failed')
    await sql.execute(RELEASE_FAILED, id, token, end.nextInMs, end.errorKind, end.error);
  else await sql.execute(RELEASE, id, token, end.nextInMs, end.result === 'caught-up');
}

const NEXT = `now() + make_interval(secs => $3::float8 / 1000)`;

const RELEASE = `UPDATE source SET poll_token = NULL, lease_until = NULL, next_poll_at = ${NEXT}, failures = 0, failing_since = NULL, error_kind = NULL,
    last_success_at = now(), caught_up_at = CASE WHEN $4::bool THEN now() ELSE caught_up_at END
  WHERE id = $1::int AND poll_token = $2::uuid AND every_ms IS NOT NULL`;

// What the far side asks us to wait for is no failure of it; the month's budget is none either.
const RELEASE_FAILED = `UPDATE source SET poll_token = NULL, lease_until = NULL, next_poll_at = ${NEXT}, error_kind = $4, last_error = $5, last_error_at = now(),
    failures = failures + CASE WHEN $4 IN ('rate-limited', 'budget') THEN 0 ELSE 1 END, failing_since = coalesce(failing_since, now())
  WHERE id = $1::int AND poll_token = $2::uuid AND every_ms IS NOT NULL`;

/** Only the last 30 days of habits are looked at: they fit a JavaScript number. */
const FACTS = `name, kind, every_ms::float8 AS "everyMs", silent_after_ms::float8 AS "silentAfterMs", next_poll_at AS "nextPollAt", last_success_at AS "lastSuccessAt",
  caught_up_at AS "caughtUpAt", last_heard_at AS "lastHeardAt", (heard_days & 1073741823)::int AS "heardDays", failures, failing_since AS "failingSince",
  error_kind AS "errorKind", last_error AS error, gap, gap_at AS "gapAt", reads::float8, (${SPENT})::float8 AS "spentMicros", budget_micros::float8 AS "budgetMicros",
  created_at AS "createdAt", alarm`;

/** Every source there is, by name. */
export function readSourceFacts(sql: Sql): Promise<SourceFacts[]> {
  return sql.query<SourceFacts>(`SELECT ${FACTS} FROM source ORDER BY name`);
}

/** Sources of one-off imports and of the demo are nobody's to watch. */
const CLAIM_WATCH = `WITH next AS MATERIALIZED (
    SELECT id AS next_id FROM source WHERE (every_ms IS NOT NULL OR kind = 'intake') AND (watched_at IS NULL OR watched_at < now() - interval '60 seconds')
     ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)
  UPDATE source SET watched_at = now() FROM next WHERE id = next_id RETURNING id, ${FACTS}`;
