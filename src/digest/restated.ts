import type { CountedDay, DigestDocument, Restatement, ToldDay } from '../domain/digest.ts';
import { aspectOf } from './tiles.ts';
import { listed, number, shortDate } from './words.ts';

/** The people by aspect that a digest tells. */
export function toldBy({ frozen, tiles }: DigestDocument): ToldDay {
  return {
    date: frozen.today.date,
    people: tiles.map(({ aspect, today }) => ({ aspect, people: today.all.people })),
  };
}

/** Where a day counts differently now from what its own digest told: messages that came late, corrections, a changed account. */
export function restatementsOf(told: ToldDay | null, now: CountedDay | undefined): readonly Restatement[] {
  if (told === null || now === undefined || now.date !== told.date) return [];
  return told.people.flatMap(({ aspect, people: was }) => {
    const today = aspectOf(now, aspect).all.people;
    return today === was ? [] : [{ date: told.date, aspect, was, now: today }];
  });
}

/** `Restated since Sun 22 Nov: pricing 25 → 23 people.`; empty when nothing is. */
export function restatedSentence(restated: readonly Restatement[]): string {
  const [first] = restated;
  if (first === undefined) return '';
  const parts = restated.map(({ aspect, was, now }) => `${aspect} ${number(was)} → ${number(now)}`);
  const last = restated.at(-1)?.now ?? 0;
  return `Restated since the digest of ${shortDate(first.date)}: ${listed(parts)} ${last === 1 ? 'person' : 'people'}.`;
}
