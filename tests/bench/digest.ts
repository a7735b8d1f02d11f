import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { REGISTRIES } from '../../src/app/config-in-force.ts';
import { digestSettings } from '../../src/app/digests.ts';
import { parseConfig } from '../../src/config/earshot-yaml.ts';
import { compileDigest } from '../../src/pipeline/compile-digest.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createDigestReadModel } from '../../src/store/digest-read-model.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { makeRollups } from '../../src/store/rollup-store.ts';
import { readTrend } from '../../src/store/trend-read-model.ts';

interface DigestFigures {
  readonly bench: 'digest';
  readonly compile_s: number;
  readonly trend_s: number;
}

const MENTIONS = Number(process.env['BENCH_MENTIONS'] ?? 1_000_000);
const EARLIER_DAYS = 89;
const PER_EARLIER_DAY = 2_000;
const AUTHORS = 200_000;
const ACCOUNTS = 200;
const THEMES = 400;
const CASES = 100_000;
const ROUNDS = 2;

const YAML = `
workspace: { name: Bench, timezone: UTC }
departments: [{ name: all, aspects: [product, sales, pricing, service] }]
receivers: [{ name: everything, file: [{ path: out.ndjson }] }]
route: { receiver: everything, department: all }
audiences: [{ name: everybody, receivers: [everything] }]
digests: [{ name: executive, audience: everybody, at: '07:30' }]
`;

/**
 * The digest of a day with a million mentions in which one in three has two opinions, half of them in 400 themes and all in 100,000 open
 * cases, after 89 days with 2,000 each; and the trend over all ninety. Rollups are made first, as the worker does while days go by. Beside them a bare count of the day's mentions and people.
 */
export async function benchDigest(): Promise<DigestFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder);
  await migrate(server.url);
  const database = openDatabase(server.url);
  try {
    await seed(server.url);
    const made = await timed(() => makeAll(database));
    process.stdout.write(`rollups of all days made in ${made.toFixed(0)} s\n`);
    const config = parseConfig(YAML, { file: 'bench', env: {}, registries: REGISTRIES });
    const destinations = { listOf: () => [] };
    const settings = digestSettings({
      config,
      configVersionId: 1,
      publicUrl: 'http://localhost',
      destinations,
    });
    const readModel = createDigestReadModel(database);
    const [definition] = settings.definitions;
    if (!definition) throw new Error('the bench has a digest');
    const now = new Date();
    const date = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
    const best = { compile: Infinity, trend: Infinity, bare: Infinity };
    for (let round = 1; round <= ROUNDS; round += 1) {
      const compile = await timed(() => compileDigest({ readModel, settings }, { definition, date, now }));
      const trend = await timed(() => readTrend(database, { zone: 'Europe/Paris', days: 90 }));
      const bare = await timed(() =>
        database.query(
          'SELECT count(*)::int AS messages, count(DISTINCT author_id)::int AS people FROM mention WHERE counted_at >= $1::date AND counted_at < $1::date + 1',
          date,
        ),
      );
      process.stdout.write(
        `round ${round}: digest ${compile.toFixed(2)} s, trend of 90 days ${trend.toFixed(3)} s, bare count of the day ${bare.toFixed(2)} s\n`,
      );
      best.compile = Math.min(best.compile, compile);
      best.trend = Math.min(best.trend, trend);
      best.bare = Math.min(best.bare, bare);
    }
    process.stdout.write(
      `best: the digest costs ${(best.compile / best.bare).toFixed(1)} bare counts of its day\n`,
    );
    return { bench: 'digest', compile_s: rounded(best.compile), trend_s: rounded(best.trend) };
  } finally {
    await database.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** What the rollup worker does as days go by. */
async function makeAll(database: Database): Promise<void> {
  await database.execute(`UPDATE rollup_change SET at = now() - interval '1 hour'`);
  while (await makeRollups(database)) await new Promise(setImmediate);
}

/** Seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Writes the rows as the pipeline would have, set by set. */
async function seed(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const total = MENTIONS + EARLIER_DAYS * PER_EARLIER_DAY;
  const say = (what: string): void => void process.stdout.write(`${what}\n`);
  say(`writing ${total} mentions`);
  const when = `CASE WHEN n <= ${MENTIONS} THEN date_trunc('day', now(), 'UTC') - interval '1 day' + n * interval '1 day' / ${MENTIONS + 1}
    ELSE date_trunc('day', now(), 'UTC') - interval '2 days' - ((n - ${MENTIONS} - 1) / ${PER_EARLIER_DAY}) * interval '1 day' + ((n - ${MENTIONS}) % ${PER_EARLIER_DAY}) * interval '40 seconds' END`;
  const polarity = `(ARRAY['negative', 'negative', 'positive', 'neutral', 'positive'])[1 + n % 5]`;
  const statements: readonly (readonly [string, string])[] = [
    [
      'accounts',
      `INSERT INTO account (name, name_key, tier, revenue, owner) SELECT 'Account ' || n, 'account ' || n, (1 + n % 3)::text, n, '' FROM generate_series(1, ${ACCOUNTS}) n`,
    ],
    [
      'authors',
      `INSERT INTO author (platform, key, handle) SELECT 'x', 'a' || n, 'a' || n FROM generate_series(1, ${AUTHORS}) n`,
    ],
    [
      'links',
      `INSERT INTO account_link (author_id, account_id, rule, detail) SELECT n, 1 + n % ${ACCOUNTS}, 'handle', '' FROM generate_series(1, 2000) n`,
    ],
    ['source', `INSERT INTO source (name, kind) VALUES ('bench', 'file')`],
    ['batch', `INSERT INTO ingest_batch (source_id) SELECT id FROM source`],
    [
      'department',
      `INSERT INTO department (name, aspects) VALUES ('all', '{product,sales,pricing,service}')`,
    ],
    [
      'themes',
      `INSERT INTO theme (aspect, fingerprint, name) SELECT (ARRAY['product', 'sales', 'pricing', 'service'])[1 + n % 4], n::text, 'theme ' || n FROM generate_series(1, ${THEMES}) n`,
    ],
    ['versions', `INSERT INTO model_version (name) VALUES ('bench')`],
    [
      'config',
      `INSERT INTO config_version (yaml, sha256, origin, accepted_at) VALUES ('', 'bench', 'bench', now())`,
    ],
    [
      'mentions',
      `INSERT INTO mention (platform, external_id, kind, author_id, batch_id, occurred_at, heard_at, counted_at, is_history, is_ours, outcome)
       SELECT 'x', n::text, 'post', 1 + (n::bigint * 7919) % ${AUTHORS}, (SELECT id FROM ingest_batch), t, t, t, false, false, 'routed' FROM (SELECT n, ${when} AS t FROM generate_series(1, ${total}) n) m`,
    ],
    [
      'texts',
      `INSERT INTO revision (mention_id, number, text) SELECT id, 1, 'The new list price ' || id || ' is too high for what the app does, and nobody called us back' FROM mention`,
    ],
    [
      'analyses',
      `INSERT INTO analysis (revision_id, mention_id, model_version_id, config_version_id, lang, spam, polarity, score, intents, urgency, entities)
       SELECT r.id, r.mention_id, (SELECT id FROM model_version), (SELECT id FROM config_version), 'en', false, 'negative', 0, '[]', CASE WHEN r.mention_id % 500 = 0 THEN 2 ELSE 0 END, '[]' FROM revision r`,
    ],
    ['pointers', `UPDATE mention SET analysis_id = a.id FROM analysis a WHERE a.mention_id = mention.id`],
    [
      'opinions',
      `INSERT INTO opinion (analysis_id, mention_id, number, aspect, polarity, score, intent, confidence, span_start, span_end, why, theme_id)
       SELECT a.id, a.mention_id, k, (ARRAY['product', 'sales', 'pricing', 'service'])[1 + (n + k) % 4], ${polarity}, 0, CASE WHEN n % 200 = 0 THEN 'churn' ELSE 'none' END, 0.9, 0, 40, '{}', CASE WHEN n % 2 = 0 THEN 1 + (n * 7 + k) % ${THEMES} END
         FROM (SELECT id, mention_id, mention_id AS n FROM analysis) a CROSS JOIN LATERAL generate_series(0, CASE WHEN n % 3 = 0 THEN 1 ELSE 0 END) k`,
    ],
    [
      'hearings',
      `INSERT INTO hearing (source_id, mention_id, heard_at) SELECT (SELECT id FROM source), id, heard_at FROM mention`,
    ],
    [
      'cases',
      `INSERT INTO cases (department_id, case_key, due_at) SELECT (SELECT id FROM department), 'words ' || n, now() + (n % 300 - 24) * interval '1 hour' FROM generate_series(1, ${CASES}) n`,
    ],
    [
      'members',
      `INSERT INTO case_member (case_id, opinion_id, reason) SELECT 1 + id % ${CASES}, id, 'same words' FROM opinion WHERE mention_id <= ${MENTIONS}`,
    ],
    [
      'sizes of cases',
      `UPDATE cases c SET opinions = s.n, urgency = s.urgency FROM (
         SELECT cm.case_id, count(*) AS n, max(a.urgency) AS urgency FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN analysis a ON a.id = o.analysis_id GROUP BY 1) s WHERE s.case_id = c.id`,
    ],
    ['statistics', 'ANALYZE'],
  ];
  for (const [what, statement] of statements) {
    const seconds = await timed(() => client.query(statement));
    if (seconds > 5) say(`  ${what} ${seconds.toFixed(0)} s`);
  }
  await client.end();
}
