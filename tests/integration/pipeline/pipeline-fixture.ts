import { randomUUID } from 'node:crypto';
import { createEntityFinder } from '../../../src/analysis/entities/find-entities.ts';
import { parseConfig } from '../../../src/config/earshot-yaml.ts';
import type { HeardMention, IngestCounts, RejectedRow } from '../../../src/domain/mention.ts';
import type { QueueName } from '../../../src/domain/ports/wake-up.ts';
import { analyseBatch } from '../../../src/pipeline/analyse-batch.ts';
import { flushGroups } from '../../../src/pipeline/flush-groups.ts';
import { ingestPage } from '../../../src/pipeline/ingest-page.ts';
import { routeBatch } from '../../../src/pipeline/route-batch.ts';
import { receiverKinds } from '../../../src/receivers/registry.ts';
import { createDueTime } from '../../../src/routing/due-time.ts';
import { sourceKinds } from '../../../src/sources/registry.ts';
import { acceptConfig, registerModel } from '../../../src/store/config-store.ts';
import type { Database } from '../../../src/store/database.ts';
import { createMentionStore } from '../../../src/store/mention-store.ts';
import { createRoutingStore } from '../../../src/store/routing-store.ts';
import { scriptedClassifier } from './scripted-classifier.ts';

export const NOW = new Date('2026-11-23T09:00:00Z');

const YAML = `
workspace: { name: Fernhill, timezone: UTC, ours: { domains: [fernhill.example], handles: [fernhill] } }
departments:
  - { name: product, aspects: [product] }
  - { name: sales, aspects: [sales] }
  - { name: finance, aspects: [pricing] }
  - { name: service, aspects: [service] }
entities:
  - { name: Atlas, kind: product, aliases: [the dashboard] }
receivers:
  - { name: everything, file: [{ path: all.ndjson }, { path: copy.ndjson }] }
  - { name: sales-desk, file: [{ path: sales.ndjson }] }
route:
  receiver: everything
  department: service
  group_by: [department, aspect]
  group_wait: 30s
  group_interval: 5m
  routes:
    - { matchers: ['aspect="sales"'], department: sales, receiver: sales-desk }
    - { matchers: ['aspect="product"'], department: product }
`;

/** A mention with defaults for all that a test does not look at. */
export function post(externalId: string, text: string, changes: Partial<HeardMention> = {}): HeardMention {
  return {
    platform: 'x',
    externalId,
    kind: 'post',
    text,
    author: { handle: `author-${externalId}` },
    occurredAt: new Date('2026-11-23T08:30:00Z'),
    ...changes,
  };
}

interface Taking {
  readonly source?: string;
  readonly isImport?: boolean;
  readonly rejected?: readonly RejectedRow[];
  readonly nextCursor?: string;
  readonly now?: Date;
}

/** The steps of the flow on a real database, each called by hand, with a classifier that reads what a test writes. */
export async function openSteps(database: Database, classifier = scriptedClassifier(), yaml = YAML) {
  const config = parseConfig(yaml, {
    file: 'earshot.yaml',
    env: {},
    registries: { receivers: receiverKinds, sources: sourceKinds },
  });
  const configVersionId = await acceptConfig(database, { yaml, origin: 'test', parts: config });
  const modelVersionId = await registerModel(database, classifier.modelVersion);
  const mentions = createMentionStore(database, () => ({ modelVersionId, configVersionId }));
  const routing = createRoutingStore(database, () => configVersionId);
  const woken: QueueName[] = [];
  const wake = async (queue: QueueName) => void woken.push(queue);
  const destinations = new Map(
    config.receivers.map(({ name, integrations }) => [
      name,
      integrations.map(({ kind, index }) => ({ receiver: name, integration: kind, number: index })),
    ]),
  );

  const claimPoll = async (sourceId: number, nextCursor: string) => {
    const token = randomUUID();
    await database.execute('UPDATE source SET poll_token = $2::uuid WHERE id = $1::int', sourceId, token);
    return { token, nextCursor, cost: { reads: 0, micros: 0 }, reservedMicros: 0, gap: null };
  };

  const steps = {
    database,
    classifier,
    entityFinder: async () => createEntityFinder(config.entities),
    mentions,
    woken,
    wake,
    async take(page: readonly HeardMention[], taking: Taking = {}): Promise<IngestCounts> {
      const { source = 'x-posts', isImport = false, rejected = [], nextCursor = null, now = NOW } = taking;
      const batch = await mentions.openBatch({ name: source, kind: 'file' });
      const deps = { mentions, wake, ours: () => config.workspace.ours };
      return ingestPage(
        deps,
        {
          ...batch,
          listeningSince: isImport ? now : new Date(0),
          ...(nextCursor && { poll: await claimPoll(batch.sourceId, nextCursor) }),
        },
        { mentions: page, rejected },
        now,
      );
    },
    analyse: () => analyseBatch(steps),
    route: () =>
      routeBatch({
        routing,
        root: () => config.route,
        dueTime: createDueTime(config.due),
        clock: () => NOW,
        wake,
      }),
    flush: () =>
      flushGroups(
        {
          routing,
          muteRules: () => config,
          destinationsOf: (name) => destinations.get(name) ?? [],
          rootReceiver: config.route.receiver,
          publicUrl: 'https://earshot.example',
          wake,
        },
        NOW,
      ),
    /** Takes a page in and follows it to its groups. */
    async settle(page: readonly HeardMention[], taking: Taking = {}): Promise<void> {
      await steps.take(page, taking);
      await steps.analyse();
      await steps.route();
    },
    /** Moves the clock of every group on until a second after it is due. */
    passGroupTime: () =>
      database.execute(
        `UPDATE routing_group SET waiting_since = waiting_since - gap, last_notified_at = last_notified_at - gap, listed_at = listed_at - gap, due_at = due_at - gap
           FROM (SELECT id AS due_id, greatest(due_at - now(), interval '0') + interval '1 second' AS gap FROM routing_group WHERE due_at IS NOT NULL) AS d WHERE id = due_id`,
      ),
    count: async (table: string): Promise<number> => {
      const [row] = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
      return row?.count ?? 0;
    },
    /** External id to outcome, with the reason where there is one. */
    async outcomes(): Promise<Record<string, string | null>> {
      const rows = await database.query<{ id: string; outcome: string | null }>(
        `SELECT external_id AS id, concat_ws(': ', outcome, outcome_reason) AS outcome FROM mention ORDER BY 1`,
      );
      return Object.fromEntries(rows.map(({ id, outcome }) => [id, outcome]));
    },
    /** Department and external ids of each case, in the order of their first opinions. */
    async cases(): Promise<readonly string[]> {
      const rows = await database.query<{ told: string }>(
        `SELECT d.name || ': ' || string_agg(DISTINCT m.external_id, ' ') AS told
           FROM cases c JOIN department d ON d.id = c.department_id JOIN case_member cm ON cm.case_id = c.id
           JOIN opinion o ON o.id = cm.opinion_id JOIN mention m ON m.id = o.mention_id GROUP BY c.id, d.name ORDER BY 1`,
      );
      return rows.map(({ told }) => told);
    },
  };
  return steps;
}

export type Steps = Awaited<ReturnType<typeof openSteps>>;

/** Every table that the steps write, emptied between tests; names of config and model stay. */
export async function forgetMentions({ database, woken }: Steps): Promise<void> {
  woken.length = 0;
  await database.execute(
    `TRUNCATE silence, group_case, waiting_mention, delivery_attempt, delivery, route_match, notification, routing_group, case_member, case_event, case_seen, cases, opinion, analysis, correction,
              hearing, revision, mention, ingest_rejection, ingest_batch, source, account_link, author, tombstone, rollup, rollup_change, theme, term_count RESTART IDENTITY CASCADE`,
  );
}
