import type { Sql } from '../../src/store/database.ts';

export interface SeedOpinion {
  readonly aspect: string;
  readonly polarity: 'negative' | 'neutral' | 'positive';
  /** The clause, as it stands in the mention's text; default the whole text. */
  readonly clause?: string;
  readonly intent?: string;
  readonly confidence?: number;
}

export interface SeedMention {
  readonly text: string;
  /** ISO 8601; when it happened, was heard and counts. */
  readonly at: string;
  readonly author: string;
  /** Name of the account its author is linked to. */
  readonly account?: string;
  readonly source?: string;
  readonly platform?: string;
  readonly thread?: string;
  readonly urgency?: number;
  readonly spam?: boolean;
  readonly machineMail?: string;
  readonly isOurs?: boolean;
  /** Default: told from the rest as the pipeline does. Null: still waiting, without analysis. */
  readonly outcome?: string | null;
  readonly opinions?: readonly SeedOpinion[];
}

export interface SeedAccount {
  readonly name: string;
  readonly tier?: string;
  readonly revenue?: number;
  readonly owner?: string;
}

export interface Seeded {
  readonly mentionId: string;
  readonly revisionId: string;
}

/** Writes accounts and mentions with everything that hangs on them, a statement a table; gives the ids in the order of the mentions. */
export async function seedWorkspace(
  sql: Sql,
  {
    accounts = [],
    mentions,
  }: { readonly accounts?: readonly SeedAccount[]; readonly mentions: readonly SeedMention[] },
): Promise<readonly Seeded[]> {
  await sql.execute(
    `INSERT INTO account (name, name_key, tier, revenue, owner)
     SELECT name, lower(name), coalesce(tier, ''), revenue, coalesce(owner, '') FROM jsonb_to_recordset($1::jsonb) AS a(name text, tier text, revenue numeric, owner text)
     ON CONFLICT (name_key) DO UPDATE SET tier = excluded.tier, revenue = excluded.revenue, owner = excluded.owner`,
    JSON.stringify(accounts),
  );
  const [start] = await sql.query<{ n: number }>('SELECT coalesce(max(id), 0)::int AS n FROM mention');
  const rows = mentions.map((mention, index) => toRow(mention, (start?.n ?? 0) + index));
  const json = JSON.stringify(rows);
  for (const statement of STATEMENTS) await sql.execute(statement, json);
  const opinions = rows.flatMap(({ key, opinions: said }) => said.map((opinion) => ({ key, ...opinion })));
  await sql.execute(INSERT_OPINIONS, JSON.stringify(opinions));
  const found = await sql.query<Seeded & { key: string }>(
    `SELECT m.external_id AS key, m.id::text AS "mentionId", r.id::text AS "revisionId" FROM mention m JOIN revision r ON r.mention_id = m.id`,
  );
  return rows.map(({ key }) => {
    const seeded = found.find((row) => row.key === key);
    if (seeded === undefined) throw new Error(`The mention ${key} was not written`);
    return { mentionId: seeded.mentionId, revisionId: seeded.revisionId };
  });
}

/** Writes a further analysis of mentions that exist: what a new model says of them. */
export async function seedAnalysis(
  sql: Sql,
  model: string,
  analyses: readonly (Seeded & { readonly text: string; readonly opinions: readonly SeedOpinion[] })[],
): Promise<void> {
  await sql.execute(`INSERT INTO model_version (name) VALUES ($1) ON CONFLICT DO NOTHING`, model);
  await sql.execute(
    `INSERT INTO analysis (revision_id, mention_id, model_version_id, config_version_id, lang, spam, polarity, score, intents, urgency)
     SELECT a."revisionId"::bigint, a."mentionId"::bigint, v.id, 1, 'en', false, 'neutral', 0, '[]', 0
       FROM jsonb_to_recordset($1::jsonb) AS a("mentionId" text, "revisionId" text), model_version v WHERE v.name = $2`,
    JSON.stringify(analyses),
    model,
  );
  await sql.execute(
    `UPDATE mention m SET analysis_id = (SELECT max(a.id) FROM analysis a WHERE a.mention_id = m.id)`,
  );
  const opinions = analyses.flatMap(({ mentionId, text, opinions: said }) =>
    said.map((opinion, number) => ({ mentionId, ...placed(opinion, text, number) })),
  );
  await sql.execute(
    `INSERT INTO opinion (analysis_id, mention_id, number, aspect, polarity, score, intent, confidence, span_start, span_end, why)
     SELECT m.analysis_id, m.id, o.number, o.aspect, o.polarity, 0, o.intent, o.confidence, o.span_start, o.span_end, '{}'
       FROM ${OPINION_ROWS}, "mentionId" text) JOIN mention m ON m.id = o."mentionId"::bigint`,
    JSON.stringify(opinions),
  );
}

const ROWS = `jsonb_to_recordset($1::jsonb) AS r(key text, text text, at timestamptz, author text, account text, source text, platform text, thread text,
  urgency int, spam bool, machine_mail text, is_ours bool, outcome text)`;

const OPINION_ROWS = `jsonb_to_recordset($1::jsonb) AS o(key text, number int, aspect text, polarity text, intent text, confidence float8, span_start int, span_end int`;

const STATEMENTS = [
  `INSERT INTO config_version (yaml, sha256, origin) SELECT '', '', 'test' WHERE $1::jsonb IS NOT NULL ON CONFLICT DO NOTHING`,
  `INSERT INTO model_version (name) SELECT 'model-1' WHERE $1::jsonb IS NOT NULL ON CONFLICT DO NOTHING`,
  `INSERT INTO source (name, kind, last_success_at) SELECT DISTINCT source, 'file', max(at) FROM ${ROWS} GROUP BY 1 ON CONFLICT DO NOTHING`,
  `INSERT INTO ingest_batch (source_id) SELECT id FROM source WHERE $1::jsonb IS NOT NULL`,
  `INSERT INTO author (platform, key, name) SELECT DISTINCT platform, author, author FROM ${ROWS} ON CONFLICT DO NOTHING`,
  `INSERT INTO account_link (author_id, account_id, rule, detail)
   SELECT DISTINCT a.id, c.id, 'hand', '' FROM ${ROWS} JOIN author a ON a.platform = r.platform AND a.key = r.author JOIN account c ON c.name = r.account
   WHERE NOT EXISTS (SELECT FROM account_link l WHERE l.author_id = a.id AND l.unlinked_xid IS NULL)`,
  `INSERT INTO mention (platform, external_id, kind, author_id, batch_id, thread, occurred_at, heard_at, counted_at, is_history, is_ours, machine_mail, outcome)
   SELECT r.platform, r.key, 'post', a.id, (SELECT max(id) FROM ingest_batch), r.thread, r.at, r.at, r.at, false, r.is_ours, r.machine_mail, r.outcome
     FROM ${ROWS} JOIN author a ON a.platform = r.platform AND a.key = r.author ORDER BY r.key`,
  `INSERT INTO revision (mention_id, number, text) SELECT m.id, 1, r.text FROM ${ROWS} JOIN mention m ON m.external_id = r.key`,
  `INSERT INTO hearing (source_id, mention_id, heard_at) SELECT s.id, m.id, r.at FROM ${ROWS} JOIN mention m ON m.external_id = r.key JOIN source s ON s.name = r.source`,
  `INSERT INTO analysis (revision_id, mention_id, model_version_id, config_version_id, lang, spam, polarity, score, intents, urgency)
   SELECT v.id, m.id, (SELECT id FROM model_version WHERE name = 'model-1'), 1, 'en', r.spam, 'neutral', 0, '[]', r.urgency
     FROM ${ROWS} JOIN mention m ON m.external_id = r.key JOIN revision v ON v.mention_id = m.id WHERE r.outcome IS NOT NULL`,
  `UPDATE mention m SET analysis_id = a.id FROM analysis a WHERE a.mention_id = m.id AND m.analysis_id IS NULL AND $1::jsonb IS NOT NULL`,
];

const INSERT_OPINIONS = `INSERT INTO opinion (analysis_id, mention_id, number, aspect, polarity, score, intent, confidence, span_start, span_end, why)
  SELECT m.analysis_id, m.id, o.number, o.aspect, o.polarity, 0, o.intent, o.confidence, o.span_start, o.span_end, '{}'
    FROM ${OPINION_ROWS}) JOIN mention m ON m.external_id = o.key WHERE m.analysis_id IS NOT NULL`;

function toRow(mention: SeedMention, index: number) {
  const { opinions = [], spam = false, isOurs = false, machineMail = null, text } = mention;
  const usual = isOurs
    ? 'ours'
    : spam || machineMail !== null
      ? 'quarantined'
      : opinions.length > 0
        ? 'routed'
        : 'no-opinion';
  return {
    key: `seed-${String(index).padStart(8, '0')}`,
    text,
    at: mention.at,
    author: mention.author,
    account: mention.account ?? null,
    source: mention.source ?? 'reviews',
    platform: mention.platform ?? 'x',
    thread: mention.thread ?? null,
    urgency: mention.urgency ?? 0,
    spam,
    machine_mail: machineMail,
    is_ours: isOurs,
    outcome: mention.outcome === undefined ? usual : mention.outcome,
    opinions: opinions.map((opinion, number) => placed(opinion, text, number)),
  };
}

function placed(
  { aspect, polarity, clause, intent = 'none', confidence = 0.8 }: SeedOpinion,
  text: string,
  number: number,
) {
  const start = clause === undefined ? 0 : text.indexOf(clause);
  const end = start + (clause ?? text).length;
  return { number, aspect, polarity, intent, confidence, span_start: start, span_end: end };
}
