import { createDestinations } from '../../../src/app/destinations.ts';
import { parseConfig } from '../../../src/config/earshot-yaml.ts';
import type { OutboundMessage } from '../../../src/domain/delivery.ts';
import type { AttemptEnd } from '../../../src/domain/ports/delivery-store.ts';
import type { Destination } from '../../../src/domain/ports/routing-store.ts';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { announceDestination } from '../../../src/pipeline/announce-destination.ts';
import { deliverBatch } from '../../../src/pipeline/deliver.ts';
import { receiverKinds } from '../../../src/receivers/registry.ts';
import { sourceKinds } from '../../../src/sources/registry.ts';
import { createDeliveryStore, insertDeliveries } from '../../../src/store/delivery-store.ts';
import { createDestinationStore } from '../../../src/store/destination-store.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { startHttpStub } from '../../support/stub-http.ts';
import { startSmtpStub } from '../../support/stub-smtp.ts';

export const SLACK: Destination = { receiver: 'desk', integration: 'slack', number: 0 };
export const WEBHOOK: Destination = { receiver: 'desk', integration: 'webhook', number: 0 };
export const EMAIL: Destination = { receiver: 'desk', integration: 'email', number: 0 };

const NETWORKS = ['127.0.0.0/8'];
const SECRET = `whsec_${Buffer.from('a secret of twenty-four.').toString('base64')}`;

export function messageOf(id: string, changes: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id,
    kind: 'notification',
    subject: `sales: 1 opinion (${id})`,
    text: 'Sales never calls back',
    payload: { department: 'sales' },
    createdAt: new Date('2026-11-23T09:00:00Z'),
    ...changes,
  };
}

/** The ledger of a receiver with a way out of each kind to stand-ins on loopback. `random` is 0, so waits are the shortest. */
export async function openLedger() {
  const fresh = await freshDatabase();
  const [slack, hook, smtp] = await Promise.all([startHttpStub(), startHttpStub(), startSmtpStub()]);
  const config = parseConfig(
    `
workspace: { name: Fernhill, timezone: UTC }
departments: [{ name: sales, aspects: [sales] }]
receivers:
  - name: desk
    slack: [{ url: '\${SLACK_URL}' }]
    webhook: [{ url: '${hook.url}/hook', secret: '\${HOOK_SECRET}' }]
    email: [{ smtp: '\${SMTP_URL}', from: earshot@fernhill.example, to: [ann@fernhill.example] }]
  - name: agency
    slack: [{ url: '\${SLACK_URL}', mask_pii: true }]
    webhook: [{ url: '${hook.url}/hook', secret: '\${HOOK_SECRET}', mask_pii: true }]
    email: [{ smtp: '\${SMTP_URL}', from: earshot@fernhill.example, to: [ann@fernhill.example], mask_pii: true }]
route: { receiver: desk, department: sales }
`,
    {
      file: 'earshot.yaml',
      env: { SLACK_URL: `${slack.url}/services/T/B/x`, HOOK_SECRET: SECRET, SMTP_URL: smtp.url },
      registries: { receivers: receiverKinds, sources: sourceKinds },
    },
  );
  const clock = () => new Date();
  const announce = announceDestination({
    destinations: [SLACK, WEBHOOK, EMAIL],
    rootCount: 3,
    publicUrl: 'https://earshot.example',
    clock,
  });
  const http = createHttpClient({ privateNetworks: NETWORKS });
  const destinations = createDestinations(config, {
    http,
    dataDir: '/nowhere',
    clock,
    privateNetworks: NETWORKS,
  });
  const deliveries = createDeliveryStore(fresh.database);
  const woken: Date[] = [];
  const ends: AttemptEnd['result'][] = [];
  const { database } = fresh;

  return {
    database,
    deliveries,
    destinations: createDestinationStore(database),
    announce,
    woken,
    ends,
    slack,
    hook,
    smtp,
    write: (message: OutboundMessage, ...to: readonly Destination[]) =>
      insertDeliveries(database, message, to, {}),
    deliver: (stop = new AbortController().signal) =>
      deliverBatch(
        {
          deliveries,
          receiverOf: destinations.receiverOf,
          announce,
          wake: async (_queue, at) => void woken.push(at ?? clock()),
          clock,
          random: () => 0,
          onAttempt: (_delivery, { result }) => void ends.push(result),
        },
        stop,
      ),
    /** Moves every due time into the past. */
    passDueTimes: () =>
      database.execute(`UPDATE delivery SET due_at = now() - interval '1 second' WHERE status = 'pending'`),
    /** As if whoever sends had died a minute ago. */
    expireLeases: () =>
      database.execute(
        `UPDATE delivery SET lease_until = now() - interval '1 second' WHERE status = 'sending'`,
      ),
    rows: () =>
      database.query<Row>(
        `SELECT message_id AS id, integration, status, attempts, possible_repeat AS "isRepeat", last_error AS error,
                round(extract(epoch FROM due_at - now()))::int AS "dueIn" FROM delivery ORDER BY delivery.id`,
      ),
    attempts: () =>
      database.query<{ number: number; result: string | null; status: number | null; detail: string | null }>(
        'SELECT number, result, status, detail FROM delivery_attempt ORDER BY delivery_id, number',
      ),
    async forget() {
      woken.length = 0;
      ends.length = 0;
      slack.answerWith({});
      hook.answerWith({});
      smtp.answerWith({});
      await database.execute(
        'TRUNCATE destination, config_version, delivery_attempt, delivery RESTART IDENTITY CASCADE',
      );
    },
    async close() {
      await Promise.all([destinations.close(), http.close(), slack.close(), hook.close(), smtp.close()]);
      await fresh.close();
    },
  };
}

interface Row {
  readonly id: string;
  readonly integration: string;
  readonly status: string;
  readonly attempts: number;
  readonly isRepeat: boolean;
  readonly error: string | null;
  /** Seconds. */
  readonly dueIn: number;
}

export type Ledger = Awaited<ReturnType<typeof openLedger>>;
