import { randomUUID } from 'node:crypto';
import type { Polarity } from '../../src/domain/words.ts';
import type { Sql } from '../../src/store/database.ts';

/** One opinion of a seeded mention; `clause` is cut out of the mention's text to give the span. */
export interface SeedOpinion {
  readonly aspect: string;
  readonly polarity: Polarity;
  readonly clause: string;
  /** Default 0.9. */
  readonly confidence?: number;
}

export interface SeedMention {
  /** Mail address or handle of the author. */
  readonly author: string;
  readonly text: string;
  readonly opinions: readonly SeedOpinion[];
  readonly at: string;
  readonly url?: string;
  readonly thread?: string;
  /** Default `routed`. */
  readonly outcome?: 'routed' | 'unsure' | 'quarantined' | 'ours';
}

const SCORES: Readonly<Record<Polarity, number>> = { negative: -0.8, neutral: 0, positive: 0.8 };

/** Authors by mail address or handle; answers their ids in the same order. */
export async function seedAuthors(sql: Sql, names: readonly string[]): Promise<string[]> {
  const rows = names.map((name) =>
    name.includes('@') && !name.startsWith('@') ? { key: name, email: name } : { key: name, handle: name },
  );
  const found = await sql.query<{ id: string; key: string }>(
    `INSERT INTO author (platform, key, handle, name, email)
     SELECT 'test', key, handle, initcap(split_part(key, '@', 1)), email FROM jsonb_to_recordset($1::jsonb) AS a(key text, handle text, email text)
     ON CONFLICT (platform, key) DO UPDATE SET key = excluded.key RETURNING id::text, key`,
    JSON.stringify(rows),
  );
  const ids = new Map(found.map(({ id, key }) => [key, id]));
  return names.map((name) => ids.get(name) ?? '');
}

/** Analysed mentions with their opinions, as ingest and analysis leave them; answers the mention ids in order. */
export async function seedMentions(sql: Sql, mentions: readonly SeedMention[]): Promise<string[]> {
  await sql.execute(
    `INSERT INTO config_version (yaml, sha256, origin) VALUES ('', 'seed', 'test') ON CONFLICT DO NOTHING`,
  );
  await sql.execute(`INSERT INTO model_version (name) VALUES ('seed') ON CONFLICT DO NOTHING`);
  await sql.execute(`INSERT INTO source (name, kind) VALUES ('seed', 'file') ON CONFLICT DO NOTHING`);
  const [batch] = await sql.query<{ id: string }>(
    `INSERT INTO ingest_batch (source_id) SELECT id FROM source WHERE name = 'seed' RETURNING id::text`,
  );
  await seedAuthors(sql, [...new Set(mentions.map(({ author }) => author))]);
  const rows = mentions.map(({ opinions, outcome = 'routed', ...mention }) => ({
    ...mention,
    outcome,
    key: randomUUID(),
    opinions: opinions.map(({ clause, confidence = 0.9, ...opinion }, number) => {
      const start = mention.text.indexOf(clause);
      if (start < 0) throw new Error(`"${clause}" does not stand in "${mention.text}"`);
      return {
        ...opinion,
        number,
        confidence,
        score: SCORES[opinion.polarity],
        start,
        end: start + clause.length,
      };
    }),
  }));
  const seeded = await sql.query<{ id: string; key: string }>(
    `INSERT INTO mention (platform, external_id, kind, author_id, batch_id, thread, url, occurred_at, heard_at, counted_at, is_history, outcome)
     SELECT 'test', r.key, 'mail', a.id, $2::bigint, r.thread, r.url, r.at, r.at, r.at, false, r.outcome
       FROM jsonb_to_recordset($1::jsonb) AS r(key text, author text, thread text, url text, at timestamptz, outcome text) JOIN author a ON a.key = r.author
     RETURNING id::text, external_id AS key`,
    JSON.stringify(rows),
    batch?.id,
  );
  await sql.execute(
    `WITH seed AS (SELECT m.id AS mention_id, r.text, r.opinions FROM jsonb_to_recordset($1::jsonb) AS r(key text, text text, opinions jsonb) JOIN mention m ON m.external_id = r.key),
       revised AS (INSERT INTO revision (mention_id, number, text) SELECT mention_id, 1, text FROM seed RETURNING id, mention_id),
       analysed AS (
         INSERT INTO analysis (revision_id, mention_id, model_version_id, config_version_id, lang, spam, polarity, score, intents, urgency)
         SELECT v.id, v.mention_id, mv.id, cv.id, 'en', false, 'neutral', 0, '[]', 0 FROM revised v, model_version mv, config_version cv WHERE mv.name = 'seed' AND cv.sha256 = 'seed'
         RETURNING id, mention_id),
       said AS (
         INSERT INTO opinion (analysis_id, mention_id, number, aspect, polarity, score, intent, confidence, span_start, span_end, why)
         SELECT a.id, a.mention_id, o.number, o.aspect, o.polarity, o.score, 'none', o.confidence, o.start, o."end", '{}'
           FROM analysed a JOIN seed USING (mention_id),
                jsonb_to_recordset(seed.opinions) AS o(number int, aspect text, polarity text, score float8, confidence float8, start int, "end" int))
     UPDATE mention SET analysis_id = a.id FROM analysed a WHERE mention.id = a.mention_id`,
    JSON.stringify(rows),
  );
  const ids = new Map(seeded.map(({ id, key }) => [key, id]));
  return rows.map(({ key }) => ids.get(key) ?? '');
}
