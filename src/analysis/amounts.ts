import { NAMED } from './lexicon/lexicon.ts';
import type { Hit } from './lexicon/phrase-index.ts';
import type { Token } from './text/tokens.ts';

const SIGNS = '$£€';
const CURRENCIES = new Set(
  'eur euro euros usd dollar dollars dólar dólares dolares bucks gbp pound pounds quid libras chf franken francs pesos reais real kr kronor kroner rs rupees'.split(
    ' ',
  ),
);
const NUMBER = /^\p{N}/u;

/** Amounts of money (`$20`, `20 €`, `15 bucks`): who gives one speaks of what something costs. */
export function findAmounts(tokens: readonly Token[]): Hit[] {
  const hits: Hit[] = [];
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    if (next !== undefined && (isSigned(token, next) || isCounted(token, next)))
      hits.push({ from: at, to: at + 2, name: 'pricing', weight: NAMED });
  }
  return hits;
}

function isSigned(sign: Token, number: Token): boolean {
  return isSign(sign) && NUMBER.test(number.norm);
}

function isCounted(number: Token, currency: Token): boolean {
  return (
    number.kind === 'word' && NUMBER.test(number.norm) && (isSign(currency) || CURRENCIES.has(currency.norm))
  );
}

function isSign({ kind, norm }: Token): boolean {
  return kind === 'mark' && SIGNS.includes(norm);
}
