import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createCleanup } from '../../src/lib/cleanup.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { freePort, hasRedis, startRedis } from '../support/redis.ts';
import { listen, type Setting, startService, WEBHOOKS, wordsOf } from './delivery-service.ts';

interface DeliveryFigures {
  readonly bench: 'delivery';
  readonly p99_ms_redis: number | null;
  readonly p99_ms_embedded: number;
  readonly events_per_s: number;
  readonly alertmanager_events_per_s: number | null;
}

const MENTIONS_PER_S = 10;
const PACED = 300;
const EVENTS = 10_000;
const PER_REQUEST = 500;
/** Numbers of what is said before the clock runs; the same words again would join its groups and wait for `group_interval`. */
const WARM = 1_000_000;

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
      `${setting.redisUrl === null ? 'queue on Postgres' : 'queue on Redis'}: ${routed.length} of ${PACED} opinions were routed, of as many mentions, ` +
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
