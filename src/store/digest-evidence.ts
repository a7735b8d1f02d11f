import { createMentionSearch, type MentionSearch } from '../digest/counting/find-mentions.ts';
import { createPeople } from '../digest/counting/people.ts';
import { quoteKey } from '../digest/evidence.ts';
import { themeSpans } from '../digest/period.ts';
import type { DayWindow, EvidenceFilter, QuoteRef, QuoteTexts } from '../domain/digest.ts';
import type { CountScope, EvidenceMention, EvidencePage } from '../domain/ports/digest-read-model.ts';
import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';
import { lateSpans, readLinks } from './digest-counts.ts';
import { countParameters, dayList } from './digest-scope.ts';
import { LIST_EVIDENCE, LIST_LATE, LIST_OUTCOME } from './digest-sql.ts';
import { readRollupFacts, readRollups } from './rollup-store.ts';

const PAGE = 200;

/** Mentions behind one number of a digest, newest first; AppError `not-found` for a day it does not speak of. */
export async function listEvidence(
  sql: Sql,
  scope: CountScope,
  filter: EvidenceFilter,
  offset: number,
): Promise<EvidencePage> {
  const list = (statement: string, days: string, ...more: readonly string[]): Promise<EvidencePage> =>
    listPage(sql, statement, [
      ...countParameters(scope, days),
      JSON.stringify(filter),
      PAGE,
      offset,
      ...more,
    ]);
  if (filter.late === true) return list(LIST_LATE, await lateDays(sql, scope));
  const window = windowOf(scope, filter);
  const days = dayList({ [window.date]: window });
  if (filter.outcome !== undefined) return list(LIST_OUTCOME, days);
  if (filter.theme !== undefined) return list(LIST_EVIDENCE, days, await mentionsOfTheme(sql, filter.theme));
  const found = await find(sql, scope, { filter, window });
  const ids = JSON.stringify(found.slice(offset, offset + PAGE).map(String));
  const { mentions } = await listPage(sql, LIST_EVIDENCE, [
    ...countParameters(scope, days),
    JSON.stringify(filter),
    PAGE,
    0,
    ids,
  ]);
  return { total: found.length, mentions };
}

async function listPage(sql: Sql, statement: string, parameters: readonly unknown[]): Promise<EvidencePage> {
  const rows = await sql.query<EvidenceMention & { readonly total: number }>(statement, ...parameters);
  return { total: rows[0]?.total ?? 0, mentions: rows.map(mentionOf) };
}

/** Looks through rollups, so that the page of a large day opens without reading the day. */
async function find(
  sql: Sql,
  { cutOff, pins, aspects }: CountScope,
  { filter, window }: { readonly filter: EvidenceFilter; readonly window: DayWindow },
): Promise<ReturnType<MentionSearch['found']>> {
  const people = createPeople(await readLinks(sql, cutOff));
  const search = createMentionSearch(people, aspects, filter);
  for await (const rollup of readRollups(sql, { cutOff, pins, mayUseKept: true }, [window]))
    search.add(people.meet(rollup));
  return search.found();
}

async function lateDays(sql: Sql, { cutOff, pins, earlier }: CountScope): Promise<string> {
  const spans = await readRollupFacts(sql, { cutOff, pins, mayUseKept: true }, earlier);
  return JSON.stringify(lateSpans(earlier, spans));
}

/** Themes are as they are now, whatever they were when the digest was compiled. */
async function mentionsOfTheme(sql: Sql, theme: string): Promise<string> {
  const rows = await sql.query<{ id: string }>(
    'SELECT DISTINCT mention_id::text AS id FROM opinion WHERE theme_id::text = $1',
    theme,
  );
  return JSON.stringify(rows.map(({ id }) => id));
}

function mentionOf(row: EvidenceMention): EvidenceMention {
  const { mentionId, text, spans, author, account, platform, url, occurredAt, sources } = row;
  return { mentionId, text, spans, author, account, platform, url, occurredAt, sources };
}

function windowOf(scope: CountScope, { day, theme }: EvidenceFilter): DayWindow {
  const { today, before, trend, edition } = scope;
  if (theme !== undefined && day === undefined) return themeSpans(edition, scope).recent;
  const window = [today, before, ...trend].find(({ date }) => date === (day ?? today.date));
  if (window === undefined) throw new AppError('not-found', `This digest does not speak of ${day}.`);
  return window;
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
