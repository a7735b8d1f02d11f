import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabase } from '../../src/store/database.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';
import { databaseUrl } from '../support/global-postgres.ts';
import { readFaults } from '../support/pipeline-facts.ts';
import { hasRedis } from '../support/redis.ts';
import type { Running } from '../support/run-script.ts';
import { type Field, openField, until } from './field.ts';

/** Where a worker dies; at `intake.` the API does. */
const POINTS = [
  'intake.opened',
  'ingest.inserted',
  'poll.fetched',
  'poll.inserted',
  'poll.committed',
  'analyse.claimed',
  'analyse.classified',
  'analyse.committed',
  'route.claimed',
  'route.committed',
  'flush.claimed',
  'flush.committed',
  'deliver.claimed',
  'deliver.taken',
  'deliver.recorded',
] as const;

const PAGE = 20;
/** How often Redis is wiped, and how often Postgres crashes, for 300 kills. */
const LOSSES_OF_300 = 20;

interface Tally {
  kills: number;
  lost: number;
  doubled: number;
  repeats_same_id: number;
}

const { values } = parseArgs({
  options: { trials: { type: 'string', default: '300' }, losses: { type: 'string' } },
});
const trials = Number(values.trials);
const losses =
  values.losses === undefined ? Math.ceil((trials * LOSSES_OF_300) / 300) : Number(values.losses);
if (!Number.isInteger(trials) || trials < 1 || !Number.isInteger(losses) || losses < 0) {
  process.stderr.write('npm run faults -- --trials N --losses M: whole numbers, N from 1\n');
  process.exit(2);
}
process.stdout.write(`${JSON.stringify(await runTrials(trials))}\n`);

/** Kills processes at named points, in turn over points and both queues, then loses Redis and crashes Postgres under load. */
async function runTrials(count: number): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-faults-'));
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder);
  const total: Tally = { kills: 0, lost: 0, doubled: 0, repeats_same_id: 0 };
  try {
    const queues = hasRedis ? (['postgres', 'redis'] as const) : (['postgres'] as const);
    for (const [index, queue] of queues.entries()) {
      const field = await openField(queue, await newDatabase(server.url, `faults_${queue}`));
      try {
        const share = Math.floor((count + queues.length - 1 - index) / queues.length);
        const tally = await trialsOn(field, queue, share);
        for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key];
      } finally {
        await field.close();
      }
    }
    return total;
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function newDatabase(serverUrl: string, name: string): Promise<FreshDatabase> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = databaseUrl(serverUrl, name);
  await migrate(url);
  const database = openDatabase(url);
  return { url, database, close: () => database.close() };
}

async function trialsOn(field: Field, queue: string, count: number): Promise<Tally> {
  let api = await field.api();
  let kills = 0;
  for (let trial = 0; trial < count; trial += 1) {
    const point = POINTS[trial % POINTS.length] ?? POINTS[0];
    if (point.startsWith('intake.') || point === 'ingest.inserted') {
      await end(api);
      await killIntake(field, point);
      api = await field.api();
    } else {
      await killWorker(field, api.url, point);
    }
    kills += 1;
    await field.endLeases();
    if (kills % POINTS.length === 0) {
      await settle(field);
      process.stdout.write(`${queue}: ${kills} of ${count} kills, ${describe(await judge(field))}\n`);
    }
  }
  await loseServers(field, api.url);
  await settle(field);
  const tally = await judge(field);
  process.stdout.write(`${queue}: ${kills} kills and ${losses} losses of the servers, ${describe(tally)}\n`);
  return { ...tally, kills };
}

/** The page that it dies over is sent again, as a client does whose request broke off. */
async function killIntake(field: Field, point: string): Promise<void> {
  const page = field.page(PAGE);
  const doomed = await field.api(point);
  await field.post(doomed.url, page).catch(() => undefined);
  await doomed.ended;
  const clean = await field.api();
  const answer = await field.post(clean.url, page);
  if (answer.status !== 202) throw new Error(`intake answered ${answer.status}`);
  await end(clean);
}

/** Feeds the worker until it has died of it, at the first to third time that it passes the point. */
async function killWorker(field: Field, url: string, point: string): Promise<void> {
  const passing = 1 + Math.floor(Math.random() * 3);
  const doomed = await field.worker(`${point}:${passing}`);
  await until(async () => {
    if (doomed.child.signalCode !== null) return;
    if (point.startsWith('poll.')) await field.append(PAGE);
    else await post(field, url);
    await pause(200);
    throw new Error(`a worker lives on after ${point}`);
  });
  await doomed.ended;
}

async function post(field: Field, url: string): Promise<void> {
  const page = field.page(PAGE);
  // While Postgres is away the API says so, and the client sends the page again.
  await until(async () => {
    const answer = await field.post(url, page);
    if (answer.status !== 202) throw new Error(`intake answered ${answer.status}`);
  });
}

/** Wipes Redis, or where there is none has Postgres crash and recover, while mentions come in and are worked on. */
async function loseServers(field: Field, url: string): Promise<void> {
  const worker = await field.worker();
  for (let loss = 0; loss < losses; loss += 1) {
    for (let n = 0; n < 3; n += 1) await post(field, url);
    if (field.redis) {
      await field.redis.kill();
      await post(field, url);
      await field.redis.restart();
    } else {
      await crashPostgres(field);
    }
    await post(field, url);
  }
  await end(worker);
  await until(field.endLeases);
}

/** One of its processes is killed; Postgres then ends all others, throws away what was not committed and starts again. */
async function crashPostgres({ database }: Field): Promise<void> {
  const [victim] = await database.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1',
  );
  if (victim) process.kill(victim.pid, 'SIGKILL');
  await until(() => database.query('SELECT 1'));
}

/** A clean worker does all that the dead ones left. */
async function settle(field: Field): Promise<void> {
  const clean = await field.worker();
  await field.settled();
  await end(clean);
}

async function end({ child, ended }: Running): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}

/** What is missing, what is there twice, and what was sent again under its id as it may be. */
async function judge(field: Field): Promise<Omit<Tally, 'kills'>> {
  const faults = await readFaults(field.database);
  if (!faults) throw new Error('the database says nothing');
  const [counts] = await field.database.query<{ mentions: number; matches: number }>(
    'SELECT (SELECT count(*)::int FROM mention) AS mentions, (SELECT count(*)::int FROM route_match) AS matches',
  );
  const { mentions = 0, matches = 0 } = counts ?? {};
  const told = new Map(
    field.hook.requests.map(({ headers, body }) => [
      headers['webhook-id'],
      (JSON.parse(body) as { data: { count: number } }).data.count,
    ]),
  );
  const toldOf = [...told.values()].reduce((sum, count) => sum + count, 0);
  const marked = new Set(
    (
      await field.database.query<{ id: string }>(
        'SELECT message_id AS id FROM delivery WHERE possible_repeat',
      )
    ).map(({ id }) => id),
  );
  const repeated = [...field.arrivals()].filter(([, count]) => count > 1).map(([id]) => id);
  const { unsettled, routed_without_match, rollups_off, strays, ...twice } = faults;
  return {
    lost:
      Math.max(0, field.sent() - mentions) +
      Math.max(0, matches - toldOf) +
      unsettled +
      routed_without_match +
      strays +
      rollups_off,
    doubled:
      Object.values(twice).reduce((sum, count) => sum + count, 0) +
      Math.max(0, toldOf - matches) +
      repeated.filter((id) => !marked.has(id)).length,
    repeats_same_id: repeated.length,
  };
}

function describe({ lost, doubled, repeats_same_id: repeats }: Omit<Tally, 'kills'>): string {
  return `${lost} lost, ${doubled} doubled, ${repeats} repeated under the same id`;
}
