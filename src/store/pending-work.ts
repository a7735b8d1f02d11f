import type { QueueName } from '../domain/ports/wake-up.ts';
import { FRESH_ENOUGH } from '../pipeline/learn-corrections.ts';
import type { PendingWork } from '../pipeline/reconcile.ts';
import type { Sql } from './database.ts';
import { toDisabled } from './destination-store.ts';
import { OVERDUE } from './overdue-store.ts';
import { STALE } from './rollup-sql.ts';

const FIND = `SELECT queue FROM (VALUES
  ('poll', EXISTS (SELECT FROM source WHERE every_ms IS NOT NULL AND next_poll_at <= now() AND (lease_until IS NULL OR lease_until < now()))
        OR EXISTS (SELECT FROM source WHERE (every_ms IS NOT NULL OR kind = 'intake') AND (watched_at IS NULL OR watched_at < now() - interval '60 seconds'))),
  ('analyse', EXISTS (SELECT FROM waiting_mention WHERE stage = 'analyse')),
  ('route', EXISTS (SELECT FROM waiting_mention WHERE stage = 'route')),
  ('theme', EXISTS (SELECT FROM waiting_mention WHERE stage = 'theme')),
  ('rollup', EXISTS (${STALE})),
  ('flush', EXISTS (SELECT FROM routing_group WHERE due_at <= now())),
  ('deliver', EXISTS (SELECT FROM delivery WHERE status = 'pending' AND due_at <= now() AND NOT ${toDisabled('delivery')}) OR EXISTS (SELECT FROM delivery WHERE status = 'sending' AND lease_until < now())),
  ('alarm', EXISTS (SELECT FROM workspace WHERE spikes_due_at <= now()) OR EXISTS (SELECT FROM cases c WHERE ${OVERDUE})),
  ('learn', (SELECT count(*) >= $1::int FROM correction WHERE id > coalesce((SELECT last_correction_id FROM learned_head ORDER BY id DESC LIMIT 1), 0))
         OR (SELECT (weights IS NOT NULL OR words <> '{}') AND base_version <> $2 FROM learned_head ORDER BY id DESC LIMIT 1)),
  ('reanalyse', EXISTS (SELECT FROM reanalysis WHERE state = 'reading')),
  ('digest', true)) AS work (queue, waits) WHERE waits`;

/** What trackers say is asked for whenever spikes are looked for. Digests are asked about every time: their schedule is a matter of zones, which the pipeline decides. */
export function createPendingWork(sql: Sql, modelVersion: string): PendingWork {
  return {
    find: async () =>
      (await sql.query<{ queue: QueueName }>(FIND, FRESH_ENOUGH, modelVersion)).map(({ queue }) => queue),
  };
}
