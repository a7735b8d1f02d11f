import type {
  AccountHeard,
  AnswerAccount,
  AnswerQuote,
  AnswerWindow,
  HeardOpinion,
} from '../domain/answer.ts';
import type { AnswerReadModel } from '../domain/ports/answer-read-model.ts';
import type { Sql } from './database.ts';

/** What speaks of customers: routed and unsure mentions with their current analysis. */
const COUNTED = `m.outcome IN ('routed', 'unsure') AND m.analysis_id IS NOT NULL AND m.counted_at >= $1::timestamptz AND m.counted_at < $2::timestamptz`;

const READ_ACCOUNTS = `SELECT id, name, tier, owner, revenue::float8 AS revenue FROM account ORDER BY account.revenue DESC NULLS LAST, name, id`;

/** `$4` is a pattern, or null when no term was asked for; a text is looked at once though it holds several opinions. */
const READ_OPINIONS = `WITH
  spoken AS MATERIALIZED (
    SELECT m.id, m.author_id, l.account_id, m.platform, m.thread, m.analysis_id,
           CASE WHEN $4::text IS NOT NULL AND r.text ~* $4::text THEN r.text END AS naming_text
      FROM mention m
      JOIN account_link l ON l.author_id = m.author_id AND l.unlinked_xid IS NULL
      JOIN analysis a ON a.id = m.analysis_id
      JOIN revision r ON r.id = a.revision_id
     WHERE l.account_id = ANY($3::int[]) AND ${COUNTED}),
  naming_thread AS MATERIALIZED (
    SELECT DISTINCT t.platform, t.thread
      FROM (SELECT DISTINCT platform, thread FROM spoken WHERE thread IS NOT NULL AND $4::text IS NOT NULL) s
      JOIN mention t ON t.platform = s.platform AND t.thread = s.thread
      JOIN revision r ON r.mention_id = t.id
     WHERE r.text ~* $4::text)
  SELECT o.id::text AS "opinionId", s.id::text AS "mentionId", s.author_id::text AS "authorId", s.account_id AS "accountId", o.aspect, o.polarity,
         o.score, o.confidence, s.naming_text AS "namingText", o.span_start AS "spanStart", o.span_end AS "spanEnd", n.thread IS NOT NULL AS "isInNamingThread"
    FROM spoken s
    JOIN opinion o ON o.analysis_id = s.analysis_id
    LEFT JOIN naming_thread n ON n.platform = s.platform AND n.thread = s.thread
   ORDER BY o.id`;

const READ_HEARD = `SELECT l.account_id AS "accountId", max(m.counted_at) AS "lastHeardAt", (count(*) FILTER (WHERE m.counted_at >= $1::timestamptz))::int AS messages
    FROM mention m JOIN account_link l ON l.author_id = m.author_id AND l.unlinked_xid IS NULL
   WHERE l.account_id = ANY($3::int[]) AND m.counted_at < $2::timestamptz AND m.outcome IN ('routed', 'unsure', 'no-opinion')
   GROUP BY l.account_id`;

const READ_QUOTES = `SELECT o.id::text AS "opinionId", m.id::text AS "mentionId", CASE WHEN r.erased_at IS NULL THEN r.text END AS text,
         o.span_start AS "spanStart", o.span_end AS "spanEnd", coalesce(au.name, au.handle, '') AS author, m.url, m.occurred_at AS "occurredAt", m.kind, o.aspect
    FROM opinion o
    JOIN analysis a ON a.id = o.analysis_id
    JOIN revision r ON r.id = a.revision_id
    JOIN mention m ON m.id = o.mention_id
    JOIN author au ON au.id = m.author_id
   WHERE o.id = ANY($1::text[]::bigint[])`;

const COUNT_UNLINKED = `SELECT count(*)::int AS messages FROM mention m
   WHERE ${COUNTED} AND NOT EXISTS (SELECT FROM account_link l WHERE l.author_id = m.author_id AND l.unlinked_xid IS NULL)`;

/** `baseUrl` is the address of the pages here, without a slash at its end. */
export function createAnswerReadModel(sql: Sql, baseUrl: string): AnswerReadModel {
  return {
    readAccounts: () => sql.query<AnswerAccount>(READ_ACCOUNTS),
    readOpinions: ({ accountIds, window, term }) => readOpinions(sql, accountIds, window, term),
    readHeard: (accountIds, window) => sql.query<AccountHeard>(READ_HEARD, ...edgesOf(window), accountIds),
    async readQuotes(opinionIds) {
      const rows = await sql.query<QuoteRow>(READ_QUOTES, opinionIds);
      return rows.map((row) => toQuote(row, baseUrl));
    },
    async countUnlinked(window) {
      const [row] = await sql.query<{ messages: number }>(COUNT_UNLINKED, ...edgesOf(window));
      return row?.messages ?? 0;
    },
  };
}

function edgesOf({ from, to }: AnswerWindow): [string, string] {
  return [from.toISOString(), to.toISOString()];
}

interface OpinionRow extends Omit<HeardOpinion, 'names'> {
  readonly namingText: string | null;
  readonly spanStart: number;
  readonly spanEnd: number;
  readonly isInNamingThread: boolean;
}

async function readOpinions(
  sql: Sql,
  accountIds: readonly number[],
  window: AnswerWindow,
  term: string | null,
): Promise<HeardOpinion[]> {
  const pattern = term === null ? null : termPattern(term, '[[:alnum:]_]');
  const inClause = term === null ? null : new RegExp(termPattern(term, '[\\p{L}\\p{N}_]'), 'iu');
  const rows = await sql.query<OpinionRow>(READ_OPINIONS, ...edgesOf(window), accountIds, pattern);
  return rows.map(({ namingText, spanStart, spanEnd, isInNamingThread, ...opinion }) => {
    // Spans count UTF-16 code units and Postgres code points, so the clause is cut out here.
    const isInClause = namingText !== null && inClause?.test(namingText.slice(spanStart, spanEnd)) === true;
    return {
      ...opinion,
      names: isInClause ? 'clause' : namingText !== null ? 'message' : isInNamingThread ? 'thread' : null,
    };
  });
}

/** The term with no letter of `wordClass` on either side; a word boundary (`\b`) would not hold after `C++`. */
function termPattern(term: string, wordClass: string): string {
  const escaped = term.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/gu, '\\s+');
  return `(?<!${wordClass})${escaped}(?!${wordClass})`;
}

interface QuoteRow extends Omit<AnswerQuote, 'link' | 'occurredAt'> {
  readonly spanStart: number;
  readonly spanEnd: number;
  readonly url: string | null;
  readonly occurredAt: Date;
}

function toQuote(
  { spanStart, spanEnd, url, occurredAt, text, ...quote }: QuoteRow,
  baseUrl: string,
): AnswerQuote {
  const isLink = url !== null && /^https?:\/\//i.test(url) && URL.canParse(url);
  return {
    ...quote,
    text: text?.slice(spanStart, spanEnd) ?? null,
    link: isLink ? new URL(url).href : `${baseUrl}/mentions/${quote.mentionId}`,
    occurredAt: occurredAt.toISOString(),
  };
}
