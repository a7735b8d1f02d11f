import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createCleanup } from '../../src/lib/cleanup.ts';
import { addKey } from '../../src/store/key-store.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';
import { startRedis } from '../support/redis.ts';
import { earshotUntil, type Running } from '../support/run-script.ts';
import { startHttpStub } from '../support/stub-http.ts';

export const WAIT = { timeout: 60_000, interval: 100 };

/** Looks until the check holds; throws what it said last when that takes longer than a minute. */
export async function until<T>(check: () => Promise<T>): Promise<T> {
  const end = performance.now() + WAIT.timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await pause(WAIT.interval);
  }
}

/** The texts that are sent in, in turn: two departments' concerns, and nothing of interest. */
const TEXTS = [
  'Your sales people are rude',
  'I love the new app, great product',
  'Good morning from the beach',
];

/**
 * A served Earshot for tests that kill its processes: two departments, one webhook each, groups that wait a second, and a file that is
 * polled. `fresh` is closed with it.
 */
export async function openField(queue: 'redis' | 'postgres', fresh: FreshDatabase) {
  const cleanup = createCleanup();
  cleanup.add('database', fresh.close);
  const hook = await startHttpStub();
  cleanup.add('webhook', hook.close);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-faults-'));
  cleanup.add('folder', () => rm(folder, { recursive: true, force: true }));
  const config = join(folder, 'earshot.yaml');
  await writeFile(
    config,
    `workspace: { name: Fernhill, timezone: UTC }
departments: [{ name: product, aspects: [product, pricing, service] }, { name: sales, aspects: [sales] }]
sources: [{ name: posts, kind: file, path: posts.csv, platform: club, every: 1s }]
receivers:
  - { name: product, webhook: [{ url: '${hook.url}/product', secret: '\${HOOK_SECRET}' }] }
  - { name: sales, webhook: [{ url: '${hook.url}/sales', secret: '\${HOOK_SECRET}' }] }
route:
  receiver: product
  department: product
  group_wait: 1s
  group_interval: 1s
  routes: [{ matchers: ['aspect="sales"'], department: sales, receiver: sales }]
`,
  );
  const posts = join(folder, 'posts.csv');
  // Without any row the file would count as a fault, and be announced.
  await writeFile(posts, `id,text,date\n0,${TEXTS[2]},${new Date().toISOString()}\n`);
  const env: Record<string, string> = {
    DATABASE_URL: fresh.url,
    EARSHOT_CONFIG: config,
    EARSHOT_DATA: folder,
    HOOK_SECRET: `whsec_${Buffer.from('a secret of twenty-four.').toString('base64')}`,
    PORT: '0',
    LOG_LEVEL: 'error',
  };
  const redis = queue === 'redis' ? await startRedis() : null;
  if (redis) {
    cleanup.add('redis', redis.close);
    env.REDIS_URL = redis.url;
  }
  const { key } = await addKey(fresh.database, { name: 'tests', scopes: ['intake'] }, 'tests');
  let sent = 1;
  const { database } = fresh;

  const run = (args: readonly string[], failAt?: string): Running =>
    earshotUntil(cleanup, args, { ...env, ...(failAt ? { FAIL_AT: failAt } : {}) });

  return {
    database,
    hook,
    redis,
    /** Starts a worker and resolves once it is up, unless it is killed before that. */
    async worker(failAt?: string): Promise<Running> {
      const running = run(['worker'], failAt);
      await Promise.race([running.says('works on'), running.ended]);
      return running;
    },
    async api(failAt?: string): Promise<Running & { readonly url: string }> {
      const running = run(['api'], failAt);
      const url = /is at (\S+);/.exec(await running.says('Ctrl-C'))?.[1] ?? '';
      return { ...running, url };
    },
    /** Mentions that were not sent before. */
    page(count: number): object[] {
      return Array.from({ length: count }, () => {
        const number = sent++;
        const id = String(number);
        return {
          id,
          text: `${TEXTS[number % TEXTS.length]} (${id})`,
          author: { handle: `author-${number % 40}` },
          occurred_at: new Date().toISOString(),
        };
      });
    },
    sent: () => sent,
    /** Writes posts that were not sent before to the file that is polled. */
    async append(count: number): Promise<void> {
      const rows = Array.from({ length: count }, () => {
        const number = sent++;
        return `${number},"${TEXTS[number % TEXTS.length]} (${number})",${new Date().toISOString()}\n`;
      });
      await appendFile(posts, rows.join(''));
    },
    post: (url: string, mentions: readonly object[]): Promise<Response> =>
      fetch(`${url}/api/v1/mentions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ source: 'tests', mentions }),
      }),
    /** Resolves once all that was sent in has its outcome and all that came of it is delivered. */
    async settled(): Promise<void> {
      await until(async () => {
        const [waiting] = await database.query<{ waits: number; mentions: number }>(WAITING);
        if (waiting?.waits !== 0 || waiting.mentions !== sent)
          throw new Error(`${waiting?.waits} wait, ${waiting?.mentions} of ${sent} are there`);
      });
    },
    /** As if the time were over for which a dead process holds what it was sending or polling. */
    async endLeases(): Promise<void> {
      await database.execute(`UPDATE delivery SET lease_until = now() WHERE status = 'sending'`);
      await database.execute('UPDATE source SET lease_until = now() WHERE lease_until > now()');
    },
    /** How often each message arrived, by its id. */
    arrivals(): ReadonlyMap<string, number> {
      const counts = new Map<string, number>();
      for (const { headers } of hook.requests) {
        const id = headers['webhook-id'] ?? '';
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      return counts;
    },
    close: () => cleanup.run(),
  };
}

export type Field = Awaited<ReturnType<typeof openField>>;

// A group whose cases are open is due again for its repeat, hours away; what waits to be told stands in route_match.
const WAITING = `SELECT (SELECT count(*)::int FROM mention) AS mentions,
  (SELECT count(*) FROM mention WHERE outcome IS NULL)::int + (SELECT count(*) FROM routing_group WHERE due_at <= now())::int
  + (SELECT count(*) FROM route_match WHERE is_waiting)::int + (SELECT count(*) FROM delivery WHERE status <> 'delivered')::int AS waits`;
