import type { DayWindow } from '../../domain/digest.ts';
import type { Tally } from '../../domain/digest-quote.ts';
import type { Aspect, Polarity } from '../../domain/words.ts';
import { Heaviest, weigher } from './choose-opinions.ts';
import type { People, Speech } from './people.ts';
import { isWithin } from './spans.ts';

/** Fewer people than this make no theme of a digest. */
const FEWEST_PEOPLE = 3;
/** Opinions of each polarity that are looked at for a quote: a few more than are read. */
const QUOTES = 4;
/** Puts what is recent before all else. */
const RECENT_WEIGHT = 1e12;

/** One theme in one span of time. */
class ThemeCount {
  readonly polarity: Record<Polarity, number> = { negative: 0, neutral: 0, positive: 0 };
  private messages = 0;
  private newest = -1;
  private readonly speakers = new Set<number>();
  private readonly texts = new Set<number>();

  add(
    message: number,
    { speaker, text, polarity }: { speaker: number; text: number; polarity: Polarity },
  ): void {
    this.polarity[polarity] += 1;
    if (message === this.newest) return;
    this.newest = message;
    this.messages += 1;
    this.speakers.add(speaker);
    this.texts.add(text);
  }

  get people(): number {
    return this.speakers.size;
  }

  get copies(): number {
    return this.messages - this.texts.size;
  }

  tally(people: People): Tally {
    const accounts = new Set([...this.speakers].map((speaker) => people.accountOf(speaker)));
    accounts.delete(0);
    return { messages: this.messages, people: this.speakers.size, accounts: accounts.size };
  }
}

export interface CountedTheme {
  readonly id: string;
  readonly now: number;
  readonly was: number;
  /** By the name of the span; missing where nobody spoke of it. */
  readonly counts: Readonly<Record<string, ThemeFigures>>;
  /** Ids of mentions that may be quoted. */
  readonly mentions: readonly string[];
}

export interface ThemeFigures {
  readonly tally: Tally;
  readonly polarity: Readonly<Record<Polarity, number>>;
  readonly copies: number;
}

/** Themes that people spoke of, by span of time. */
export interface ThemesCount {
  add(speech: Speech): void;
  /** Those of at least three people in `recent` or `earlier`, most moved first. */
  themes(): readonly CountedTheme[];
}

interface ThemesQuestion {
  readonly aspects: readonly Aspect[] | null;
  readonly roster: readonly string[];
  /** `recent` and `earlier`, and what else is to be told. */
  readonly spans: Readonly<Record<string, DayWindow>>;
}

export function createThemesCount(people: People, { aspects, roster, spans }: ThemesQuestion): ThemesCount {
  const counts = new Map<number, Map<string, ThemeCount>>();
  const quotable = new Map<number, Record<Polarity, Heaviest>>();
  const weigh = weigher(people, roster);
  const countOf = (theme: number, name: string): ThemeCount => {
    const ofTheme = counts.get(theme) ?? new Map<string, ThemeCount>();
    counts.set(theme, ofTheme);
    const count = ofTheme.get(name) ?? new ThemeCount();
    ofTheme.set(name, count);
    return count;
  };
  const quotesOf = (theme: number): Record<Polarity, Heaviest> => {
    const known = quotable.get(theme);
    if (known) return known;
    const list = (): Heaviest => new Heaviest(QUOTES);
    const fresh = { negative: list(), neutral: list(), positive: list() };
    quotable.set(theme, fresh);
    return fresh;
  };
  return {
    add(speech) {
      const { rollup, speakers, firstMessage } = speech;
      const { label, labels, message, theme, mention, textHash } = rollup;
      const names = Object.keys(spans).filter((name) => isWithin(spans[name] as DayWindow, rollup));
      const isQuotable = names.includes('recent') || names.includes('earlier');
      const first = names.includes('recent') ? RECENT_WEIGHT : 0;
      for (let at = 0; at < label.length; at += 1) {
        const id = theme[at] ?? 0;
        const said = labels[label[at] ?? 0];
        if (id === 0 || said === undefined) continue;
        if (aspects !== null && !aspects.includes(said.aspect)) continue;
        const place = message[at] ?? 0;
        const spoken = { speaker: speakers[place] ?? 0, text: textHash[place] ?? 0, polarity: said.polarity };
        for (const name of names) countOf(id, name).add(firstMessage + place, spoken);
        if (isQuotable) quotesOf(id)[said.polarity].offer(first + weigh(speech, at), mention[place] ?? 0);
      }
    },
    themes: () =>
      [...counts]
        .map(([id, ofTheme]) => ({
          id,
          now: ofTheme.get('recent')?.people ?? 0,
          was: ofTheme.get('earlier')?.people ?? 0,
          ofTheme,
        }))
        .filter(({ now, was }) => Math.max(now, was) >= FEWEST_PEOPLE)
        .toSorted(
          (a, b) =>
            Math.abs(b.now - b.was) - Math.abs(a.now - a.was) ||
            Math.max(b.now, b.was) - Math.max(a.now, a.was) ||
            a.id - b.id,
        )
        .map(({ id, now, was, ofTheme }) => ({
          id: String(id),
          now,
          was,
          counts: Object.fromEntries([...ofTheme].map(([name, count]) => [name, figuresOf(count, people)])),
          mentions: Object.values(quotesOf(id)).flatMap(({ chosen }) => chosen.map(String)),
        })),
  };
}

function figuresOf(count: ThemeCount, people: People): ThemeFigures {
  return { tally: count.tally(people), polarity: count.polarity, copies: count.copies };
}
