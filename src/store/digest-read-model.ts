import { isWithin } from '../digest/counting/spans.ts';
import type {
  AccountFact,
  CountedDay,
  CountedFacts,
  CutOff,
  DayBins,
  DayWindow,
  RereadFact,
  SourceTrouble,
} from '../domain/digest.ts';
import type {
  CountScope,
  DigestQuestion,
  DigestReadModel,
  DigestRows,
  FrozenRows,
} from '../domain/ports/digest-read-model.ts';
import type { RollupSpan } from '../domain/rollup.ts';
import { healthOf } from '../pipeline/source-health.ts';
import { readRefusal } from './config-store.ts';
import type { Sql } from './database.ts';
import { countedFacts, hear } from './digest-counts.ts';
import { listEvidence, readQuotes } from './digest-evidence.ts';
import { READ_EARLIER_DAYS, READ_REREAD, READ_ROSTER, READ_SOURCE_NAMES } from './digest-sql.ts';
import { readThemes, themeSpansOf } from './digest-themes.ts';
import { readTold, readWork } from './digest-work.ts';
import { readRollupFacts, takeCutOff } from './rollup-store.ts';
import { readSourceFacts } from './source-store.ts';

/** What digests are counted from: kept rollups, and rows where those do not hold. */
export function createDigestReadModel(sql: Sql): DigestReadModel {
  return {
    readFacts: (question) => readFacts(sql, question),
    count: (scope) => count(sql, scope),
    recount: (scope) => recount(sql, scope),
    readQuotes: (refs) => readQuotes(sql, refs),
    listEvidence: (scope, filter, offset = 0) => listEvidence(sql, scope, filter, offset),
  };
}

async function readFacts(sql: Sql, question: DigestQuestion): Promise<DigestRows> {
  const { digest, today, before, trend, isPartial, now, edition, aspects, recent, earlier: prior } = question;
  const cutOff = await takeCutOff(sql);
  const earlier = await readEarlierDays(sql, digest, today.date);
  const roster = await sql.query<AccountFact>(READ_ROSTER);
  const reading = { cutOff, pins: null, mayUseKept: true };
  const earlierSpans = await readRollupFacts(sql, reading, earlier);
  const themeSpans = themeSpansOf(question, { recent, earlier: prior });
  const heard = await hear(sql, { ...question, cutOff, roster }, { reading, themeSpans });
  const pins = pinsOf([...heard.spans, ...earlierSpans]);
  const scope = { cutOff, edition, today, before, trend, aspects, earlier, roster, pins };
  const { themes, names: themeNames } = await readThemes(sql, scope, {
    counted: heard.themes,
    recent,
    earlier: prior,
  });
  const { work, names: workNames } = await readWork(sql, question);
  const dayBefore = edition === 'day' ? trend.at(-1) : undefined;
  const silent = isPartial ? [] : silentIn(heard.spans, { today, trend });
  const frozen = {
    cutOff,
    earlier,
    roster,
    themes,
    work,
    told: dayBefore === undefined ? null : await readTold(sql, digest, dayBefore.date),
    reread: await readReread(sql, cutOff, earlier.at(-1)?.seen ?? null),
    configRefusedAt: (await readRefusal(sql))?.refusedAt.toISOString() ?? null,
    names: { ...workNames, ...themeNames },
    sources: await readSources(sql, { silent, now }),
    bins: binsOf(heard.spans.filter((span) => isWithin(today, span))),
    pins,
  };
  return { frozen, counted: await countedFacts(sql, scope, { heard, earlierSpans }) };
}

/** Who checks figures counts their rows. */
async function count(sql: Sql, scope: CountScope): Promise<CountedFacts> {
  const reading = { cutOff: scope.cutOff, pins: scope.pins, mayUseKept: false };
  const heard = await hear(sql, scope, { reading, themeSpans: {} });
  return countedFacts(sql, scope, {
    heard,
    earlierSpans: await readRollupFacts(sql, reading, scope.earlier),
  });
}

async function recount(sql: Sql, scope: CountScope): Promise<CountedDay> {
  const cutOff = await takeCutOff(sql);
  const reading = { cutOff, pins: null, mayUseKept: true };
  const alone = { ...scope, cutOff, before: scope.today, trend: [], roster: [] };
  return (await hear(sql, alone, { reading, themeSpans: {} })).today;
}

async function readEarlierDays(sql: Sql, digest: string, date: string): Promise<CountScope['earlier']> {
  const found = await sql.query<{ date: string; from: Date; to: Date; seen: CutOff }>(
    READ_EARLIER_DAYS,
    date,
    digest,
  );
  return found.map(({ from, to, ...day }) => ({ ...day, from: from.toISOString(), to: to.toISOString() }));
}

function pinsOf(spans: readonly RollupSpan[]): CountScope['pins'] {
  const counted = spans.flatMap(({ facts }) => facts.pins?.counted ?? []);
  const uncounted = spans.flatMap(({ facts }) => facts.pins?.uncounted ?? []);
  return { counted: counted.toSorted(), uncounted: uncounted.toSorted() };
}

function binsOf(spans: readonly RollupSpan[]): DayBins {
  const sum = (bin: keyof DayBins): number => spans.reduce((total, { facts }) => total + facts.bins[bin], 0);
  return {
    heard: sum('heard'),
    quarantined: sum('quarantined'),
    looksReal: sum('looksReal'),
    unsure: sum('unsure'),
    noOpinion: sum('noOpinion'),
    ours: sum('ours'),
    waiting: sum('waiting'),
  };
}

/** Days of the week before on which a source has to be heard for its silence to be news. */
const USUAL_DAYS = 4;

/** Ids of sources that were heard on most days of the week before and not on the day. */
function silentIn(
  spans: readonly RollupSpan[],
  { today, trend }: Pick<DigestQuestion, 'today' | 'trend'>,
): readonly number[] {
  const heardOn = (day: DayWindow): Set<number> =>
    new Set(spans.filter((span) => isWithin(day, span)).flatMap(({ facts }) => facts.sources));
  const week = trend.slice(-7).map(heardOn);
  const now = heardOn(today);
  return [...new Set(week.flatMap((day) => [...day]))].filter(
    (source) => !now.has(source) && week.filter((day) => day.has(source)).length >= USUAL_DAYS,
  );
}

/** Nothing is new to those who have read no digest yet. */
async function readReread(sql: Sql, cutOff: CutOff, seen: CutOff | null): Promise<RereadFact | null> {
  if (seen === null) return null;
  const [reread] = await sql.query<RereadFact>(READ_REREAD, JSON.stringify(cutOff), JSON.stringify(seen));
  return reread ?? null;
}

async function readSources(
  sql: Sql,
  { silent, now }: { readonly silent: readonly number[]; readonly now: Date },
): Promise<FrozenRows['sources']> {
  const names = await sql.query<{ name: string }>(READ_SOURCE_NAMES, JSON.stringify(silent));
  const silentNames = new Set(names.map(({ name }) => name));
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
