import type { CountedTheme } from '../digest/counting/count-themes.ts';
import type { DayWindow } from '../domain/digest.ts';
import type { CaseStanding, ThemeFact } from '../domain/digest-work.ts';
import type { CountScope, DigestQuestion } from '../domain/ports/digest-read-model.ts';
import type { Sql } from './database.ts';
import { countParameters, dayList } from './digest-scope.ts';
import { READ_THEME_QUOTES, READ_THEMES } from './digest-sql.ts';
import { itemOf, type QuoteRow } from './digest-work.ts';
import { READ_STANDINGS } from './digest-work-sql.ts';

const NOBODY = { messages: 0, people: 0, accounts: 0 };

/** The two spans of time that themes are compared over. */
export interface ThemeSpans {
  readonly recent: DayWindow;
  readonly earlier: DayWindow;
}

interface NamedTheme {
  readonly id: string;
  readonly name: string;
  readonly aspect: string;
  readonly firstHeardAt: Date;
}

type ThemeQuoteRow = QuoteRow & {
  readonly themeId: string;
  readonly textKey: string;
  readonly name: string | null;
};

/** What themes are counted over: today, the two spans that are compared, and the weeks of a longer edition. */
export function themeSpansOf(
  { edition, today, trend }: Pick<DigestQuestion, 'edition' | 'today' | 'trend'>,
  { recent, earlier }: ThemeSpans,
): Readonly<Record<string, DayWindow>> {
  const weeks =
    edition === 'day' ? [] : [...trend, today].map((week) => [`week ${week.date}`, week] as const);
  return { today, recent, earlier, ...Object.fromEntries(weeks) };
}

/** What customers speak of, most moved first, with the names of the accounts that are quoted. */
export async function readThemes(
  sql: Sql,
  scope: CountScope,
  { recent, earlier, ...heard }: ThemeSpans & { readonly counted: readonly CountedTheme[] },
): Promise<{ readonly themes: readonly ThemeFact[]; readonly names: Readonly<Record<string, string>> }> {
  const counted = new Map(heard.counted.map((theme) => [theme.id, theme]));
  const named = await sql.query<NamedTheme>(READ_THEMES, JSON.stringify([...counted.keys()]));
  if (named.length === 0) return { themes: [], names: {} };
  const ids = named.map(({ id }) => id);
  const quotes = await sql.query<ThemeQuoteRow>(
    READ_THEME_QUOTES,
    ...countParameters(scope, dayList({ recent, earlier })),
    JSON.stringify(scope.roster.map(({ id }) => id)),
    JSON.stringify(ids),
    JSON.stringify(ids.flatMap((id) => counted.get(id)?.mentions ?? [])),
  );
  const standings = await sql.query<CaseStanding & { readonly themeId: string }>(
    READ_STANDINGS,
    JSON.stringify(ids),
  );
  const themes = named.flatMap((theme) => {
    const figures = counted.get(theme.id);
    if (figures === undefined) return [];
    const standing = standings.find(({ themeId }) => themeId === theme.id);
    return [
      {
        id: theme.id,
        aspect: theme.aspect,
        name: theme.name,
        firstHeardAt: theme.firstHeardAt.toISOString(),
        ...figuresOf(figures),
        quotes: quotes
          .filter(({ themeId }) => themeId === theme.id)
          .map((row) => ({ ...itemOf(row), textKey: row.textKey })),
        standing: standing === undefined ? null : standingOf(standing),
      },
    ];
  });
  const names = quotes.flatMap(({ accountId, name }) =>
    accountId === null || name === null ? [] : [[accountId, name]],
  );
  return { themes, names: Object.fromEntries(names) };
}

function figuresOf(
  theme: CountedTheme,
): Pick<ThemeFact, 'today' | 'recent' | 'earlier' | 'polarity' | 'copies' | 'weeksHeard'> {
  const counts = theme.counts();
  const mood = counts['recent'] ?? counts['earlier'];
  return {
    today: counts['today']?.tally ?? NOBODY,
    recent: counts['recent']?.tally ?? NOBODY,
    earlier: counts['earlier']?.tally ?? NOBODY,
    polarity: mood?.polarity ?? { negative: 0, neutral: 0, positive: 0 },
    copies: mood?.copies ?? 0,
    weeksHeard: Object.keys(counts).filter((name) => name.startsWith('week ')).length,
  };
}

function standingOf({ caseId, department, status, owner, resolution }: CaseStanding): CaseStanding {
  return { caseId, department, status, owner, resolution };
}
