import { JaroWinklerDistance } from 'natural/lib/natural/distance/index.js';
import { Metaphone } from 'natural/lib/natural/phonetics/index.js';
import { shortKey } from '../../digest/answer-account.ts';
import type { EntityMention, NamedEntity } from '../../domain/entity.ts';

/** Jaro-Winkler from which two spellings that sound alike are one name; `Atlas` and `Atlus` give 0.91, `Acme` and `Acne` 0.87. */
const NEAR_ENOUGH = 0.9;
/** Shorter names differ too little from ordinary words: they must be spelt as they are. */
const SHORTEST_GUESS = 5;
/** A word in small letters is more likely another word than a misspelt name, unless it is long. */
const SHORTEST_SMALL_GUESS = 7;
/** Up to this length, capitals must be those of the name: `GO` is no `go`. */
const CAPITALS_MATTER = 4;
const MOST_WORDS = 5;

const WORD = /[\p{L}\p{N}]+(?:[&.’'+-][\p{L}\p{N}]+)*\+*/gu;

interface Spelling {
  readonly entity: NamedEntity;
  /** As written in the config or the accounts file. */
  readonly written: string;
  readonly key: string;
  readonly words: number;
}

interface TextWord {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Makes a finder of names and aliases, longest first. Names in the file hold in any capitals; an account's is often an ordinary word,
 * so it holds only with its first capital. Names of five letters or more are found misspelt too, when they sound alike and
 * differ little. Pure.
 */
export function createNameFinder(entities: readonly NamedEntity[]): (text: string) => EntityMention[] {
  const exact = new Map<string, Spelling[]>();
  const near = new Map<string, Spelling[]>();
  const metaphone = new Metaphone();
  const soundOf = (key: string): string =>
    `${key.at(0)} ${metaphone.process(key.replaceAll(/[^\p{L}]/gu, ''))}`;
  for (const spelling of entities.flatMap(spellingsOf)) {
    exact.set(spelling.key, [...(exact.get(spelling.key) ?? []), spelling]);
    if (spelling.key.length < SHORTEST_GUESS || !/^[\p{L} ]+$/u.test(spelling.key)) continue;
    const sound = soundOf(spelling.key);
    near.set(sound, [...(near.get(sound) ?? []), spelling]);
  }
  const initials = new Set([...near.keys()].map((sound) => sound.at(0)));
  const longest = Math.min(MOST_WORDS, Math.max(0, ...[...exact.values()].flat().map(({ words }) => words)));

  const matchAt = (text: string, words: readonly TextWord[], count: number): EntityMention | null => {
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined || words.length < count) return null;
    const key = words.map((word) => word.key).join(' ');
    const said = text.slice(first.start, last.end);
    const spelt = exact.get(key)?.find((spelling) => isSpelt(spelling, said));
    const guessed = spelt ?? (initials.has(key.at(0)) ? guess(key, said, count) : undefined);
    if (guessed === undefined) return null;
    const { kind, name } = guessed.entity;
    return { kind, name, how: spelt === undefined ? 'near' : 'exact', start: first.start, end: last.end };
  };

  const guess = (key: string, said: string, count: number): Spelling | undefined => {
    const isCapital = /^\p{Lu}/u.test(said);
    if (key.length < (isCapital ? SHORTEST_GUESS : SHORTEST_SMALL_GUESS) || exact.has(key)) return undefined;
    return near
      .get(soundOf(key))
      ?.find(
        (spelling) =>
          spelling.words === count &&
          (isCapital || spelling.entity.kind !== 'account') &&
          Math.abs(spelling.key.length - key.length) <= 2 &&
          JaroWinklerDistance(key, spelling.key) >= NEAR_ENOUGH,
      );
  };

  return (text) => {
    if (longest === 0) return [];
    const words = wordsOf(text);
    const found: EntityMention[] = [];
    for (let at = 0; at < words.length; at += 1) {
      for (let count = Math.min(longest, words.length - at); count > 0; count -= 1) {
        const match = matchAt(text, words.slice(at, at + count), count);
        if (match === null) continue;
        found.push(match);
        at += count - 1;
        break;
      }
    }
    return found;
  };
}

function spellingsOf(entity: NamedEntity): Spelling[] {
  const short = entity.kind === 'account' ? [shortKey(entity.name)] : [];
  const written = [entity.name, ...entity.aliases];
  const shortened = short.map((key) => entity.name.slice(0, key.length));
  return [...new Set([...written, ...shortened])].flatMap((text) => {
    const words = wordsOf(text);
    const key = words.map((word) => word.key).join(' ');
    return key.length < 2 ? [] : [{ entity, written: text, key, words: words.length }];
  });
}

function isSpelt({ entity, written, key }: Spelling, said: string): boolean {
  if (key.length <= CAPITALS_MATTER) return said === written || said === written.toUpperCase();
  return entity.kind !== 'account' || /^[\p{Lu}\p{N}]/u.test(said);
}

function wordsOf(text: string): TextWord[] {
  return [...text.matchAll(WORD)].map((match) => {
    const said = match[0].replace(/['’]s$/iu, '');
    return {
      key: said.normalize('NFKC').toLowerCase().replaceAll('’', "'"),
      start: match.index,
      end: match.index + said.length,
    };
  });
}
