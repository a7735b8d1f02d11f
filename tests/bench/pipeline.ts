import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openApp } from '../../src/app/app.ts';
import type { HeardMention } from '../../src/domain/mention.ts';
import { importFile, waitForOutcomes } from '../../src/pipeline/import-file.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { startWorkers } from '../../workers/index.ts';
import { openPosts, readPosts } from '../support/airline-posts.ts';
import { databaseUrl } from '../support/global-postgres.ts';
import { AIRLINE_TWEETS } from '../support/shared-data.ts';

interface PipelineFigures {
  readonly bench: 'pipeline';
  readonly mentions_per_s: number;
  readonly raw_insert_per_s: number;
  readonly served_mentions_per_s: number | null;
  readonly served_two_workers_per_s: number | null;
}

const ROUNDS = 3;

/**
 * The real posts through everything up to their cases and groups, in one process on the embedded Postgres, from the first row read to
 * the last outcome; beside it a bare `INSERT … unnest` of the same rows into one table with the same unique key. Best of three rounds
 * each, in turn, in one process.
 */
export async function benchPipeline(): Promise<PipelineFigures> {
  if (!existsSync(AIRLINE_TWEETS)) throw new Error(`This bench reads ${AIRLINE_TWEETS}, which is not there`);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder);
  try {
    const rows = await readPosts();
    const whole: number[] = [];
    const raw: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      raw.push(await timeRawInsert(await newDatabase(server.url, `raw_${round}`), rows));
      whole.push(await timePipeline(await newDatabase(server.url, `whole_${round}`), folder, rows.length));
      process.stdout.write(
        `round ${round}: pipeline ${Math.round(whole.at(-1) ?? 0)}/s, raw insert ${Math.round(raw.at(-1) ?? 0)}/s\n`,
      );
    }
    const best = { whole: Math.max(...whole), raw: Math.max(...raw) };
    process.stdout.write(
      `best: pipeline ${Math.round(best.whole)} mentions/s, raw insert ${Math.round(best.raw)} rows/s, ratio 1 : ${(best.raw / best.whole).toFixed(1)}\n`,
    );
    return {
      bench: 'pipeline',
      mentions_per_s: Math.round(best.whole),
      raw_insert_per_s: Math.round(best.raw),
      served_mentions_per_s: null,
      served_two_workers_per_s: null,
    };
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
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

/** Mentions a second, from the first row read to the last outcome. */
async function timePipeline(url: string, folder: string, count: number): Promise<number> {
  const app = await openApp({ processEnv: { DATABASE_URL: url, EARSHOT_DATA: folder, LOG_LEVEL: 'error' } });
  const { mentions, wake, clock, config } = app;
  const workers = await startWorkers(app, ['analyse', 'route']);
  const reader = openPosts();
  // Warm threads and statements on nothing: a service that runs is what is measured, not its start.
  await app.classifier.classify([{ text: 'warm' }]);
  const started = performance.now();
  const deps = { mentions, wake, clock, ours: () => config.workspace.ours, onPage: () => undefined };
  const batchId = await importFile(
    deps,
    { name: 'bench', kind: 'file', reader },
    new AbortController().signal,
  );
  await waitForOutcomes(mentions, batchId, { onProgress: () => undefined, pause: () => pause(200) });
  const seconds = (performance.now() - started) / 1000;
  await workers.close();
  await app.close();
  return count / seconds;
}
