import { quoteKey } from '../digest/evidence.ts';
import { themeSpans } from '../digest/period.ts';
import type { EvidenceFilter, QuoteRef, QuoteTexts } from '../domain/digest.ts';
import type { CountScope, EvidenceMention, EvidencePage } from '../domain/ports/digest-read-model.ts';
import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';
import { countParameters, dayList } from './digest-scope.ts';
import { LIST_OUTCOME, listEvidence as listEvidenceSql } from './digest-sql.ts';

const PAGE = 200;

/** Mentions behind one number of a digest, newest first; AppError `not-found` for a day it does not speak of. */
export async function listEvidence(
  sql: Sql,
  scope: CountScope,
  filter: EvidenceFilter,
  offset: number,
): Promise<EvidencePage> {
  const statement = filter.outcome === undefined ? listEvidenceSql(filter.late === true) : LIST_OUTCOME;
  const rows = await sql.query<EvidenceMention & { readonly total: number }>(
    statement,
    ...countParameters(scope, daysOf(scope, filter)),
    JSON.stringify(filter),
    PAGE,
    offset,
  );
  return { total: rows[0]?.total ?? 0, mentions: rows.map(mentionOf) };
}

function mentionOf(row: EvidenceMention): EvidenceMention {
  const { mentionId, text, spans, author, account, platform, url, occurredAt, sources } = row;
  return { mentionId, text, spans, author, account, platform, url, occurredAt, sources };
}

function daysOf(scope: CountScope, { late, day, theme }: EvidenceFilter): string {
  const { today, before, trend, earlier, edition } = scope;
  if (late === true) return dayList(Object.fromEntries(earlier.map((window) => [window.date, window])));
  if (theme !== undefined && day === undefined) return dayList({ recent: themeSpans(edition, scope).recent });
  const window = [today, before, ...trend].find(({ date }) => date === (day ?? today.date));
  if (window === undefined) throw new AppError('not-found', `This digest does not speak of ${day}.`);
  return dayList({ [window.date]: window });
}

/** Quoted words by {@link quoteKey}; null where the revision was erased or deleted. */
export async function readQuotes(sql: Sql, refs: readonly QuoteRef[]): Promise<QuoteTexts> {
  const ids = [...new Set(refs.map(({ revisionId }) => revisionId))];
  const rows = await sql.query<{ id: string; text: string }>(
    `SELECT id::text, text FROM revision WHERE erased_at IS NULL AND id IN (SELECT value::bigint FROM jsonb_array_elements_text($1::jsonb))`,
    JSON.stringify(ids),
  );
  const texts = new Map(rows.map(({ id, text }) => [id, text]));
  return new Map(
    refs.map((ref) => [quoteKey(ref), texts.get(ref.revisionId)?.slice(ref.spanStart, ref.spanEnd) ?? null]),
  );
}
