import type {
  AspectTally,
  CountedDay,
  CountedFacts,
  DigestFacts,
  QuoteItem,
  Tally,
  Tile,
} from '../domain/digest.ts';
import { type Aspect, BUILT_IN_ASPECTS } from '../domain/words.ts';
import { beforeName, thenWords } from './period-words.ts';
import { FEW_VOICES, number, people, percentOf } from './words.ts';

/** An echo is only spoken of when there are enough messages for one. */
const ECHO_FROM = 5;
const MOST_TILES = 8;
const NOBODY: Tally = { messages: 0, people: 0, accounts: 0 };

/** How an aspect was spoken of on a day, zeros when it was not. */
export function aspectOf(day: CountedDay, aspect: Aspect): AspectTally {
  const silent = { aspect, all: NOBODY, negative: NOBODY, neutral: NOBODY, positive: NOBODY };
  return day.aspects.find((heard) => heard.aspect === aspect) ?? silent;
}

/** The four aspects of every workspace, then its own when they were heard; a department has exactly its own. */
export function tileAspects({ frozen, counted }: DigestFacts): readonly Aspect[] {
  if (frozen.aspects !== null) return frozen.aspects.slice(0, MOST_TILES);
  const builtIn: readonly Aspect[] = BUILT_IN_ASPECTS;
  const own = counted.today.aspects
    .filter(({ aspect }) => aspect !== 'other' && !builtIn.includes(aspect))
    .toSorted((a, b) => b.all.people - a.all.people || (a.aspect < b.aspect ? -1 : 1))
    .map(({ aspect }) => aspect);
  return [...builtIn, ...own].slice(0, MOST_TILES);
}

export function tileOf(aspect: Aspect, { frozen, counted }: DigestFacts, quotes: readonly QuoteItem[]): Tile {
  const today = aspectOf(counted.today, aspect);
  const before = aspectOf(counted.before, aspect);
  return {
    aspect,
    today,
    before,
    mixed: counted.shapes.find((shape) => shape.aspect === aspect)?.mixed ?? 0,
    change: changeOf(today.all.people, before.all.people, {
      day: beforeName(frozen),
      at: thenWords(frozen),
      hasBefore: hasBefore({ frozen, counted }),
    }),
    isFewVoices: today.all.people > 0 && today.all.people < FEW_VOICES,
    echo: echoOf(aspect, today.all.messages, counted),
    trend: [...counted.trend, counted.today].map((day) => ({
      date: day.date,
      people: aspectOf(day, aspect).all.people,
    })),
    quotes,
  };
}

/** Whether listening had begun by the end of the day that is compared with. */
export function hasBefore({ frozen, counted }: DigestFacts): boolean {
  return counted.listeningSince !== null && counted.listeningSince < frozen.before.to;
}

function changeOf(
  now: number,
  then: number,
  { day, at, hasBefore }: { day: string; at: string; hasBefore: boolean },
): Tile['change'] {
  if (!hasBefore) return { arrow: '', words: `no figures for ${day} yet` };
  if (now < FEW_VOICES && then < FEW_VOICES) {
    return now === 0 && then === 0
      ? { arrow: '', words: `nobody, as ${at}` }
      : { arrow: '', words: `few voices (${number(then)} ${at})` };
  }
  if (now === then) return { arrow: '=', words: `as many as ${at}` };
  const percent = now < FEW_VOICES ? '' : percentOf(Math.abs(now - then), then);
  const share = percent === '' ? '' : `, ${now > then ? '+' : '−'}${percent}`;
  const words = `${number(Math.abs(now - then))} ${now > then ? 'more' : 'fewer'} than ${day} (${number(then)}${share})`;
  return { arrow: now > then ? '▲' : '▼', words };
}

function echoOf(aspect: Aspect, messages: number, { shapes }: CountedFacts): Tile['echo'] {
  const shape = shapes.find((candidate) => candidate.aspect === aspect);
  if (shape === undefined || messages < ECHO_FROM) return null;
  if (shape.byOneAuthor * 2 > messages) return { kind: 'author', messages: shape.byOneAuthor };
  return shape.byOneText * 2 > messages ? { kind: 'text', messages: shape.byOneText } : null;
}

/** What the tile's flags say, each a short sentence. */
export function tileNotes({ isFewVoices, echo, mixed, today }: Tile): readonly string[] {
  return [
    ...(isFewVoices ? ['few voices'] : []),
    ...(echo?.kind === 'author'
      ? [`echo: ${number(echo.messages)} of ${number(today.all.messages)} from one person`]
      : []),
    ...(echo?.kind === 'text'
      ? [`echo: ${number(echo.messages)} of ${number(today.all.messages)} are one text`]
      : []),
    ...(mixed > 0 ? [`${number(mixed)} ${mixed === 1 ? 'says' : 'say'} both good and bad`] : []),
  ];
}

/** `25 people, up from 12 on Sun 15 Nov`; without a time to compare with, the people alone. */
export function peopleWithChange(now: number, then: number, day: string | null): string {
  if (day === null) return people(now);
  if (now === then) return `${people(now)}, as many as ${day}`;
  return `${people(now)}, ${changeFrom(now, then)} ${day}`;
}

/** `up from 12`, `down from 9`, `up from none`. */
export function changeFrom(now: number, then: number): string {
  return `${now > then ? 'up' : 'down'} from ${then === 0 ? 'none' : number(then)}`;
}
