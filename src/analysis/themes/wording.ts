import { createRequire } from 'node:module';
import { plainWordsOf } from './plain-words.ts';
import { sameWordsOf } from './same-words.ts';

/** A word of an opinion as it stands there, with what it is likened by. */
export interface Word {
  /** As written, without signs at its ends; a phrase of one meaning (`on hold`) is one word. */
  readonly text: string;
  /** What it is likened by: its meaning or stem; null for a word that tells nothing. */
  readonly term: string | null;
  /** How it is told to be a name: capitals at the start of a sentence say nothing. */
  readonly capital: 'none' | 'first' | 'inner';
  /** Nothing but a blank stands between it and the word before. */
  readonly isJoined: boolean;
}

export interface Reader {
  /** The words of an opinion in order; handles, links, mail addresses and numbers are no words. Pure and linear. */
  read(text: string, lang: string): readonly Word[];
}

type Stem = (word: string) => string;
interface Language {
  readonly stem: Stem;
  readonly plain: ReturnType<typeof plainWordsOf>;
  readonly same: ReadonlyMap<string, string>;
}

const STEMMERS: Readonly<Record<string, string>> = {
  en: 'porter_stemmer.js',
  es: 'porter_stemmer_es.js',
  fr: 'porter_stemmer_fr.js',
  de: 'porter_stemmer_de.js',
  pt: 'porter_stemmer_pt.js',
  nl: 'porter_stemmer_nl.js',
};

const NO_WORDS = /https?:\/\/\S+|www\.\S+|\S+@\S+\.\S+|@\w+|\brt\b(?=\s*@)|&\w+;/giu;
const WORD = /[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}]+)*/gu;
/** One row of letters; longer ones are no words of any language. */
const LONGEST = 40;
const ELIDED = /^(?:[ldjnscmt]|qu)['’](?=.)/u;
const PHRASE = 3;

/** Loads a language's endings when its first text comes. */
export function createReader(): Reader {
  const require = createRequire(import.meta.url);
  const languages = new Map<string, Language>();
  const languageOf = (lang: string): Language => {
    const known = languages.get(lang);
    if (known !== undefined) return known;
    const file = STEMMERS[lang];
    const stemmer =
      file === undefined ? null : (require(`natural/lib/natural/stemmers/${file}`) as { stem: Stem });
    const language: Language = {
      stem: (word) => stemmer?.stem(word) || word,
      plain: plainWordsOf(lang),
      same: sameWordsOf(lang),
    };
    languages.set(lang, language);
    return language;
  };
  return { read: (text, lang) => readWords(text, languageOf(lang === 'und' ? 'en' : lang)) };
}

function readWords(text: string, language: Language): Word[] {
  const clean = text.normalize('NFKC').replace(NO_WORDS, (found) => '\n'.padEnd(found.length));
  const found = [...clean.matchAll(WORD)].filter(([word]) => word.length <= LONGEST);
  const isShouting = clean === clean.toUpperCase();
  const lower = found.map(([word]) => lookUp(word));
  const words: Word[] = [];
  for (let at = 0; at < found.length; at += 1) {
    const { term, length } = termAt(at, lower, language);
    const [first, last, before] = [found[at], found[at + length - 1], found[at - 1]];
    if (first === undefined || last === undefined) break;
    const text = clean.slice(first.index, last.index + last[0].length);
    const gap = before === undefined ? '\n' : clean.slice(before.index + before[0].length, first.index);
    words.push({
      text,
      term,
      capital: isShouting ? 'none' : capitalOf(text, gap),
      isJoined: gap === ' ',
    });
    at += length - 1;
  }
  return words;
}

/** Lower case, straight apostrophes, no letter more than twice in a row. */
function lookUp(word: string): string {
  return word
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(ELIDED, '')
    .replaceAll(/(\p{L})\1{2,}/gu, '$1$1');
}

function termAt(
  at: number,
  lower: readonly string[],
  { stem, plain, same }: Language,
): { term: string | null; length: number } {
  for (let length = PHRASE; length > 1; length -= 1) {
    const meaning = same.get(lower.slice(at, at + length).join('-'));
    if (meaning !== undefined && at + length <= lower.length) return { term: meaning, length };
  }
  const word = lower[at] ?? '';
  const bare = word.replace(/'(?:s|ll|ve|re|d|m)$/u, '');
  if (word.endsWith("n't") || plain.isNegator(bare.replace("'", ''))) return { term: 'not', length: 1 };
  const meaning = same.get(bare);
  if (meaning !== undefined) return { term: meaning, length: 1 };
  if (bare.length < 2 || plain.isPlain(bare.replace("'", ''))) return { term: null, length: 1 };
  return { term: stem(bare), length: 1 };
}

function capitalOf(word: string, gap: string): Word['capital'] {
  const isCapital = /^\p{Lu}\p{Ll}/u.test(word);
  if (!isCapital) return 'none';
  return /[.!?…\n:“"]/u.test(gap) ? 'first' : 'inner';
}
