import { TfIdf } from 'natural/lib/natural/tfidf/index.js';
import { isGivenName } from '../given-names.ts';
import { wordSet } from '../word-set.ts';
import type { Word } from './wording.ts';

/** Words in a row at most. */
const LONGEST = 4;
const MOST_LETTERS = 48;
/** Share of a theme's opinions that must have a word of its name, or the name has got wrong. */
const STILL_SAID = 0.25;
/** Share of its opinions that must have several words, or one of them names it better alone. */
const SAID_TOGETHER = 0.35;
/** Words that add nothing to a name, whichever side they stand on. */
const WEAK =
  wordSet(`a an the this that my your our his her their its i we you he she they it to for of from on at in with by was is are were be been am and or but
as if there el la los las un una de del en mi su y que es le les du des ma mon et est der die das den dem ein eine ist und im mein o os um uma do da
no na meu minha e é het een van mijn`);

export interface ThemeToName {
  readonly id: string;
  /** The words of its opinions, some of them when there are many. */
  readonly opinions: readonly (readonly Word[])[];
}

/**
 * Names themes of one aspect by the phrase, as somebody wrote it, that most of their opinions have and the
 * aspect's others do not (TF-IDF). A word that is a person's name as far as can be told is in no name. A theme whose opinions have
 * no such phrase is left out. Pure.
 */
export function nameThemes(
  themes: readonly ThemeToName[],
  others: readonly (readonly Word[])[],
): ReadonlyMap<string, string> {
  const lowerCased = new Set(
    [...themes.flatMap(({ opinions }) => opinions), ...others]
      .flat()
      .flatMap(({ text, capital }) => (capital === 'none' ? [text.toLowerCase()] : [])),
  );
  const isName = ({ text, capital }: Word): boolean =>
    isGivenName(text.replace(/['’]s$/u, '')) || (capital === 'inner' && !lowerCased.has(text.toLowerCase()));
  const told = themes.map(({ opinions }) => opinions.map((words) => phrasesOf(words, isName)));
  const tfidf = new TfIdf();
  for (const opinions of told) tfidf.addDocument(countsOf(opinions));
  for (const words of others) tfidf.addDocument(countsOf([phrasesOf(words, isName)]));
  return new Map(
    themes.flatMap(({ id, opinions }, at) => {
      const name = bestName(tfidf, at, told[at] ?? []);
      return name === null ? [] : [[id, withNeighbour(name, opinions, isName)]];
    }),
  );
}

/** Whether a name still tells what the opinions are about. */
export function isStillSaid(
  name: string,
  nameWords: readonly Word[],
  opinions: ThemeToName['opinions'],
): boolean {
  const terms = nameWords.flatMap(({ term }) => term ?? []);
  if (name === '' || terms.length === 0) return false;
  const saying = opinions.filter((words) => words.some(({ term }) => term !== null && terms.includes(term)));
  return saying.length >= opinions.length * STILL_SAID;
}

const PARTICLES = new Set(['up', 'off', 'out', 'down', 'back', 'through', 'again']);

interface Phrase {
  /** Its terms in alphabetical order: `lost bags` and `bag is lost` are one. */
  readonly key: string;
  readonly text: string;
  readonly terms: number;
}

/** Rows of words that begin and end with one that tells something, and any two such words in their order; each once. */
function phrasesOf(words: readonly Word[], isName: (word: Word) => boolean): Phrase[] {
  const found = new Map<string, Phrase>();
  const add = (row: readonly Word[]): void => {
    const terms = new Set(row.flatMap(({ term }) => term ?? []));
    const key = [...terms].toSorted().join(' ');
    const said = row.map(({ text }) => text.toLowerCase());
    const text = said.filter((word, at) => at === 0 || !WEAK.has(word)).join(' ');
    if (!found.has(key) && text.length <= MOST_LETTERS) found.set(key, { key, text, terms: terms.size });
  };
  const isTelling = (word: Word | undefined): boolean =>
    word !== undefined && word.term !== null && !isName(word);
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= Math.min(words.length, from + LONGEST); to += 1) {
      const row = words.slice(from, to);
      if (row.slice(1).some(({ isJoined }) => !isJoined) || row.some(isName)) break;
      if (isTelling(row[0]) && isTelling(row.at(-1)) && row.at(-1)?.term !== 'not') add(row);
    }
  }
  const telling = words.filter((word) => isTelling(word) && word.term !== 'not');
  for (const [at, one] of telling.entries()) {
    for (const other of telling.slice(at + 1)) if (other.term !== one.term) add([one, other]);
  }
  return [...found.values()];
}

function countsOf(opinions: readonly (readonly Phrase[])[]): Record<string, string> {
  const counts: Record<string, number> = Object.create(null) as Record<string, number>;
  for (const { key } of opinions.flat()) counts[key] = (counts[key] ?? 0) + 1;
  // The library's type asks for texts where its code counts.
  return counts as unknown as Record<string, string>;
}

/** More words tell more, as long as enough opinions have them: `lost bags` rather than `bags`. */
const WORTH = [0, 1, 2, 2.2] as const;

function bestName(tfidf: TfIdf, at: number, opinions: readonly (readonly Phrase[])[]): string | null {
  const spellings = new Map<string, Phrase[]>();
  for (const phrase of opinions.flat())
    spellings.set(phrase.key, [...(spellings.get(phrase.key) ?? []), phrase]);
  const atLeast = (share: number): number => Math.min(opinions.length, Math.max(2, opinions.length * share));
  const scored = [...spellings.values()]
    .filter((phrases) => phrases.length >= atLeast((phrases[0]?.terms ?? 1) > 1 ? SAID_TOGETHER : STILL_SAID))
    .map((phrases) => ({ phrases, score: scoreOf(tfidf, at, phrases[0]) }))
    .toSorted((a, b) => b.score - a.score);
  const texts = (scored[0]?.phrases ?? []).map(({ text }) => text);
  return mostFrequent(texts);
}

function scoreOf(tfidf: TfIdf, at: number, phrase: Phrase | undefined): number {
  return phrase === undefined ? 0 : tfidf.tfidf([phrase.key], at) * (WORTH[phrase.terms] ?? 1);
}

/** What stands at least `fewest` times; of equally frequent texts the shortest, then the alphabet's first, whatever their order. */
function mostFrequent(texts: readonly string[], fewest = 1): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [best] = [...counts].toSorted(
    ([a, times], [b, others]) => others - times || a.length - b.length || (a < b ? -1 : 1),
  );
  return best !== undefined && best[1] >= fewest ? best[0] : null;
}

/** A single word with what mostly stands before it, or the particle behind it: `too expensive`, `hung up`. */
function withNeighbour(
  name: string,
  opinions: ThemeToName['opinions'],
  isName: (word: Word) => boolean,
): string {
  if (name.includes(' ')) return name;
  const pairs = opinions.flatMap((words) =>
    words.flatMap((word, at) => {
      const before = words[at - 1];
      if (before === undefined || !word.isJoined || isName(before) || isName(word)) return [];
      const [one, other] = [before.text.toLowerCase(), word.text.toLowerCase()];
      const isTelling = other === name ? !WEAK.has(one) : one === name && PARTICLES.has(other);
      return isTelling ? [`${one} ${other}`] : [];
    }),
  );
  return mostFrequent(pairs, 2) ?? name;
}
