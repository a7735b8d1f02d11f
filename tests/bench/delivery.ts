import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Cleanup, createCleanup } from '../../src/lib/cleanup.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { databaseUrl } from '../support/global-postgres.ts';
import { freePort, hasRedis, startRedis } from '../support/redis.ts';
import { earshot, earshotUntil } from '../support/run-script.ts';

interface DeliveryFigures {
  readonly bench: 'delivery';
  readonly p99_ms_redis: number | null;
  readonly p99_ms_embedded: number;
  readonly events_per_s: number;
  readonly alertmanager_events_per_s: number | null;
}

const WEBHOOKS = 20;
const MENTIONS_PER_S = 10;
const PACED = 300;
const EVENTS = 10_000;
const PER_REQUEST = 500;
/** Numbers of what is said before the clock runs; the same words again would join its groups and wait for `group_interval`. */
const WARM = 1_000_000;
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes !!!').toString('base64')}`;

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

/**
 * Two things. How long it takes from a pushed mention to the webhook that tells of it, at a steady pace, with the queue on Redis and on
 * Postgres. And how fast events that come in as fast as they can become grouped webhooks, beside Alertmanager with the same groups.
 */
export async function benchDelivery(): Promise<DeliveryFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder);
  const redis = hasRedis ? await startRedis() : null;
  try {
    const bench = { folder, serverUrl: server.url };
    const embedded = await measurePace({ ...bench, name: 'paced_embedded', redisUrl: null });
    const onRedis = redis && (await measurePace({ ...bench, name: 'paced_redis', redisUrl: redis.url }));
    const ours = await measureFlood({ ...bench, name: 'flood', redisUrl: redis?.url ?? null });
    const theirs = await measureAlertmanager(folder);
    if (theirs !== null)
      process.stdout.write(
        `ours : Alertmanager = 1 : ${(theirs / ours).toFixed(1)}; it does not read texts\n`,
      );
    return {
      bench: 'delivery',
      p99_ms_redis: onRedis,
      p99_ms_embedded: embedded,
      events_per_s: ours,
      alertmanager_events_per_s: theirs,
    };
  } finally {
    await redis?.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Setting {
  readonly folder: string;
  readonly serverUrl: string;
  /** Also the database's name. */
  readonly name: string;
  readonly redisUrl: string | null;
}

/** Milliseconds, of which 99 in 100 mentions need no more. */
async function measurePace(setting: Setting): Promise<number> {
  const cleanup = createCleanup();
  try {
    const arrivedAt = new Map<string, number>();
    const hooks = await listen(cleanup, (body) => {
      const { opinions } = (body as { data: { opinions: { mentionId: string }[] } }).data;
      for (const { mentionId } of opinions)
        arrivedAt.set(mentionId, arrivedAt.get(mentionId) ?? performance.now());
    });
    const service = await startService(cleanup, setting, {
      hooks,
      grouping: `group_by: ['...'], group_wait: 0s`,
    });
    for (let desk = 0; desk < WEBHOOKS; desk += 1)
      await service.push(desk, [service.mention(`warm ${desk}`, WARM + desk)]);
    await service.settled();
    const sentAt = new Map<string, number>();
    const pushing: Promise<void>[] = [];
    for (let n = 0; n < PACED; n += 1) {
      const at = performance.now();
      sentAt.set(`paced ${n}`, at);
      pushing.push(service.push(n % WEBHOOKS, [service.mention(`paced ${n}`, n)]));
      await pause(Math.max(0, at + 1000 / MENTIONS_PER_S - performance.now()));
    }
    await Promise.all(pushing);
    await service.settled();
    const routed = await service.routed('paced %');
    const waits = routed.map(
      ({ id, externalId }) => (arrivedAt.get(id) ?? Infinity) - (sentAt.get(externalId) ?? 0),
    );
    const sorted = waits.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Infinity);
    process.stdout.write(
      `${setting.redisUrl === null ? 'queue on Postgres' : 'queue on Redis'}: ${routed.length} of ${PACED} mentions went to webhooks (the model is unsure of the rest), ` +
        `${waits.filter(Number.isFinite).length} arrived; intake to webhook p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms\n`,
    );
    return at(0.99);
  } finally {
    await cleanup.run();
  }
}

/** Events a second: mentions that stand in a webhook, from the first request to the last webhook. */
async function measureFlood(setting: Setting): Promise<number> {
  const cleanup = createCleanup();
  try {
    let told = 0;
    let lastAt = 0;
    const hooks = await listen(cleanup, (body) => {
      const { count, reason } = (body as { data: { count: number; reason: string } }).data;
      if (reason !== 'first' && reason !== 'new') return;
      told += count;
      lastAt = performance.now();
    });
    const service = await startService(cleanup, setting, {
      hooks,
      grouping: 'group_by: [source], group_wait: 0s, group_interval: 1s',
    });
    await service.push(0, [service.mention('warm', WARM)]);
    await service.settled();
    told = 0;
    const startedAt = performance.now();
    for (let n = 0; n < EVENTS; n += PER_REQUEST) {
      const mentions = Array.from({ length: PER_REQUEST }, (_, at) =>
        service.mention(`flood ${n + at}`, n + at),
      );
      await service.push((n / PER_REQUEST) % WEBHOOKS, mentions);
    }
    await service.settled();
    const routed = await service.routed('flood %');
    process.stdout.write(
      `events: ${EVENTS} pushed, ${routed.length} opinions routed, ${told} told of in ${((lastAt - startedAt) / 1000).toFixed(1)} s\n`,
    );
    if (told !== routed.length) throw new Error('not every routed opinion was told of exactly once');
    return Math.round((1000 * EVENTS) / (lastAt - startedAt));
  } finally {
    await cleanup.run();
  }
}

/** Alerts a second, with the same receivers and groups; null where it is not installed. */
async function measureAlertmanager(folder: string): Promise<number | null> {
  const cleanup = createCleanup();
  try {
    const told = new Set<string>();
    let lastAt = 0;
    const hooks = await listen(cleanup, (body) => {
      for (const { labels } of (body as { alerts: { labels: { n: string } }[] }).alerts) told.add(labels.n);
      lastAt = performance.now();
    });
    const config = join(folder, 'alertmanager.yml');
    const desks = Array.from({ length: WEBHOOKS }, (_, desk) => desk);
    await writeFile(
      config,
      `route: { receiver: desk-0, group_by: [source], group_wait: 0s, group_interval: 1s, routes: [
${desks.map((desk) => `  { matchers: ['source="desk-${desk}"'], receiver: desk-${desk} }`).join(',\n')}] }
receivers:
${desks.map((desk) => `  - { name: desk-${desk}, webhook_configs: [{ url: '${hooks}/${desk}' }] }`).join('\n')}
`,
    );
    const port = await freePort();
    const server = spawn(
      'prometheus-alertmanager',
      [
        `--config.file=${config}`,
        `--storage.path=${join(folder, 'alertmanager')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    );
    const ended = new Promise<'ended'>((resolve) => {
      server.once('exit', () => resolve('ended'));
      server.once('error', () => resolve('ended'));
    });
    cleanup.add('alertmanager', async () => {
      server.kill('SIGKILL');
      await ended;
    });
    const url = `http://127.0.0.1:${port}/api/v2/alerts`;
    const isUp = async (): Promise<boolean> => (await fetch(url).catch(() => null))?.ok === true;
    while (!(await isUp())) {
      if ((await Promise.race([ended, pause(100)])) === 'ended') return null;
    }
    const startedAt = performance.now();
    for (let n = 0; n < EVENTS; n += PER_REQUEST) {
      const source = `desk-${(n / PER_REQUEST) % WEBHOOKS}`;
      const alerts = Array.from({ length: PER_REQUEST }, (_, at) => ({
        labels: { alertname: 'mention', source, n: String(n + at) },
        annotations: { text: wordsOf(n + at) },
      }));
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts),
      });
      if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}`);
    }
    while (told.size < EVENTS) {
      if (performance.now() - startedAt > 120_000) throw new Error(`Alertmanager told of ${told.size} only`);
      await pause(20);
    }
    process.stdout.write(
      `Alertmanager: ${EVENTS} alerts told of in ${((lastAt - startedAt) / 1000).toFixed(1)} s\n`,
    );
    return Math.round((1000 * EVENTS) / (lastAt - startedAt));
  } finally {
    await cleanup.run();
  }
}

function wordsOf(n: number): string {
  return WORDS[n % WORDS.length]?.(n) ?? '';
}

interface PushedMention {
  readonly id: string;
  readonly text: string;
}

interface Service {
  mention(id: string, n: number): PushedMention;
  push(desk: number, mentions: readonly PushedMention[]): Promise<void>;
  /** Resolves once every mention has its outcome, and whatever is to be told of them is told. */
  settled(): Promise<void>;
  /** One row an opinion that was routed. */
  routed(like: string): Promise<readonly { id: string; externalId: string }[]>;
}

/** `earshot start` with twenty webhooks, each with a route of its own. */
async function startService(
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
async function listen(cleanup: Cleanup, onBody: (body: unknown) => void): Promise<string> {
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
