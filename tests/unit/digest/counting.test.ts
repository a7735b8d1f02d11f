import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOpinionChoice } from '../../../src/digest/counting/choose-opinions.ts';
import { createAccountsCount } from '../../../src/digest/counting/count-accounts.ts';
import { createDayCount } from '../../../src/digest/counting/count-day.ts';
import { createShapeCount } from '../../../src/digest/counting/count-shapes.ts';
import { createThemesCount } from '../../../src/digest/counting/count-themes.ts';
import { createPeople, type People, type Speech } from '../../../src/digest/counting/people.ts';
import { BUCKET_MS, cutSpans, isWholeBucket, isWithin } from '../../../src/digest/counting/spans.ts';
import type { Rollup, SaidLabel } from '../../../src/domain/rollup.ts';
import { POLARITIES } from '../../../src/domain/words.ts';

interface Said {
  readonly aspect: string;
  readonly polarity: (typeof POLARITIES)[number];
  readonly intent: SaidLabel['intent'];
  readonly urgency: SaidLabel['urgency'];
  readonly theme: number;
  readonly confidence: number;
}
interface Message {
  readonly author: number;
  readonly text: number;
  readonly opinions: readonly Said[];
}

const said = fc.record({
  aspect: fc.constantFrom('product', 'sales', 'pricing', 'parking'),
  polarity: fc.constantFrom(...POLARITIES),
  intent: fc.constantFrom<SaidLabel['intent']>('none', 'purchase', 'churn', 'complaint'),
  urgency: fc.constantFrom<SaidLabel['urgency']>(0, 1, 2, 3),
  theme: fc.integer({ min: 0, max: 3 }),
  confidence: fc.constantFrom(0.4, 0.6, 0.9),
});
const message = fc.record({
  author: fc.integer({ min: 1, max: 12 }),
  text: fc.integer({ min: -3, max: 3 }),
  opinions: fc.array(said, { minLength: 1, maxLength: 4 }),
});
const days = fc.array(fc.array(message, { maxLength: 12 }), { minLength: 1, maxLength: 6 });

const ACCOUNTS = new Map([
  [1, 7],
  [2, 7],
  [3, 8],
  [5, 9],
]);
const NO_FACTS: Rollup['facts'] = {
  bins: { heard: 0, quarantined: 0, looksReal: 0, unsure: 0, noOpinion: 0, ours: 0, waiting: 0 },
  pins: null,
  models: [],
  sources: [],
};
const instant = (at: number): string => new Date(at).toISOString();

/** The n-th quarter of an hour, in which mentions have the ids from n * 100. */
function rollupOf(messages: readonly Message[], n: number): Rollup {
  const rows = messages.flatMap(({ opinions }, place) =>
    opinions.map((each) => ({ ...each, place, isMixed: isMixed(opinions) })),
  );
  return {
    from: n * BUCKET_MS,
    to: (n + 1) * BUCKET_MS,
    newestReadXid: 0,
    facts: NO_FACTS,
    labels: rows.map(({ aspect, polarity, intent, urgency, isMixed: mixed }) => ({
      aspect,
      polarity,
      intent,
      urgency,
      isMixed: mixed,
      isShort: false,
      opinions: 1,
    })),
    label: Uint16Array.from(rows.keys()),
    message: Int32Array.from(rows.map(({ place }) => place)),
    theme: Int32Array.from(rows.map(({ theme }) => theme)),
    confidence: Uint16Array.from(rows.map(({ confidence }) => confidence * 10_000)),
    mention: Float64Array.from(messages.map((_, place) => n * 100 + place)),
    author: Int32Array.from(messages.map(({ author }) => author)),
    textHash: Int32Array.from(messages.map(({ text }) => text)),
  };
}

function isMixed(opinions: readonly Said[]): boolean {
  const ways = new Set(opinions.map(({ polarity }) => polarity));
  return ways.has('negative') && ways.has('positive');
}

function heardBy(people: People, quarters: readonly (readonly Message[])[]): readonly Speech[] {
  return quarters.map((messages, n) => people.meet(rollupOf(messages, n)));
}

/** Messages, people and accounts of what matches, counted the slow way. */
function tally(messages: readonly Message[], matches: (opinion: Said) => boolean) {
  const fitting = messages.filter(({ opinions }) => opinions.some(matches));
  const authors = new Set(fitting.map(({ author }) => author));
  const accounts = new Set([...authors].flatMap((author) => ACCOUNTS.get(author) ?? []));
  return { messages: fitting.length, people: authors.size, accounts: accounts.size };
}

const ASPECTS = [null, ['sales', 'parking']] as const;

describe('what columns of opinions count', () => {
  it.each(ASPECTS)('is what sets of messages, people and accounts count, for %j', (aspects) => {
    const counts = ({ aspect }: Said): boolean =>
      aspects === null || (aspects as readonly string[]).includes(aspect);
    fc.assert(
      fc.property(days, (quarters) => {
        const people = createPeople(ACCOUNTS);
        const day = createDayCount(people, aspects);
        for (const speech of heardBy(people, quarters)) day.add(speech);
        const all = quarters.flat();
        const counted = day.counted('2026-11-22');

        expect(counted.total).toEqual(tally(all, counts));
        expect(counted.purchase).toEqual(tally(all, (each) => counts(each) && each.intent === 'purchase'));
        expect(counted.churn).toEqual(tally(all, (each) => counts(each) && each.intent === 'churn'));
        expect(counted.urgent).toEqual(tally(all, (each) => counts(each) && each.urgency >= 2));
        for (const { aspect, all: whole, ...by } of counted.aspects) {
          expect(whole).toEqual(tally(all, (each) => each.aspect === aspect));
          for (const polarity of POLARITIES)
            expect(by[polarity]).toEqual(
              tally(all, (each) => each.aspect === aspect && each.polarity === polarity),
            );
        }
        const spoken = new Set(
          all.flatMap(({ opinions }) => opinions.filter(counts).map(({ aspect }) => aspect)),
        );
        expect(counted.aspects.map(({ aspect }) => aspect)).toEqual([...spoken].toSorted());
      }),
    );
  });

  it('finds the loudest author, the most copied text and what is said both ways', () => {
    const most = (values: readonly number[]): number =>
      Math.max(0, ...values.map((value) => values.filter((other) => other === value).length));
    fc.assert(
      fc.property(days, (quarters) => {
        const people = createPeople(ACCOUNTS);
        const shapes = createShapeCount(null);
        for (const speech of heardBy(people, quarters)) shapes.add(speech);

        for (const { aspect, mixed, byOneAuthor, byOneText } of shapes.shapes()) {
          const own = quarters.flat().flatMap((each) => {
            const opinions = each.opinions.filter((opinion) => opinion.aspect === aspect);
            return opinions.length === 0 ? [] : [{ ...each, opinions }];
          });
          expect(byOneAuthor).toBe(most(own.map(({ author }) => author)));
          expect(byOneText).toBe(most(own.map(({ text }) => text)));
          expect(mixed).toBe(own.filter(({ opinions }) => isMixed(opinions)).length);
        }
      }),
    );
  });

  it('tells what each account of the roster said', () => {
    fc.assert(
      fc.property(days, (quarters) => {
        const people = createPeople(ACCOUNTS);
        const accounts = createAccountsCount(people, null, ['7', '9']);
        for (const speech of heardBy(people, quarters)) accounts.add(speech);
        const expected = [7, 9].flatMap((account) => {
          const own = quarters.flat().filter(({ author }) => ACCOUNTS.get(author) === account);
          const count = (polarity?: string): number =>
            tally(own, (each) => polarity === undefined || each.polarity === polarity).messages;
          const people = tally(own, () => true).people;
          if (own.length === 0) return [];
          return [
            {
              accountId: `${account}`,
              messages: own.length,
              people,
              negative: count('negative'),
              positive: count('positive'),
            },
          ];
        });

        expect(accounts.activity()).toEqual(expected);
      }),
    );
  });

  it('counts themes by span, those of three people first that moved most', () => {
    const window = (from: number, to: number) => ({
      date: '',
      from: instant(from * BUCKET_MS),
      to: instant(to * BUCKET_MS),
    });
    const spans = { today: window(4, 6), recent: window(3, 6), earlier: window(0, 3) };
    fc.assert(
      fc.property(days, (quarters) => {
        const people = createPeople(ACCOUNTS);
        const themes = createThemesCount(people, { aspects: null, roster: [], spans });
        for (const speech of heardBy(people, quarters)) themes.add(speech);
        const within = (from: number, to: number) => quarters.slice(from, to).flat();
        const of = (theme: number, messages: readonly Message[]) =>
          tally(messages, (each) => each.theme === theme);
        const expected = [1, 2, 3]
          .map((id) => ({ id, now: of(id, within(3, 6)).people, was: of(id, within(0, 3)).people }))
          .filter(({ now, was }) => Math.max(now, was) >= 3)
          .toSorted(
            (a, b) =>
              Math.abs(b.now - b.was) - Math.abs(a.now - a.was) ||
              Math.max(b.now, b.was) - Math.max(a.now, a.was) ||
              a.id - b.id,
          );

        const counted = themes.themes();
        expect(counted.map(({ id }) => Number(id))).toEqual(expected.map(({ id }) => id));
        for (const { id, counts: figures } of counted) {
          const counts = figures();
          const nobody = { messages: 0, people: 0, accounts: 0 };
          expect(counts['today']?.tally ?? nobody).toEqual(of(Number(id), within(4, 6)));
          expect(counts['recent']?.tally ?? nobody).toEqual(of(Number(id), within(3, 6)));
          expect(counts['earlier']?.tally ?? nobody).toEqual(of(Number(id), within(0, 3)));
        }
      }),
    );
  });

  it('chooses among more than it keeps the heaviest, of equals the newer', () => {
    const people = createPeople(ACCOUNTS);
    const choice = createOpinionChoice(people, null, ['7']);
    const plain = (confidence: number, author = 12): Message => ({
      author,
      text: 0,
      opinions: [{ aspect: 'sales', polarity: 'negative', intent: 'none', urgency: 0, theme: 0, confidence }],
    });
    const many = Array.from({ length: 90 }, () => plain(0.5));
    for (const speech of heardBy(people, [[plain(0.9), plain(0.5, 1), ...many.slice(0, 40)], many.slice(40)]))
      choice.add(speech);

    const mentions = choice.mentions().map(Number);
    expect(mentions.slice(0, 2)).toEqual([0, 1]);
    expect(mentions.slice(2, 5)).toEqual([149, 148, 147]);
  });
});

describe('spans', () => {
  it('cut windows at quarters of an hour and at each other’s ends, without what none covers', () => {
    const at = (minutes: number): string => instant(minutes * 60_000);
    const windows = [
      { date: '', from: at(0), to: at(37) },
      { date: '', from: at(20), to: at(45) },
      { date: '', from: at(90), to: at(105) },
    ];

    const spans = cutSpans(windows);

    expect(spans.map(({ from, to }) => [from / 60_000, to / 60_000])).toEqual([
      [0, 15],
      [15, 20],
      [20, 30],
      [30, 37],
      [37, 45],
      [90, 105],
    ]);
    expect(spans.filter(isWholeBucket)).toHaveLength(2);
    expect(spans.filter((span) => windows.some((window) => isWithin(window, span)))).toHaveLength(6);
  });
});
