import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openApp } from '../../src/app/app.ts';
import type { HeardMention } from '../../src/domain/mention.ts';
import type { Source } from '../../src/domain/source.ts';
import { createCleanup } from '../../src/lib/cleanup.ts';
import { importFile, waitForOutcomes } from '../../src/pipeline/import-file.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { startWorkers } from '../../workers/index.ts';
import { openPosts, readPosts } from '../support/airline-posts.ts';
import { databaseUrl } from '../support/global-postgres.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { earshotUntil } from '../support/run-script.ts';
import { AIRLINE_TWEETS } from '../support/shared-data.ts';

interface PipelineFigures {
  readonly bench: 'pipeline';
  readonly mentions_per_s: number;
  readonly raw_insert_per_s: number;
  readonly served_mentions_per_s: number | null;
  readonly served_two_workers_per_s: number | null;
}

const ROUNDS = 3;

/** The best of the rounds, rows or mentions a second. */
interface Best {
  whole: number;
  raw: number;
  served: number | null;
  two: number | null;
}

/**
 * The real posts through everything up to their cases and groups, from the first row read to the last outcome: in one process on the
 * embedded Postgres alone; served, with a Redis and worker processes beside the one that reads; and beside them a bare
 * `INSERT … unnest` of the same rows into one table with the same unique key. Best of three rounds each, in turn.
 */
export async function benchPipeline(): Promise<PipelineFigures> {
  if (!existsSync(AIRLINE_TWEETS)) throw new Error(`This bench reads ${AIRLINE_TWEETS}, which is not there`);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder);
  const redis = hasRedis ? await startRedis() : null;
  try {
    const best = await measure({ folder, serverUrl: server.url, redisUrl: redis?.url ?? null });
    const { whole, raw, served, two } = best;
    process.stdout.write(
      `best: in one process ${whole} mentions/s, raw insert ${raw} rows/s, ratio 1 : ${(raw / whole).toFixed(1)}\n`,
    );
    if (served !== null && two !== null)
      process.stdout.write(
        `best: served ${served} mentions/s with one worker process, ${two} with two: the second adds ${Math.round((100 * (two - served)) / served)} %\n`,
      );
    return {
      bench: 'pipeline',
      mentions_per_s: whole,
      raw_insert_per_s: raw,
      served_mentions_per_s: served,
      served_two_workers_per_s: two,
    };
  } finally {
    await redis?.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure({
  folder,
  serverUrl,
  redisUrl,
}: {
  folder: string;
  serverUrl: string;
  redisUrl: string | null;
}): Promise<Best> {
  const rows = await readPosts();
  const best: Best = { whole: 0, raw: 0, served: null, two: null };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const envOf = async (name: string): Promise<Record<string, string>> => ({
      DATABASE_URL: await newDatabase(serverUrl, `${name}_${round}`),
      EARSHOT_DATA: folder,
      LOG_LEVEL: 'error',
    });
    const raw = Math.round(await timeRawInsert((await envOf('raw')).DATABASE_URL ?? '', rows));
    const whole = Math.round(await timePipeline(await envOf('whole'), rows.length, 'own'));
    const served: number[] = [];
    for (const workers of redisUrl === null ? [] : [1, 2]) {
      const env = { ...(await envOf(`served_${workers}`)), REDIS_URL: redisUrl ?? '' };
      served.push(Math.round(await timePipeline(env, rows.length, workers)));
    }
    const [one, two] = served;
    process.stdout.write(
      `round ${round}: in one process ${whole}/s, raw insert ${raw}/s${one === undefined ? '' : `, served by one worker ${one}/s, by two ${two}/s`}\n`,
    );
    best.whole = Math.max(best.whole, whole);
    best.raw = Math.max(best.raw, raw);
    if (one !== undefined) best.served = Math.max(best.served ?? 0, one);
    if (two !== undefined) best.two = Math.max(best.two ?? 0, two);
  }
  return best;
}

async function newDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return databaseUrl(serverUrl, name);
}

/** Rows a second. */
async function timeRawInsert(url: string, rows: readonly HeardMention[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'CREATE TABLE raw (platform text, external_id text, author text, text text, occurred_at timestamptz, UNIQUE (platform, external_id))',
  );
  const started = performance.now();
  for (let at = 0; at < rows.length; at += 500) {
    const page = rows.slice(at, at + 500);
    await client.query(
      'INSERT INTO raw SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) ON CONFLICT DO NOTHING',
      [
        page.map((row) => row.platform),
        page.map((row) => row.externalId),
        page.map((row) => row.author.handle ?? ''),
        page.map((row) => row.text),
        page.map((row) => row.occurredAt.toISOString()),
      ],
    );
  }
  const seconds = (performance.now() - started) / 1000;
  await client.end();
  return rows.length / seconds;
}

/** Mentions a second, from the first row read to the last outcome; the work is done by this process's own workers or by so many others. */
async function timePipeline(
  env: Record<string, string>,
  count: number,
  workers: 'own' | number,
): Promise<number> {
  const cleanup = createCleanup();
  const app = await openApp({ processEnv: env });
  cleanup.add('workspace', app.close);
  try {
    if (workers === 'own') {
      const own = await startWorkers(app, ['analyse', 'route']);
      cleanup.add('workers', own.close);
    }
    for (let n = 0; workers !== 'own' && n < workers; n += 1) {
      const other = earshotUntil(cleanup, ['worker', '--queues', 'analyse,route'], env);
      await other.says('works on');
    }
    const { mentions, wake, clock, config } = app;
    const deps = { mentions, wake, clock, ours: () => config.workspace.ours, onPage: () => undefined };
    const { signal } = new AbortController();
    const take = async (name: string, reader: Source): Promise<void> => {
      const batchId = await importFile(deps, { name, kind: 'file', reader }, signal);
      await waitForOutcomes(mentions, batchId, () => undefined);
    };
    // Warm threads and statements first: a service that runs is what is measured, not its start.
    await take('warm', warmUp());
    const started = performance.now();
    await take('bench', openPosts());
    return (1000 * count) / (performance.now() - started);
  } finally {
    await cleanup.run();
  }
}

/** The same posts as of another platform. */
function warmUp(): Source {
  const posts = openPosts();
  return {
    ...posts,
    async fetchPage(cursor, signal) {
      const page = await posts.fetchPage(cursor, signal);
      return { ...page, mentions: page.mentions.map((mention) => ({ ...mention, platform: 'warm' })) };
    },
  };
}
