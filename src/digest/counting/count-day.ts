import type { CountedDay } from '../../domain/digest.ts';
import type { SaidLabel } from '../../domain/rollup.ts';
import type { Aspect, Polarity } from '../../domain/words.ts';
import { Counter, type People, type Speech } from './people.ts';

interface AspectCount {
  readonly all: Counter;
  readonly by: Readonly<Record<Polarity, Counter>>;
}

/** Messages, people and accounts of one span of time: all, by aspect and polarity, by intent, urgent ones. */
export interface DayCount {
  add(speech: Speech): void;
  counted(date: string): CountedDay;
}

/** Counts what is about the aspects; null: everything. */
export function createDayCount(people: People, aspects: readonly Aspect[] | null): DayCount {
  const counter = (): Counter => new Counter(people);
  const total = counter();
  const [purchase, churn, urgent] = [counter(), counter(), counter()];
  const byAspect = new Map<Aspect, AspectCount>();
  const ofAspect = (aspect: Aspect): AspectCount => {
    const known = byAspect.get(aspect);
    if (known) return known;
    const fresh = { all: counter(), by: { negative: counter(), neutral: counter(), positive: counter() } };
    byAspect.set(aspect, fresh);
    return fresh;
  };
  const countersOf = ({ aspect, polarity, intent, urgency }: SaidLabel): readonly Counter[] => {
    if (aspects !== null && !aspects.includes(aspect)) return [];
    const { all, by } = ofAspect(aspect);
    const counters = [total, all, by[polarity]];
    if (intent === 'purchase') counters.push(purchase);
    if (intent === 'churn') counters.push(churn);
    if (urgency >= 2) counters.push(urgent);
    return counters;
  };
  return {
    add({ rollup, speakers, firstMessage }) {
      const { label, message } = rollup;
      const counters = rollup.labels.map(countersOf);
      for (let at = 0; at < label.length; at += 1) {
        const place = message[at] ?? 0;
        for (const each of counters[label[at] ?? 0] ?? [])
          each.add(firstMessage + place, speakers[place] ?? 0);
      }
    },
    counted: (date) => ({
      date,
      total: total.tally,
      aspects: [...byAspect]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([aspect, { all, by }]) => ({
          aspect,
          all: all.tally,
          negative: by.negative.tally,
          neutral: by.neutral.tally,
          positive: by.positive.tally,
        })),
      purchase: purchase.tally,
      churn: churn.tally,
      urgent: urgent.tally,
    }),
  };
}
