import type { DayWindow, QuoteItem, ToldDay } from '../domain/digest.ts';
import type { CaseStanding, ClosedCase, OpenCase, ThemeFact, WorkFacts } from '../domain/digest-work.ts';
import type { CountScope, DigestQuestion } from '../domain/ports/digest-read-model.ts';
import type { Sql } from './database.ts';
import { countParameters, dayList } from './digest-scope.ts';
import { COUNT_THEMES, READ_THEME_QUOTES } from './digest-sql.ts';
import {
  COUNT_OPEN,
  READ_CLOSED,
  READ_MISROUTES,
  READ_OPEN,
  READ_STANDINGS,
  READ_TOLD,
} from './digest-work-sql.ts';

const NOBODY = { messages: 0, people: 0, accounts: 0 };
/** Who has not heard what became of something within this many days will not find it in today's news. */
const CLOSED_WITHIN_DAYS = 7;
const DAY_MS = 86_400_000;

interface QuoteRow extends Omit<QuoteItem, 'ref'> {
  readonly mentionId: string;
  readonly revisionId: string;
  readonly spanStart: number;
  readonly spanEnd: number;
}

function itemOf({ mentionId, revisionId, spanStart, spanEnd, ...row }: QuoteRow): QuoteItem {
  const { aspect, polarity, intent, urgency, platform, accountId } = row;
  const ref = { mentionId, revisionId, spanStart, spanEnd };
  return { ref, aspect, polarity, intent, urgency, platform, accountId };
}

/** The two spans of time that themes are compared over. */
export interface ThemeSpans {
  readonly recent: DayWindow;
  readonly earlier: DayWindow;
}

interface ThemeRow {
  readonly id: string;
  readonly name: string;
  readonly aspect: string;
  /** `today`, `recent`, `earlier` or one of the weeks. */
  readonly key: string;
  readonly messages: number;
  readonly people: number;
  readonly accounts: number;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
  readonly copies: number;
  readonly firstHeardAt: Date;
}

/** What customers speak of, with the names of the accounts that are quoted. */
export async function readThemes(
  sql: Sql,
  scope: CountScope,
  { recent, earlier }: ThemeSpans,
): Promise<{ readonly themes: readonly ThemeFact[]; readonly names: Readonly<Record<string, string>> }> {
  const weeks = Object.fromEntries(
    scope.edition === 'day' ? [] : [...scope.trend, scope.today].map((week) => [`week ${week.date}`, week]),
  );
  const days = { today: scope.today, recent, earlier };
  const rows = await sql.query<ThemeRow>(
    COUNT_THEMES,
    ...countParameters(scope, dayList({ ...days, ...weeks })),
  );
  const ids = [...new Set(rows.map(({ id }) => id))];
  if (ids.length === 0) return { themes: [], names: {} };
  const quotes = await sql.query<
    QuoteRow & { readonly themeId: string; readonly textKey: string; readonly name: string | null }
  >(
    READ_THEME_QUOTES,
    ...countParameters(scope, dayList({ recent, earlier })),
    JSON.stringify(scope.roster.map(({ id }) => id)),
    JSON.stringify(ids),
  );
  const standings = await sql.query<CaseStanding & { readonly themeId: string }>(
    READ_STANDINGS,
    JSON.stringify(ids),
  );
  const themes = ids.flatMap((id) => {
    const own = rows.filter((row) => row.id === id);
    const of = (key: string) => own.find((row) => row.key === key);
    const [first] = own;
    if (first === undefined) return [];
    const mood = of('recent') ?? of('earlier');
    const standing = standings.find(({ themeId }) => themeId === id);
    return [
      {
        id,
        aspect: first.aspect,
        name: first.name,
        firstHeardAt: first.firstHeardAt.toISOString(),
        today: tallyOf(of('today')),
        recent: tallyOf(of('recent')),
        earlier: tallyOf(of('earlier')),
        polarity: {
          negative: mood?.negative ?? 0,
          neutral: mood?.neutral ?? 0,
          positive: mood?.positive ?? 0,
        },
        copies: mood?.copies ?? 0,
        weeksHeard: own.filter(({ key, people }) => key.startsWith('week ') && people > 0).length,
        quotes: quotes
          .filter(({ themeId }) => themeId === id)
          .map((row) => ({ ...itemOf(row), textKey: row.textKey })),
        standing: standing === undefined ? null : standingOf(standing),
      },
    ];
  });
  const names = Object.fromEntries(
    quotes.flatMap(({ accountId, name }) => (accountId === null || name === null ? [] : [[accountId, name]])),
  );
  return { themes, names };
}

function tallyOf(row: ThemeRow | undefined): ThemeFact['today'] {
  return row === undefined ? NOBODY : { messages: row.messages, people: row.people, accounts: row.accounts };
}

function standingOf({ caseId, department, status, owner, resolution }: CaseStanding): CaseStanding {
  return { caseId, department, status, owner, resolution };
}

type Best = (QuoteRow & { readonly accountName: string | null }) | null;
type ClosedRow = Omit<ClosedCase, 'closedAt' | 'aspect' | 'quote'> & {
  readonly closedAt: Date;
  readonly best: Best;
};
type OpenRow = Omit<OpenCase, 'openedAt' | 'dueAt' | 'aspect' | 'quote' | 'tally'> &
  OpenCase['tally'] & {
    readonly openedAt: Date;
    readonly dueAt: Date | null;
    readonly best: Best;
  };

/** What was done and what waits, as of now, with the names of the accounts that are quoted. */
export async function readWork(
  sql: Sql,
  { today, now, department }: Pick<DigestQuestion, 'today' | 'now' | 'department'>,
): Promise<{ readonly work: WorkFacts; readonly names: Readonly<Record<string, string>> }> {
  const until = now.toISOString();
  const span = Date.parse(today.to) - Date.parse(today.from);
  const since = new Date(Date.parse(today.to) - Math.max(span, CLOSED_WITHIN_DAYS * DAY_MS)).toISOString();
  const closed = await sql.query<ClosedRow>(READ_CLOSED, since, until, department ?? null);
  const open = await sql.query<OpenRow>(READ_OPEN, department ?? null, until);
  const [counts] = await sql.query<Pick<WorkFacts, 'openCases' | 'overdue' | 'dueSoon'>>(
    COUNT_OPEN,
    department ?? null,
    until,
  );
  const misroutes = await sql.query<WorkFacts['misroutes'][number]>(
    READ_MISROUTES,
    since,
    until,
    department ?? null,
  );
  const work = {
    closed: closed.map(({ best, closedAt, ...row }) => ({
      ...row,
      closedAt: closedAt.toISOString(),
      ...aboutOf(best),
    })),
    open: open.map(({ best, openedAt, dueAt, messages, people, accounts, ...row }) => ({
      ...row,
      openedAt: openedAt.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
      tally: { messages, people, accounts },
      ...aboutOf(best),
    })),
    openCases: counts?.openCases ?? 0,
    overdue: counts?.overdue ?? 0,
    dueSoon: counts?.dueSoon ?? 0,
    misroutes,
  };
  const names = Object.fromEntries(
    [...closed, ...open].flatMap(({ best }) =>
      best === null || best.accountId === null || best.accountName === null
        ? []
        : [[best.accountId, best.accountName]],
    ),
  );
  return { work, names };
}

function aboutOf(best: Best): Pick<OpenCase, 'aspect' | 'quote'> {
  return best === null ? { aspect: null, quote: null } : { aspect: best.aspect, quote: itemOf(best) };
}

/** What the digest told of a day before; null when it had no run, or told nothing by aspect. */
export async function readTold(sql: Sql, digest: string, date: string): Promise<ToldDay | null> {
  const [row] = await sql.query<{
    date: string;
    tiles: readonly { aspect: string; today: { all: { people: number } } }[];
  }>(READ_TOLD, digest, date);
  if (row === undefined) return null;
  return {
    date: row.date,
    people: row.tiles.map(({ aspect, today }) => ({ aspect, people: today.all.people })),
  };
}
