import type { DigestDefinition, DigestDocument, DigestHashes } from '../domain/digest.ts';
import type { WorkFacts } from '../domain/digest-work.ts';
import type {
  DigestDelivery,
  DigestRun,
  DigestRunState,
  DigestRunStore,
  NewDigestRun,
} from '../domain/ports/digest-run-store.ts';
import type { Database, Sql } from './database.ts';
import { insertDeliveries } from './delivery-store.ts';

export function createDigestRunStore(database: Database): DigestRunStore {
  return {
    find: (digest, date) => find(database, digest, date),
    async definitionOf(digest) {
      const [row] = await database.query<{ definition: DigestDefinition }>(
        'SELECT definition FROM digest WHERE name = $1',
        digest,
      );
      return row?.definition ?? null;
    },
    async lastScheduledDate(digest) {
      const [row] = await database.query<{ date: string | null }>(
        `SELECT max(r.local_date)::text AS date FROM digest_run r JOIN digest d ON d.id = r.digest_id WHERE d.name = $1 AND r.state <> 'by-hand'`,
        digest,
      );
      return row?.date ?? null;
    },
    record: (run, deliveries) => database.transaction((sql) => record(sql, run, deliveries)),
    addDeliveries: (runId, deliveries) =>
      database.transaction((sql) => addDeliveries(sql, runId, deliveries)),
  };
}

async function find(sql: Sql, digest: string, date: string): Promise<DigestRun | null> {
  const [row] = await sql.query<{
    id: string;
    state: DigestRunState;
    compiledAt: Date;
    document: DigestDocument;
    hashes: DigestHashes;
    deliveries: number;
  }>(
    `SELECT r.id::text, r.state, r.compiled_at AS "compiledAt", r.document, r.hashes,
            (SELECT count(*)::int FROM delivery WHERE digest_run_id = r.id) AS deliveries
       FROM digest_run r JOIN digest d ON d.id = r.digest_id WHERE d.name = $1 AND r.local_date = $2::date`,
    digest,
    date,
  );
  return row === undefined ? null : { ...row, date, document: readable(row.document) };
}

const NO_WORK: WorkFacts = { closed: [], open: [], openCases: 0, overdue: 0, dueSoon: 0, misroutes: [] };

/** Documents of the first format knew neither themes nor cases; they read as if there had been none. */
function readable(document: DigestDocument): DigestDocument {
  if (document.format === 2)
    return {
      ...document,
      frozen: { ...document.frozen, configRefusedAt: document.frozen.configRefusedAt ?? null },
    };
  const older = document as Omit<DigestDocument, 'format'>;
  const frozen = {
    ...older.frozen,
    edition: 'day' as const,
    themes: [],
    work: NO_WORK,
    told: null,
    reread: null,
    configRefusedAt: null,
    names: {},
  };
  return { ...older, format: 2, frozen, themes: [], restated: [] };
}

async function record(sql: Sql, run: NewDigestRun, deliveries: readonly DigestDelivery[]): Promise<boolean> {
  const { definition, document, hashes, state, compiledAt } = run;
  const { today, cutOff, configVersion } = document.frozen;
  await sql.execute(
    `INSERT INTO digest (name, definition) VALUES ($1, $2::jsonb) ON CONFLICT (name) DO NOTHING`,
    definition.name,
    JSON.stringify(definition),
  );
  // A racer waits here for the first one's commit and then finds its row: it writes nothing.
  const [written] = await sql.query<{ id: string }>(
    `INSERT INTO digest_run (digest_id, local_date, zone, window_from, window_to, config_version_id, model_version, cut_off, document, hashes, state, compiled_at)
     SELECT id, $2::date, $3, $4::timestamptz, $5::timestamptz, $6::int, $7, $8::jsonb, $9::jsonb, $10::jsonb, $11, $12::timestamptz FROM digest WHERE name = $1
     ON CONFLICT (digest_id, local_date) DO NOTHING RETURNING id::text`,
    definition.name,
    today.date,
    definition.zone,
    today.from,
    today.to,
    configVersion,
    document.models.join(', '),
    JSON.stringify(cutOff),
    JSON.stringify(document),
    JSON.stringify(hashes),
    state,
    compiledAt.toISOString(),
  );
  if (written === undefined) return false;
  for (const { message, destination } of deliveries) {
    await insertDeliveries(sql, message, [destination], { digestRunId: written.id });
  }
  return true;
}

async function addDeliveries(
  sql: Sql,
  runId: string,
  deliveries: readonly DigestDelivery[],
): Promise<number> {
  const countAll = async (): Promise<number> => {
    const [row] = await sql.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM delivery WHERE digest_run_id = $1::bigint',
      runId,
    );
    return row?.n ?? 0;
  };
  await sql.query('SELECT id::text FROM digest_run WHERE id = $1::bigint FOR UPDATE', runId);
  const before = await countAll();
  for (const { message, destination } of deliveries) {
    await insertDeliveries(sql, message, [destination], { digestRunId: runId });
  }
  await sql.execute(
    `UPDATE digest_run SET state = 'by-hand' WHERE id = $1::bigint AND state = 'skipped'`,
    runId,
  );
  return (await countAll()) - before;
}
