import type { Hit } from '../lexicon/phrase-index.ts';
import { normAt, type Token } from '../text/tokens.ts';
import { wordSet } from '../word-set.ts';

/** What people rate out of. */
const SCALES = wordSet('5 10 100');
/** What may follow `2 out of 5` that rates; before another word it counts things. */
const RATED = wordSet(
  `star stars estrella estrellas étoile étoiles stern sterne sternen estrela estrelas ster sterren for would from rating score and but if because`,
);
/** Before a day of a month (`on 5/10`). */
const DATING = wordSet(
  'on since from until till by before after of dated el del desde le du am vom seit em dia desde op sinds',
);
const OF = wordSet('von sur van de');
const NUMBER = /^\p{N}{1,4}(?:[.,]\p{N})?$/u;
/** From this share of the scale on a rating praises or blames so much. */
const STEPS = [
  [0.9, 2.5],
  [0.7, 1.2],
  [0.5, 0],
  [0.3, -1.2],
  [0, -2.5],
] as const;

/** Ratings (`10/10`, `4.5/5`, `2 out of 5`): judging phrases. */
export function findRatings(tokens: readonly Token[]): Hit[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word' || !NUMBER.test(token.norm)) return [];
    const to = scaleAt(tokens, at + 1);
    if (to === undefined) return [];
    const share = Number(token.norm.replace(',', '.')) / Number(tokens[to]?.norm);
    const isDate = DATING.has(normAt(tokens, at - 1)) || (share > 1.1 && share < 10);
    const [, weight] = STEPS.find(([least]) => share >= least) ?? [];
    return isDate || weight === undefined ? [] : [{ from: at, to: to + 1, name: '', weight }];
  });
}

/** Where the number stands that is rated out of. */
function scaleAt(tokens: readonly Token[], at: number): number | undefined {
  const first = normAt(tokens, at);
  const isLong = first === 'out' && normAt(tokens, at + 1) === 'of';
  const of = isLong ? at + 2 : at + 1;
  if (!SCALES.has(normAt(tokens, of)) || (first !== '/' && !isLong && !OF.has(first))) return undefined;
  const next = tokens[of + 1];
  const isCounting = next?.norm === '/' || (first !== '/' && next?.kind === 'word' && !RATED.has(next.norm));
  return isCounting ? undefined : of;
}
