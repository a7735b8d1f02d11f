import type { SpikeDecision, SpikeQuote, SpikeStore } from '../domain/ports/alarm-stores.ts';
import { SPIKE_WEEKS, type Spike, type SpikeReading, type SpikeSubject } from '../domain/spike.ts';
import type { Database, Sql } from './database.ts';
import { insertDeliveries } from './delivery-store.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';
import { AUTHOR } from './shown-mentions.ts';
import { readSilences } from './silence-store.ts';

export function createSpikeStore(database: Database): SpikeStore {
  return {
    async look(decide) {
      const [look] = await database.query<{ now: Date }>(CLAIM);
      if (!look) return [];
      return database.transaction(async (sql) => {
        const decisions = await decide(
          {
            now: look.now,
            readings: await sql.query<SpikeReading>(READ),
            open: await readSpikes(sql),
            silences: await readSilences(sql, 'active'),
          },
          (subject) => readQuotes(sql, subject),
        );
        const told: string[] = [];
        for (const decision of decisions) {
          const message = await write(sql, decision, look.now);
          if (message !== null) told.push(message);
        }
        await sql.execute(PUT_OFF);
        return told;
      });
    },
  };
}

/** One process looks at a time. A look that fails comes again at the next one's time, not at once. */
const CLAIM = `UPDATE workspace SET spikes_due_at = now() + interval '5 minutes' WHERE spikes_due_at <= now() RETURNING now()::timestamptz(3) AS now`;

// A look at very many messages takes no more than a twentieth of the time.
const PUT_OFF = `UPDATE workspace SET spikes_due_at = now() + greatest(interval '5 minutes', 20 * (clock_timestamp() - now()))`;

/** A complaint that counts: opinion `o` of mention `m`, as people corrected it. */
const COMPLAINTS = `mention m JOIN analysis a ON a.id = m.analysis_id JOIN opinion o ON o.analysis_id = a.id ${fixOf('a.revision_id')}`;
const COUNTS = `m.outcome = 'routed' AND ${SAID_POLARITY} = 'negative'`;
/** A corrected opinion belongs to no theme of its new aspect. */
const ROOT = `CASE WHEN fix.id IS NULL THEN coalesce(t.merged_into, t.id) END`;

const READ = `WITH first AS MATERIALIZED (SELECT min(counted_at) AS at FROM mention),
  days AS (SELECT n, now() - make_interval(days => 7 * n + 1) AS since, now() - make_interval(days => 7 * n) AS until FROM generate_series(0, ${SPIKE_WEEKS}) n),
  heard AS (SELECT count(*)::int AS weeks FROM days, first WHERE n > 0 AND since >= first.at),
  said AS (
    SELECT d.n, m.author_id, ${SAID_ASPECT} AS aspect, ${ROOT} AS theme_id FROM days d JOIN first ON d.since >= first.at OR d.n = 0
      JOIN (${COMPLAINTS}) ON m.counted_at >= d.since AND m.counted_at < d.until LEFT JOIN theme t ON t.id = o.theme_id
     WHERE ${COUNTS} AND (d.n > 0 OR NOT m.is_history)),
  counted AS (
    SELECT n, aspect, theme_id, grouping(theme_id) AS is_whole, count(DISTINCT author_id)::int AS people FROM said GROUP BY GROUPING SETS ((n, aspect), (n, aspect, theme_id)))
  SELECT c.aspect, c.theme_id::text AS "themeId", t.name AS theme, coalesce(sum(c.people) FILTER (WHERE c.n = 0), 0)::int AS people,
         CASE WHEN heard.weeks > 0 THEN coalesce(sum(c.people) FILTER (WHERE c.n > 0), 0)::float8 / heard.weeks END AS usual
    FROM counted c CROSS JOIN heard LEFT JOIN theme t ON t.id = c.theme_id WHERE c.is_whole = 1 OR c.theme_id IS NOT NULL
   GROUP BY c.aspect, c.theme_id, t.name, heard.weeks`;

const OPEN = `SELECT s.id::text, s.aspect, s.theme_id::text AS "themeId", t.name AS theme, s.began_at AS "beganAt", s.people, s.peak, s.usual, s.told_at AS "toldAt", s.quiet_since AS "quietSince"
  FROM spike s LEFT JOIN theme t ON t.id = s.theme_id WHERE s.ended_at IS NULL ORDER BY s.id DESC`;

/** Those that are not over, newest first. */
export function readSpikes(sql: Sql): Promise<Spike[]> {
  return sql.query<Spike>(OPEN);
}

const QUOTES = 3;

const READ_QUOTES = `SELECT author, platform, text, start FROM (
    SELECT DISTINCT ON (m.author_id) ${AUTHOR} AS author, m.platform, left(r.text, o.span_end) AS text, o.span_start AS start, m.counted_at
      FROM ${COMPLAINTS} JOIN revision r ON r.id = a.revision_id JOIN author w ON w.id = m.author_id LEFT JOIN theme t ON t.id = o.theme_id
     WHERE m.counted_at >= now() - interval '1 day' AND NOT m.is_history AND r.erased_at IS NULL AND ${COUNTS} AND ${SAID_ASPECT} = $1 AND ($2::bigint IS NULL OR ${ROOT} = $2::bigint)
     ORDER BY m.author_id, m.counted_at DESC) newest ORDER BY counted_at DESC LIMIT ${QUOTES}`;

async function readQuotes(sql: Sql, { aspect, themeId }: SpikeSubject): Promise<readonly SpikeQuote[]> {
  const rows = await sql.query<SpikeQuote & { readonly start: number }>(READ_QUOTES, aspect, themeId);
  return rows.map(({ start, text, ...quote }) => ({ ...quote, text: text.slice(start) }));
}

const BEGIN = `INSERT INTO spike (aspect, theme_id, began_at, people, peak, usual) VALUES ($1, $2::bigint, $3::timestamptz, $4::int, $5::int, $6::float8) RETURNING id::text`;

const GO_ON = `UPDATE spike SET people = $2::int, peak = $3::int, usual = $4::float8, quiet_since = $5::timestamptz, told_at = coalesce(told_at, $6::timestamptz),
    ended_at = $7::timestamptz WHERE id = $1::bigint`;

/** The subject of what was told, null when nothing was. */
async function write(sql: Sql, { turn, tell }: SpikeDecision, now: Date): Promise<string | null> {
  const { subject, spike, isOver } = turn;
  const { beganAt, people, peak, usual, quietSince } = spike;
  const [begun] =
    turn.id === null
      ? await sql.query<{ id: string }>(
          BEGIN,
          subject.aspect,
          subject.themeId,
          beganAt.toISOString(),
          people,
          peak,
          usual,
        )
      : [];
  const id = turn.id ?? begun?.id ?? '';
  const told = tell?.(id) ?? null;
  await sql.execute(
    GO_ON,
    id,
    people,
    peak,
    usual,
    quietSince?.toISOString() ?? null,
    told === null ? null : now.toISOString(),
    isOver ? now.toISOString() : null,
  );
  if (told === null) return null;
  await insertDeliveries(sql, told.message, told.destinations, {});
  return told.message.subject;
}
