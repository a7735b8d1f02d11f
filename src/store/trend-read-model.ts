import type { Sql } from './database.ts';

/** Opinions of one aspect on one local day, as they were when they were routed. */
export interface TrendDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly aspect: string;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

// Rollups are kept while opinions are routed, so that a long time costs no more than its quarters of an hour.
const READ = `SELECT (bucket AT TIME ZONE $1)::date::text AS date, aspect, (coalesce(sum(opinions) FILTER (WHERE polarity = 'negative'), 0))::int AS negative,
         (coalesce(sum(opinions) FILTER (WHERE polarity = 'neutral'), 0))::int AS neutral, (coalesce(sum(opinions) FILTER (WHERE polarity = 'positive'), 0))::int AS positive
    FROM rollup WHERE bucket >= (((now() AT TIME ZONE $1)::date - ($2::int - 1))::timestamp AT TIME ZONE $1) GROUP BY 1, 2 ORDER BY 1, 2`;

/** The last `days` local days of an IANA zone, today with them; days and aspects without an opinion are left out. */
export function readTrend(
  sql: Sql,
  { zone, days }: { readonly zone: string; readonly days: number },
): Promise<readonly TrendDay[]> {
  return sql.query<TrendDay>(READ, zone, days);
}
