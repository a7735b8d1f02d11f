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
  private newest = -1;
  /** By message. */
  private readonly speakers: number[] = [];
  private readonly texts: number[] = [];

  add(message: number, { speaker, text, polarity }: Spoken): void {
    this.polarity[polarity] += 1;
    if (message === this.newest) return;
    this.newest = message;
    this.speakers.push(speaker);
    this.texts.push(text);
  }

  get people(): number {
    return distinct(this.speakers).length;
  }

  figures(people: People): ThemeFigures {
    const speakers = distinct(this.speakers);
    const accounts = distinct(
      speakers.map((speaker) => people.accountOf(speaker)).filter((account) => account > 0),
    );
    const messages = this.texts.length;
    return {
      tally: { messages, people: speakers.length, accounts: accounts.length },
      polarity: this.polarity,
      copies: messages - distinct(this.texts).length,
    };
  }
}

interface Spoken {
  readonly speaker: number;
  readonly text: number;
  readonly polarity: Polarity;
}

function distinct(numbers: readonly number[] | Int32Array): Int32Array {
  return Int32Array.from(numbers)
    .toSorted()
    .filter((each, at, sorted) => each !== sorted[at - 1]);
}

export interface CountedTheme {
  readonly id: string;
  /** By the name of the span; missing where nobody spoke of it. Counted when asked for. */
  readonly counts: () => Readonly<Record<string, ThemeFigures>>;
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
  const names = Object.keys(spans);
  const counts = new Map<number, ThemeRecord>();
  const weigh = weigher(people, roster);
  const recordOf = (theme: number): ThemeRecord => {
    const known = counts.get(theme);
    if (known) return known;
    const list = (): Heaviest => new Heaviest(QUOTES);
    const fresh = {
      spans: names.map(() => new ThemeCount()),
      quotes: { negative: list(), neutral: list(), positive: list() },
    };
    counts.set(theme, fresh);
    return fresh;
  };
  return {
    add(speech) {
      const { rollup, speakers, firstMessage } = speech;
      const { label, labels, message, theme, mention, textHash } = rollup;
      const within = names.map((name) => isWithin(spans[name] as DayWindow, rollup));
      const places = [...names.keys()].filter((place) => within[place]);
      const isRecent = within[names.indexOf('recent')] === true;
      const isQuotable = isRecent || within[names.indexOf('earlier')] === true;
      for (let at = 0; at < label.length; at += 1) {
        const id = theme[at] ?? 0;
        const said = labels[label[at] ?? 0];
        if (id === 0 || said === undefined) continue;
        if (aspects !== null && !aspects.includes(said.aspect)) continue;
        const place = message[at] ?? 0;
        const record = recordOf(id);
        const spoken = { speaker: speakers[place] ?? 0, text: textHash[place] ?? 0, polarity: said.polarity };
        for (const span of places) record.spans[span]?.add(firstMessage + place, spoken);
        if (!isQuotable) continue;
        const weight = weigh(speech, at) + (isRecent ? RECENT_WEIGHT : 0);
        record.quotes[said.polarity].offer(weight, mention[place] ?? 0);
      }
    },
    themes: () =>
      [...counts]
        .map(([id, record]) => ({
          id,
          record,
          now: record.spans[names.indexOf('recent')]?.people ?? 0,
          was: record.spans[names.indexOf('earlier')]?.people ?? 0,
        }))
        .filter(({ now, was }) => Math.max(now, was) >= FEWEST_PEOPLE)
        .toSorted(
          (a, b) =>
            Math.abs(b.now - b.was) - Math.abs(a.now - a.was) ||
            Math.max(b.now, b.was) - Math.max(a.now, a.was) ||
            a.id - b.id,
        )
        .map(({ id, record }) => ({
          id: String(id),
          counts: () => figuresOf(record, { names, people }),
          mentions: Object.values(record.quotes).flatMap(({ chosen }) => chosen.map(String)),
        })),
  };
}

interface ThemeRecord {
  /** In the order of the spans' names. */
  readonly spans: readonly ThemeCount[];
  readonly quotes: Readonly<Record<Polarity, Heaviest>>;
}

/** By the name of the span; missing where nobody spoke of it. */
function figuresOf(
  { spans }: ThemeRecord,
  { names, people }: { readonly names: readonly string[]; readonly people: People },
): Readonly<Record<string, ThemeFigures>> {
  const figures = spans.map((span, place) => [names[place] ?? '', span.figures(people)] as const);
  return Object.fromEntries(figures.filter(([, { tally }]) => tally.messages > 0));
}
