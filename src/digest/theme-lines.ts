import type { DigestFacts, QuoteItem, ThemeLine, ThemeStage } from '../domain/digest.ts';
import type { ThemeFact } from '../domain/digest-work.ts';
import { localDate } from './calendar.ts';
import { recentWords } from './period-words.ts';
import { FEW_VOICES, number, people, shortDate } from './words.ts';

const MOST_THEMES = 5;
/** A theme grows or fades by at least so many people, and by half. */
const MOVED_BY = 3;
const MOVED_TIMES = 1.5;
/** A theme divides people when its smaller side has at least this share of its good and bad opinions. */
const DIVIDED_FROM = 1 / 3;
const ORDER: Readonly<Record<ThemeStage, number>> = { new: 0, growing: 1, fading: 2, steady: 3, heard: 3 };

/** What may not be shown twice; shared with the other quotes. */
type Pick = (theme: ThemeFact, wanted: (item: QuoteItem) => boolean) => readonly QuoteItem[];

/**
 * The themes worth a line: what is new first, then what grows, fades and stays, each by its people. One whose words were all shown
 * under another says nothing more.
 */
export function themeLines(facts: DigestFacts, pick: Pick): readonly ThemeLine[] {
  return facts.frozen.themes
    .map((theme) => ({ theme, stage: stageOf(theme, facts) }))
    .filter(
      ({ theme, stage }) =>
        stage === 'new' || Math.max(theme.recent.people, theme.earlier.people) >= FEW_VOICES,
    )
    .toSorted(
      (a, b) =>
        ORDER[a.stage] - ORDER[b.stage] ||
        sizeOf(b.theme) - sizeOf(a.theme) ||
        Number(a.theme.id) - Number(b.theme.id),
    )
    .map(({ theme, stage }) => ({
      theme,
      stage,
      words: wordsOf(theme, stage, facts),
      quotes: quotesOf(theme, pick),
    }))
    .filter(({ theme, quotes }) => quotes.length > 0 || theme.quotes.length === 0)
    .slice(0, MOST_THEMES);
}

function sizeOf({ recent, earlier }: ThemeFact): number {
  return Math.max(recent.people, earlier.people);
}

function stageOf({ firstHeardAt, recent, earlier }: ThemeFact, { frozen, counted }: DigestFacts): ThemeStage {
  const now = recent.people;
  const was = earlier.people;
  const start = recentStart(frozen);
  if (counted.listeningSince === null || counted.listeningSince >= start) return 'heard';
  if (firstHeardAt >= start) return 'new';
  if (now - was >= MOVED_BY && now >= was * MOVED_TIMES) return 'growing';
  if (was - now >= MOVED_BY && was >= now * MOVED_TIMES) return 'fading';
  return 'steady';
}

/** The first instant of the days that themes are looked at over. */
function recentStart({ edition, today, trend }: DigestFacts['frozen']): string {
  return edition === 'day' ? (trend.at(-6)?.from ?? today.from) : today.from;
}

/** `12 people in 7 days, 4 in the 7 before; 3 of them today`. */
function wordsOf(theme: ThemeFact, stage: ThemeStage, { frozen }: DigestFacts): string {
  const { firstHeardAt, recent, earlier, today, copies } = theme;
  const { during, before } = recentWords(frozen);
  const zone = frozen.definition.zone;
  const since =
    stage === 'new'
      ? `, first heard ${shortDate(localDate(zone, Date.parse(firstHeardAt)))}`
      : stage === 'heard'
        ? ''
        : `, ${number(earlier.people)} ${before}`;
  const day =
    frozen.edition !== 'day' || recent.people === 0
      ? ''
      : today.people === 0
        ? '; nobody on this day'
        : `; ${today.people === recent.people ? 'all' : number(today.people)} on this day`;
  const echo =
    recent.messages > 2 && (copies + 1) * 2 > recent.messages
      ? `; ${copies + 1 === recent.messages ? 'all' : number(copies + 1)} one text, passed around`
      : '';
  return `${people(recent.people)} ${during}${since}${day}${echo}`;
}

/** One quote of the side that most are on, and one of the other where the theme divides people. */
function quotesOf(theme: ThemeFact, pick: Pick): readonly QuoteItem[] {
  const { negative, positive } = theme.polarity;
  const [side, other] =
    negative >= positive ? (['negative', 'positive'] as const) : (['positive', 'negative'] as const);
  const small = Math.min(negative, positive);
  const isDivided = small >= 2 && small >= DIVIDED_FROM * (negative + positive);
  const first = pick(theme, ({ polarity }) => polarity === side);
  const main = first.length > 0 ? first : pick(theme, () => true);
  return isDivided ? [...main, ...pick(theme, ({ polarity }) => polarity === other)] : main;
}
