import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { readLists } from './lists.ts';
import { dutch } from './nl.ts';
import type { LanguagePack, Phrases } from './pack.ts';
import { portuguese } from './pt.ts';

/** Every language we hold words of, English first: it also reads what no other fits. */
export const packs: readonly [LanguagePack, ...LanguagePack[]] = [
  packOf(english),
  packOf(spanish),
  packOf(french),
  packOf(german),
  packOf(portuguese),
  packOf(dutch),
];

export const LANGUAGES: readonly string[] = packs.map(({ lang }) => lang);

function packOf(phrases: Phrases): LanguagePack {
  return { ...phrases, ...readLists(phrases.lang) };
}
