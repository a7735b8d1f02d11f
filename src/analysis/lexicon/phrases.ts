import { tokenize } from '../text/tokens.ts';

const PLAIN = /^[\p{L}\p{N}]+$/u;

/** Splits a list of a pack into phrases of normalised words, each also as people write it without accents. */
export function phrasesOf(list: string, lang: string): string[][] {
  const phrases: string[][] = [];
  for (const entry of list.split(',')) {
    const phrase = entry.trim();
    if (phrase === '') continue;
    const words = packWordsOf(phrase);
    phrases.push(words);
    const bare = words.map((word) => withoutAccents(word, lang));
    if (bare.join(' ') !== words.join(' ')) phrases.push(bare);
  }
  return phrases;
}

function packWordsOf(phrase: string): string[] {
  return phrase.split(' ').flatMap((word) => {
    const isOpen = word.length > 1 && word.endsWith('*');
    // Most words are plain letters; only elisions, hyphens and signs need the tokenizer.
    const bare = isOpen ? word.slice(0, -1) : word;
    const words = PLAIN.test(bare) ? [bare] : wordsOf(bare);
    return isOpen ? [...words.slice(0, -1), `${words.at(-1) ?? ''}*`] : words;
  });
}

/** The normalised words of a phrase. */
export function wordsOf(phrase: string): string[] {
  return tokenize(phrase, [{ start: 0, end: phrase.length }])
    .filter((token) => token.kind === 'word')
    .map((token) => token.norm);
}

function withoutAccents(word: string, lang: string): string {
  if (lang === 'de')
    return word.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss');
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '');
}
