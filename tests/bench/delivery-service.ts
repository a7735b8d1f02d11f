import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Cleanup } from '../../src/lib/cleanup.ts';
import { databaseUrl } from '../support/global-postgres.ts';
import { freePort } from '../support/redis.ts';
import { earshot, earshotUntil } from '../support/run-script.ts';

export const WEBHOOKS = 20;
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes !!!').toString('base64')}`;

export interface Setting {
  readonly folder: string;
  readonly serverUrl: string;
  /** Also the database's name. */
  readonly name: string;
  readonly redisUrl: string | null;
}

/** What customers say; the number makes each opinion one of its own, which `group_by: ['...']` then gives a group of its own. */
const WORDS: readonly ((n: number) => string)[] = [
  (n) => `Report ${n} crashes the app every time I open it`,
  (n) => `Your sales rep lied to us about discount ${n}`,
  (n) => `${n} euros per seat is far too expensive`,
  (n) => `Support has not answered my ticket ${n} for a week`,
  (n) => `Invoice ${n} is wrong again and nobody fixes it`,
  (n) => `Export ${n} is broken since the last update`,
  (n) => `Salesman ${n} was rude and pushy on the phone`,
  (n) => `Great product, we love dashboard ${n}`,
  (n) => `Customer service solved ticket ${n} in minutes, they were friendly`,
  (n) => `Renewal ${n} costs twice as much as last year`,
];

export function wordsOf(n: number): string {
  return WORDS[n % WORDS.length]?.(n) ?? '';
}

interface PushedMention {
  readonly id: string;
  readonly text: string;
}

export interface Service {
  mention(id: string, n: number): PushedMention;
  push(desk: number, mentions: readonly PushedMention[]): Promise<void>;
  /** Resolves once every mention has its outcome, and whatever is to be told of them is told. */
  settled(): Promise<void>;
  /** One row an opinion that was routed. */
  routed(like: string): Promise<readonly { id: string; externalId: string }[]>;
}

/** `earshot start` with twenty webhooks, each with a route of its own. */
export async function startService(
  cleanup: Cleanup,
  { folder, serverUrl, name, redisUrl }: Setting,
  { hooks, grouping }: { readonly hooks: string; readonly grouping: string },
): Promise<Service> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const config = join(folder, `${name}.yaml`);
  const desks = Array.from({ length: WEBHOOKS }, (_, desk) => desk);
  await writeFile(
    config,
    `workspace: { name: Bench, timezone: UTC }
departments: [{ name: all, aspects: [product, sales, pricing, service] }]
receivers:
${desks.map((desk) => `  - { name: desk-${desk}, webhook: [{ url: '${hooks}/${desk}', secret: '\${WEBHOOK_SECRET}' }] }`).join('\n')}
route: { receiver: desk-0, department: all, ${grouping}, routes: [
${desks.map((desk) => `  { matchers: ['source="desk-${desk}"'], receiver: desk-${desk} }`).join(',\n')}] }
`,
  );
  const env: Record<string, string> = {
    DATABASE_URL: databaseUrl(serverUrl, name),
    EARSHOT_CONFIG: config,
    EARSHOT_DATA: folder,
    WEBHOOK_SECRET: SECRET,
    PORT: String(await freePort()),
    LOG_LEVEL: 'error',
    ...(redisUrl !== null && { REDIS_URL: redisUrl }),
  };
  const running = earshotUntil(cleanup, ['start'], env);
  await running.says('Ctrl-C stops it');
  const key = (await earshot(['keys', 'add', 'bench', '--scope', 'intake'], env).ended).stdout.trim();
  const client = new pg.Client({ connectionString: env['DATABASE_URL'] });
  await client.connect();
  cleanup.add('bench client', () => client.end());
  const waiting = async (): Promise<number> => {
    const { rows } = await client.query<{ waiting: number }>(
      `SELECT ((SELECT count(*) FROM waiting_mention WHERE stage IN ('analyse', 'route')) + (SELECT count(*) FROM route_match WHERE is_waiting)
        + (SELECT count(*) FROM delivery WHERE status NOT IN ('delivered', 'dead')))::int AS waiting`,
    );
    return rows[0]?.waiting ?? 0;
  };
  return {
    mention: (id, n) => ({ id, text: wordsOf(n) }),
    async push(desk, mentions) {
      const answer = await fetch(`http://127.0.0.1:${env['PORT']}/api/v1/mentions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          source: `desk-${desk}`,
          mentions: mentions.map((mention) => ({
            ...mention,
            author: { handle: `author of ${mention.id}` },
            occurred_at: new Date().toISOString(),
          })),
        }),
      });
      if (answer.status !== 202) throw new Error(`intake answered ${answer.status}: ${await answer.text()}`);
    },
    async settled() {
      const until = performance.now() + 120_000;
      while ((await waiting()) > 0) {
        if (performance.now() > until) throw new Error('something still waits after two minutes');
        await pause(100);
      }
    },
    async routed(like) {
      const { rows } = await client.query<{ id: string; externalId: string }>(
        `SELECT DISTINCT o.id AS opinion, m.id::text AS id, m.external_id AS "externalId" FROM route_match rm JOIN opinion o ON o.id = rm.opinion_id JOIN mention m ON m.id = o.mention_id WHERE m.external_id LIKE $1`,
        [like],
      );
      return rows;
    },
  };
}

/** A server that takes every webhook; resolves to its URL. */
export async function listen(cleanup: Cleanup, onBody: (body: unknown) => void): Promise<string> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      response.end();
      onBody(JSON.parse(Buffer.concat(parts).toString()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.add('webhooks', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
