import type {
  AccountActivity,
  AccountFact,
  AspectShape,
  AspectTally,
  CountedDay,
  CountedFacts,
  CutOff,
  DayBins,
  QuoteCandidate,
  RereadFact,
  SourceTrouble,
  Tally,
} from '../domain/digest.ts';
import type {
  CountScope,
  DigestQuestion,
  DigestReadModel,
  FrozenRows,
} from '../domain/ports/digest-read-model.ts';
import type { Aspect, Intent, Polarity } from '../domain/words.ts';
import { healthOf } from '../pipeline/source-health.ts';
import { readRefusal } from './config-store.ts';
import type { Sql } from './database.ts';
import { listEvidence, readQuotes } from './digest-evidence.ts';
import { countParameters, dayList } from './digest-scope.ts';
import {
  COUNT_DAYS,
  COUNT_LATE,
  READ_ACTIVITY,
  READ_BINS,
  READ_CANDIDATES,
  READ_EARLIER_DAYS,
  READ_FIRST_MENTION,
  READ_MODELS,
  READ_PINS,
  READ_REREAD,
  READ_ROSTER,
  READ_SHAPES,
  READ_SILENT,
} from './digest-sql.ts';
import { readThemes, readTold, readWork } from './digest-work.ts';
import { readSourceFacts } from './source-store.ts';

const NOBODY: Tally = { messages: 0, people: 0, accounts: 0 };

/** What digests are counted from. Set-based: the number of statements does not grow with the day. */
export function createDigestReadModel(sql: Sql): DigestReadModel {
  return {
    readFrozenRows: (question) => readFrozenRows(sql, question),
    count: (scope) => count(sql, scope),
    recount: (scope) => recount(sql, scope),
    readQuotes: (refs) => readQuotes(sql, refs),
    listEvidence: (scope, filter, offset = 0) => listEvidence(sql, scope, filter, offset),
  };
}

async function readFrozenRows(sql: Sql, question: DigestQuestion): Promise<FrozenRows> {
  const { digest, today, before, trend, isPartial, now, edition, aspects, recent, earlier: prior } = question;
  const cutOff = await takeCutOff(sql);
  const found = await sql.query<{ date: string; from: Date; to: Date; seen: CutOff }>(
    READ_EARLIER_DAYS,
    today.date,
    digest,
  );
  const earlier = found.map(({ date, from, to, seen }) => ({
    date,
    from: from.toISOString(),
    to: to.toISOString(),
    seen,
  }));
  const [bins] = await sql.query<DayBins>(READ_BINS, JSON.stringify(cutOff), dayList({ today }));
  const everyDay = dayList(
    Object.fromEntries([today, before, ...trend, ...earlier].map((day, index) => [String(index), day])),
  );
  const pins = await readPins(sql, cutOff, everyDay);
  const roster = await sql.query<AccountFact>(READ_ROSTER);
  const scope = { cutOff, edition, today, before, trend, aspects, earlier, roster, pins };
  const { themes, names: themeNames } = await readThemes(sql, scope, { recent, earlier: prior });
  const { work, names: workNames } = await readWork(sql, question);
  const dayBefore = edition === 'day' ? trend.at(-1) : undefined;
  return {
    cutOff,
    earlier,
    roster,
    themes,
    work,
    told: dayBefore === undefined ? null : await readTold(sql, digest, dayBefore.date),
    reread: await readReread(sql, cutOff, earlier.at(-1)?.seen ?? null),
    configRefusedAt: (await readRefusal(sql))?.refusedAt.toISOString() ?? null,
    names: { ...workNames, ...themeNames },
    sources: await readSources(sql, { today, trend, isPartial, now }),
    bins: bins ?? { heard: 0, quarantined: 0, looksReal: 0, unsure: 0, noOpinion: 0, ours: 0, waiting: 0 },
    pins,
  };
}

/** Nothing is new to those who have read no digest yet. */
async function readReread(sql: Sql, cutOff: CutOff, seen: CutOff | null): Promise<RereadFact | null> {
  if (seen === null) return null;
  const [reread] = await sql.query<RereadFact>(READ_REREAD, JSON.stringify(cutOff), JSON.stringify(seen));
  return reread ?? null;
}

async function recount(sql: Sql, scope: CountScope): Promise<CountedDay> {
  const { today } = scope;
  const cutOff = await takeCutOff(sql);
  const pins = await readPins(sql, cutOff, dayList({ today }));
  const rows = await sql.query<DayRow>(
    COUNT_DAYS,
    ...countParameters({ ...scope, cutOff, pins }, dayList({ today })),
  );
  return countedDay(rows, today.date);
}

async function takeCutOff(sql: Sql): Promise<CutOff> {
  const [row] = await sql.query<{ cutOff: CutOff }>('SELECT earshot_cut_off() AS "cutOff"');
  if (row === undefined) throw new Error('SELECT without FROM gave no row');
  return row.cutOff;
}

async function readPins(sql: Sql, cutOff: CutOff, days: string): Promise<CountScope['pins']> {
  const pins = await sql.query<{ id: string; isCounted: boolean }>(READ_PINS, JSON.stringify(cutOff), days);
  return {
    counted: pins.filter(({ isCounted }) => isCounted).map(({ id }) => id),
    uncounted: pins.filter(({ isCounted }) => !isCounted).map(({ id }) => id),
  };
}

async function readSources(
  sql: Sql,
  { today, trend, isPartial, now }: Pick<DigestQuestion, 'today' | 'trend' | 'isPartial' | 'now'>,
): Promise<FrozenRows['sources']> {
  const week = Object.fromEntries(trend.slice(-7).map((day) => [day.date, day]));
  const silent = isPartial ? [] : await sql.query<{ name: string }>(READ_SILENT, dayList({ ...week, today }));
  const silentNames = new Set(silent.map(({ name }) => name));
  const facts = await readSourceFacts(sql);
  const troubles = facts.flatMap((each): SourceTrouble[] => {
    const { state, sentence, gap } = healthOf(each, now);
    const lastSuccessAt = each.lastSuccessAt?.toISOString() ?? null;
    const trouble = (kind: SourceTrouble['kind'], detail: string): SourceTrouble => ({
      name: each.name,
      kind,
      lastSuccessAt,
      detail,
    });
    const gaps = gap === null ? [] : [trouble('gap', gap)];
    if (state === 'failing') return [trouble(state, each.error?.split('\n')[0] ?? ''), ...gaps];
    if (state === 'stopped' || state === 'paused' || state === 'behind')
      return [trouble(state, sentence), ...gaps];
    return silentNames.has(each.name) ? [trouble('silent', ''), ...gaps] : gaps;
  });
  return { total: facts.length, troubles };
}

async function count(sql: Sql, scope: CountScope): Promise<CountedFacts> {
  const { today, before, trend, earlier, roster } = scope;
  const rosterIds = JSON.stringify(roster.map(({ id }) => id));
  const trendKeys = trend.map(({ date }) => `trend ${date}`);
  const allDays = dayList({
    today,
    before,
    ...Object.fromEntries(trend.map((day, index) => [trendKeys[index] ?? '', day])),
  });
  const ofToday = dayList({ today });
  const ask = <Row>(statement: string, days: string, ...more: readonly unknown[]): Promise<Row[]> =>
    sql.query<Row>(statement, ...countParameters(scope, days), ...more);

  const days = await ask<DayRow>(COUNT_DAYS, allDays);
  const dayOf = (key: string, date: string): CountedDay =>
    countedDay(
      days.filter((row) => row.key === key),
      date,
    );
  const late =
    earlier.length === 0
      ? []
      : await ask<Tally>(COUNT_LATE, dayList(Object.fromEntries(earlier.map((day) => [day.date, day]))));
  const activity = await ask<Omit<AccountActivity, 'lastHeardAt'> & { lastHeardAt: Date | null }>(
    READ_ACTIVITY,
    ofToday,
    rosterIds,
  );
  const candidates = await ask<QuoteCandidateRow>(READ_CANDIDATES, ofToday, rosterIds);
  const models = await ask<{ name: string }>(READ_MODELS, ofToday);
  const [first] = await sql.query<{ since: Date | null }>(READ_FIRST_MENTION, JSON.stringify(scope.cutOff));
  return {
    today: dayOf('today', today.date),
    before: dayOf('before', before.date),
    trend: trend.map(({ date }, index) => dayOf(trendKeys[index] ?? '', date)),
    shapes: await ask<AspectShape>(READ_SHAPES, ofToday),
    activity: activity.map((row) => ({ ...row, lastHeardAt: row.lastHeardAt?.toISOString() ?? null })),
    late: late[0] ?? NOBODY,
    candidates: candidates.map(candidateOf),
    models: models.map(({ name }) => name),
    listeningSince: first?.since?.toISOString() ?? null,
    names: Object.fromEntries(
      candidates.flatMap(({ accountId, name }) =>
        accountId === null || name === null ? [] : [[accountId, name]],
      ),
    ),
  };
}

interface DayRow extends Tally {
  readonly key: string;
  readonly aspect: Aspect;
  readonly polarity: Polarity;
  readonly intent: Intent | 'none';
  readonly isUrgent: boolean;
  readonly level: number;
}

/** Postgres' GROUPING: a bit for each of aspect, polarity, intent and urgency that a row is not grouped by. */
const LEVEL = { total: 0b1111, aspect: 0b0111, polarity: 0b0011, intent: 0b1101, urgency: 0b1110 } as const;

function countedDay(rows: readonly DayRow[], date: string): CountedDay {
  const tallyWhere = (matches: (row: DayRow) => boolean): Tally => {
    const row = rows.find(matches);
    return row === undefined
      ? NOBODY
      : { messages: row.messages, people: row.people, accounts: row.accounts };
  };
  const aspects = rows
    .filter(({ level }) => level === LEVEL.aspect)
    .map(({ aspect, messages, people, accounts }): AspectTally => {
      const of = (polarity: Polarity): Tally =>
        tallyWhere(
          (row) => row.level === LEVEL.polarity && row.aspect === aspect && row.polarity === polarity,
        );
      const all = { messages, people, accounts };
      return { aspect, all, negative: of('negative'), neutral: of('neutral'), positive: of('positive') };
    });
  const intent = (wanted: Intent): Tally =>
    tallyWhere((row) => row.level === LEVEL.intent && row.intent === wanted);
  return {
    date,
    total: tallyWhere(({ level }) => level === LEVEL.total),
    aspects: aspects.toSorted((a, b) => (a.aspect < b.aspect ? -1 : 1)),
    purchase: intent('purchase'),
    churn: intent('churn'),
    urgent: tallyWhere((row) => row.level === LEVEL.urgency && row.isUrgent),
  };
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
