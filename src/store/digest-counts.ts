import { createOpinionChoice } from '../digest/counting/choose-opinions.ts';
import { createAccountsCount } from '../digest/counting/count-accounts.ts';
import { createDayCount } from '../digest/counting/count-day.ts';
import { createShapeCount } from '../digest/counting/count-shapes.ts';
import { type CountedTheme, createThemesCount } from '../digest/counting/count-themes.ts';
import { createPeople } from '../digest/counting/people.ts';
import { isWithin } from '../digest/counting/spans.ts';
import type {
  AccountActivity,
  AspectShape,
  CountedDay,
  CountedFacts,
  CutOff,
  DayWindow,
  QuoteCandidate,
  Tally,
} from '../domain/digest.ts';
import type { CountScope } from '../domain/ports/digest-read-model.ts';
import type { RollupSpan } from '../domain/rollup.ts';
import type { Sql } from './database.ts';
import { countParameters, dayList } from './digest-scope.ts';
import {
  COUNT_LATE,
  READ_CANDIDATES,
  READ_FIRST_MENTION,
  READ_LAST_HEARD,
  READ_LINKS,
  READ_MODELS,
} from './digest-sql.ts';
import { type Reading, readRollups } from './rollup-store.ts';

const NOBODY: Tally = { messages: 0, people: 0, accounts: 0 };

/** What one look at everything that was said gives. */
export interface Heard {
  readonly today: CountedDay;
  readonly before: CountedDay;
  readonly trend: readonly CountedDay[];
  readonly shapes: readonly AspectShape[];
  readonly accounts: readonly Omit<AccountActivity, 'lastHeardAt'>[];
  /** Mentions whose words may be quoted. */
  readonly quotable: readonly string[];
  readonly models: ReadonlySet<number>;
  readonly themes: readonly CountedTheme[];
  /** The times at which something was heard. */
  readonly spans: readonly RollupSpan[];
}

type HeardScope = Pick<CountScope, 'cutOff' | 'aspects' | 'today' | 'before' | 'trend' | 'roster'>;

/** Looks once at everything that was said in a digest's days and in the spans that its themes are counted over. */
export async function hear(
  sql: Sql,
  { cutOff, aspects, today, before, trend, ...scope }: HeardScope,
  {
    reading,
    themeSpans,
  }: { readonly reading: Reading; readonly themeSpans: Readonly<Record<string, DayWindow>> },
): Promise<Heard> {
  const roster = scope.roster.map(({ id }) => id);
  const people = createPeople(await readLinks(sql, cutOff));
  const windows = [today, before, ...trend];
  const days = windows.map(() => createDayCount(people, aspects));
  const shapes = createShapeCount(aspects);
  const accounts = createAccountsCount(people, aspects, roster);
  const choice = createOpinionChoice(people, aspects, roster);
  const themes = createThemesCount(people, { aspects, roster, spans: themeSpans });
  const models = new Set<number>();
  const spans: RollupSpan[] = [];
  for await (const rollup of readRollups(sql, reading, [...windows, ...Object.values(themeSpans)])) {
    const { from, to, newestReadXid, facts } = rollup;
    spans.push({ from, to, newestReadXid, facts });
    const speech = people.meet(rollup);
    themes.add(speech);
    for (const [index, window] of windows.entries()) if (isWithin(window, rollup)) days[index]?.add(speech);
    if (!isWithin(today, rollup)) continue;
    for (const counter of [shapes, accounts, choice]) counter.add(speech);
    for (const model of facts.models) models.add(model);
  }
  const [ofToday, ofBefore, ...ofTrend] = windows.map(({ date }, index) => days[index]?.counted(date));
  return {
    today: ofToday as CountedDay,
    before: ofBefore as CountedDay,
    trend: ofTrend as readonly CountedDay[],
    shapes: shapes.shapes(),
    accounts: accounts.activity(),
    quotable: choice.mentions(),
    models,
    themes: themes.themes(),
    spans,
  };
}

/** What was heard with what the rows behind it say: when accounts were heard last, what came late, the words worth quoting. */
export async function countedFacts(
  sql: Sql,
  scope: CountScope,
  { heard, earlierSpans }: { readonly heard: Heard; readonly earlierSpans: readonly RollupSpan[] },
): Promise<CountedFacts> {
  const { today, before, trend, shapes } = heard;
  const [first] = await sql.query<{ since: Date | null }>(READ_FIRST_MENTION, JSON.stringify(scope.cutOff));
  return {
    today,
    before,
    trend,
    shapes,
    activity: await readActivity(sql, scope, heard.accounts),
    late: await countLate(sql, scope, earlierSpans),
    ...(await readCandidates(sql, scope, heard.quotable)),
    models: await readModels(sql, heard.models),
    listeningSince: first?.since?.toISOString() ?? null,
  };
}

/** What the counts say of the accounts of the roster, and when each was heard last; in the order of ids. */
async function readActivity(
  sql: Sql,
  { cutOff, roster, today }: CountScope,
  said: readonly Omit<AccountActivity, 'lastHeardAt'>[],
): Promise<readonly AccountActivity[]> {
  const heard = await sql.query<{ accountId: string; lastHeardAt: Date }>(
    READ_LAST_HEARD,
    JSON.stringify(cutOff),
    JSON.stringify(roster.map(({ id }) => id)),
    today.to,
  );
  return roster
    .map(({ id }) => id)
    .toSorted((a, b) => Number(a) - Number(b))
    .map((accountId) => ({
      messages: 0,
      people: 0,
      negative: 0,
      positive: 0,
      ...said.find((each) => each.accountId === accountId),
      accountId,
      lastHeardAt: heard.find((each) => each.accountId === accountId)?.lastHeardAt.toISOString() ?? null,
    }));
}

/** What earlier days got after their digests. A span whose messages had all been read by then holds none of it. */
async function countLate(sql: Sql, scope: CountScope, spans: readonly RollupSpan[]): Promise<Tally> {
  const late = lateSpans(scope.earlier, spans);
  if (late.length === 0) return NOBODY;
  const [tally] = await sql.query<Tally>(COUNT_LATE, ...countParameters(scope, JSON.stringify(late)));
  return tally ?? NOBODY;
}

/** Where something of earlier days may have come late, as days for a statement. */
export function lateSpans(earlier: CountScope['earlier'], spans: readonly RollupSpan[]): readonly object[] {
  return earlier.flatMap(({ seen, ...day }) =>
    spans
      .filter((span) => isWithin(day, span) && span.newestReadXid >= seen.xmin)
      .map(({ from, to }) => ({
        key: day.date,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        seen,
      })),
  );
}

async function readModels(sql: Sql, ids: ReadonlySet<number>): Promise<readonly string[]> {
  const rows = await sql.query<{ name: string }>(READ_MODELS, JSON.stringify([...ids]));
  return rows.map(({ name }) => name);
}

async function readCandidates(
  sql: Sql,
  scope: CountScope,
  mentions: readonly string[],
): Promise<Pick<CountedFacts, 'candidates' | 'names'>> {
  const rows = await sql.query<QuoteCandidateRow>(
    READ_CANDIDATES,
    ...countParameters(scope, dayList({ today: scope.today })),
    JSON.stringify(scope.roster.map(({ id }) => id)),
    JSON.stringify(mentions),
  );
  const names = rows.flatMap(({ accountId, name }) =>
    accountId === null || name === null ? [] : [[accountId, name]],
  );
  return { candidates: rows.map(candidateOf), names: Object.fromEntries(names) };
}

/** Accounts by author, ids both, as they were linked at the cut-off. */
export async function readLinks(sql: Sql, cutOff: CutOff): Promise<ReadonlyMap<number, number>> {
  const rows = await sql.query<{ author: number; account: number }>(READ_LINKS, JSON.stringify(cutOff));
  return new Map(rows.map(({ author, account }) => [author, account]));
}

interface QuoteCandidateRow extends Omit<QuoteCandidate, 'ref'> {
  readonly mentionId: string;
  readonly revisionId: string;
  readonly spanStart: number;
  readonly spanEnd: number;
  readonly name: string | null;
}

function candidateOf(row: QuoteCandidateRow): QuoteCandidate {
  const { mentionId, revisionId, spanStart, spanEnd, aspect, polarity, intent, urgency } = row;
  const { platform, accountId, weight, thread, textKey } = row;
  const ref = { mentionId, revisionId, spanStart, spanEnd };
  return { ref, aspect, polarity, intent, urgency, platform, accountId, weight, thread, textKey };
}
