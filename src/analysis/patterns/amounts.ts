import { NAMED } from '../lexicon/lexicon.ts';
import type { Hit } from '../lexicon/phrase-index.ts';
import type { Token } from '../text/tokens.ts';
import { wordSet } from '../word-set.ts';

const SIGNS = '$£€';
/** Words that stand behind an amount, in lower case. */
export const CURRENCIES: ReadonlySet<string> = wordSet(
  'eur euro euros usd dollar dollars dólar dólares dolares bucks gbp pound pounds quid libras chf franken francs pesos reais kr kronor kroner rs rupees',
);
/** A pound is a weight as often: the words around it tell. */
const WEIGHTS: ReadonlySet<string> = new Set(['pound', 'pounds']);
const NUMBER = /^\p{N}/u;
/** A currency and its amount that are written as one word. */
const IN_ONE = /^(?:usd|eur|gbp|aud|cad|nzd|chf|inr|rs|rm)\p{N}/u;

/** Amounts of money (`$20`, `20 €`, `15 bucks`, `AUD300`): who gives one speaks of what something costs. */
export function findAmounts(tokens: readonly Token[]): Hit[] {
  const hits: Hit[] = [];
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    if (next !== undefined && (isSigned(token, next) || isCounted(token, next)))
      hits.push(amount(at, at + 2));
    else if (IN_ONE.test(token.norm)) hits.push(amount(at, at + 1));
  }
  return hits;
}

function amount(from: number, to: number): Hit {
  return { from, to, name: 'pricing', weight: NAMED };
}

function isSigned(sign: Token, number: Token): boolean {
  return isSign(sign) && NUMBER.test(number.norm);
}

function isCounted(number: Token, currency: Token): boolean {
  if (number.kind !== 'word' || !NUMBER.test(number.norm)) return false;
  return isSign(currency) || (CURRENCIES.has(currency.norm) && !WEIGHTS.has(currency.norm));
}

function isSign({ kind, norm }: Token): boolean {
  return kind === 'mark' && SIGNS.includes(norm);
}
