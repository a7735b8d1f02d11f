import { localDate } from '../digest/calendar.ts';
import { BUCKET_MS } from '../digest/counting/spans.ts';
import type { CutOff } from '../domain/digest.ts';
import type { Polarity } from '../domain/words.ts';
import type { Sql } from './database.ts';
import { COUNT_KEPT_OPINIONS, LIST_CHANGED } from './rollup-sql.ts';
import { readRollups } from './rollup-store.ts';

/** Opinions of one aspect on one local day, as they are labelled now. */
export interface TrendDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly aspect: string;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

interface OpinionCount {
  readonly date: string;
  readonly aspect: string;
  readonly polarity: Polarity;
  readonly opinions: number;
}

const READ_START = `SELECT earshot_cut_off() AS "cutOff", now() AS now, (((now() AT TIME ZONE $1)::date - ($2::int - 1))::timestamp AT TIME ZONE $1) AS since`;

/** The last `days` local days of an IANA zone, today with them; days and aspects without an opinion are left out. */
export async function readTrend(
  sql: Sql,
  { zone, days }: { readonly zone: string; readonly days: number },
): Promise<readonly TrendDay[]> {
  const [start] = await sql.query<{ cutOff: CutOff; now: Date; since: Date }>(READ_START, zone, days);
  if (start === undefined) throw new Error('SELECT without FROM gave no row');
  const cutOff = JSON.stringify(start.cutOff);
  const since = start.since.toISOString();
  const kept = await sql.query<OpinionCount>(
    COUNT_KEPT_OPINIONS,
    cutOff,
    since,
    start.now.toISOString(),
    zone,
  );
  return daysOf([...kept, ...(await countChanged(sql, start, zone))]);
}

/** What is not kept as it is now is counted from its rows. */
async function countChanged(
  sql: Sql,
  { cutOff, since }: { readonly cutOff: CutOff; readonly since: Date },
  zone: string,
): Promise<readonly OpinionCount[]> {
  const changed = await sql.query<{ from: number }>(
    LIST_CHANGED,
    JSON.stringify(cutOff),
    since.toISOString(),
  );
  const windows = changed.map(({ from }) => ({
    date: localDate(zone, from),
    from: new Date(from).toISOString(),
    to: new Date(from + BUCKET_MS).toISOString(),
  }));
  const counts: OpinionCount[] = [];
  for await (const { from, labels } of readRollups(sql, { cutOff, pins: null, mayUseKept: false }, windows))
    for (const { aspect, polarity, opinions } of labels)
      counts.push({ date: localDate(zone, from), aspect, polarity, opinions });
  return counts;
}

function daysOf(counts: readonly OpinionCount[]): readonly TrendDay[] {
  const days = new Map<string, { -readonly [Key in keyof TrendDay]: TrendDay[Key] }>();
  for (const { date, aspect, polarity, opinions } of counts) {
    const key = `${date} ${aspect}`;
    const day = days.get(key) ?? { date, aspect, negative: 0, neutral: 0, positive: 0 };
    day[polarity] += opinions;
    days.set(key, day);
  }
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}
