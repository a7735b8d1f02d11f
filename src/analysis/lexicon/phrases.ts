import { ELIDED_ALONE, tokenize } from '../text/tokens.ts';

/** One word to the tokenizer too: letters, or what English joins by an apostrophe (`won't`). Elisions (`l'accueil`) are two. */
const PLAIN = /^(?:[\p{L}\p{N}]+|(?:i|(?!\p{L}*qu')\p{L}{2,})'\p{L}+)$/u;
/** Most phrases are of ASCII letters alone, which hold no accents and need no tokenizer. */
const ASCII = /^(?:(?:[a-z0-9]+|(?:i|(?![a-z]*qu')[a-z]{2,})'[a-z]+)(?: |\*?$))+$/;

/** Splits a list of a pack into phrases: normalised words with a space between, each also as people write it without accents. */
export function phrasesOf(list: string, lang: string): string[] {
  const phrases: string[] = [];
  for (const entry of list.split(',')) {
    const raw = entry.trim();
    if (raw === '') continue;
    const phrase = ASCII.test(raw) ? raw : packWordsOf(raw).join(' ');
    phrases.push(phrase);
    const bare = ASCII.test(phrase) ? phrase : withoutAccents(phrase, lang);
    if (bare !== phrase) phrases.push(bare);
  }
  return phrases;
}

function packWordsOf(phrase: string): string[] {
  return phrase.split(' ').flatMap((word) => {
    const isOpen = word.length > 1 && word.endsWith('*');
    // Most words are plain letters; only elisions, hyphens and signs need the tokenizer.
    const bare = isOpen ? word.slice(0, -1) : word;
    const words = PLAIN.test(bare) || ELIDED_ALONE.test(bare) ? [bare] : wordsOf(bare);
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
