import type { Hit } from '../lexicon/phrase-index.ts';
import type { Token } from '../text/tokens.ts';

/** What people rate out of. */
const SCALES = new Set(['5', '10', '100']);
/** What may follow a rating; before another word (`3 out of 5 items`) it counts things. */
const AFTER = new Set(
  'star stars estrella estrellas étoile étoiles stern sterne sternen estrela estrelas ster sterren for would from rating score and but if because'.split(
    ' ',
  ),
);
const NUMBER = /^\p{N}{1,3}$/u;
/** From this share of the scale on a rating praises or blames so much. */
const STEPS = [
  [0.9, 2.5],
  [0.7, 1.2],
  [0.5, 0],
  [0.3, -1.2],
  [0, -2.5],
] as const;

/** Ratings (`10/10`, `2 out of 5`): judging phrases. */
export function findRatings(tokens: readonly Token[]): Hit[] {
  return tokens.flatMap((token, at) => {
    const rated = Number(token.norm);
    const of = token.kind === 'word' && NUMBER.test(token.norm) ? scaleAt(tokens, at + 1) : undefined;
    const scale = Number(tokens[of ?? -1]?.norm);
    if (of === undefined || rated > scale) return [];
    const [, weight = 0] = STEPS.find(([share]) => rated / scale >= share) ?? [];
    return [{ from: at, to: of + 1, name: '', weight }];
  });
}

/** Where the number stands that is rated out of. */
function scaleAt(tokens: readonly Token[], at: number): number | undefined {
  const [first, second] = [tokens[at]?.norm ?? '', tokens[at + 1]?.norm ?? ''];
  const of = first === 'out' && second === 'of' ? at + 2 : at + 1;
  const isRated = of === at + 2 || first === '/' || ['von', 'sur', 'van', 'de'].includes(first);
  const next = tokens[of + 1];
  const isCounting = next?.norm === '/' || (next?.kind === 'word' && !AFTER.has(next.norm));
  return isRated && !isCounting && SCALES.has(tokens[of]?.norm ?? '') ? of : undefined;
}
