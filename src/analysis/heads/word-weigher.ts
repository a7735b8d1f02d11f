import type { Polarity } from '../../domain/words.ts';
import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import type { WordFeatures, WordTable } from '../features/word-features.ts';
import { DIMENSIONS, type WordVectors } from '../features/word-vectors.ts';
import type { Token } from '../text/tokens.ts';
import { ASPECT_AT, OUTPUTS, objectAt, POLARITY_AT } from './outputs.ts';
import type { Weights } from './weights.ts';

/** How much one word by itself speaks for a label, in logits of a text of that word alone; filler words say nothing. */
export interface WordWeigher {
  aspect(token: Token | undefined, aspect: number): number;
  polarity(token: Token | undefined, aspect: number, polarity: Polarity): number;
}

const VECTOR_SCALE = 2 / 320;
const WORDS_KEPT = 20_000;

export function createWordWeigher(
  { hashed, scales, vector }: Weights,
  words: WordTable,
  vectors: WordVectors,
  fillers: ReadonlySet<string>,
): WordWeigher {
  // Words repeat, and what one weighs is dear to sum up.
  const kept = new Map<WordFeatures, Float64Array>();
  const weightOf = (token: Token, output: number): number => {
    if (fillers.has(token.norm)) return 0;
    const word = words.get(token);
    let known = kept.get(word);
    if (known === undefined) {
      if (kept.size >= WORDS_KEPT) kept.clear();
      known = new Float64Array(OUTPUTS).fill(Number.NaN);
      kept.set(word, known);
    }
    if (Number.isNaN(known[output])) known[output] = sumOf(word, output);
    return known[output] ?? 0;
  };
  const sumOf = ({ row, letters, vector: at }: WordFeatures, output: number): number => {
    let sum = hashed[row * OUTPUTS + output] ?? 0;
    for (const letter of letters) sum += (hashed[letter * OUTPUTS + output] ?? 0) / letters.length;
    sum *= scales[output] ?? 0;
    if (at >= 0) {
      for (let d = 0; d < DIMENSIONS; d += 1)
        sum +=
          (vectors.values[at * DIMENSIONS + d] ?? 0) * VECTOR_SCALE * (vector[d * OUTPUTS + output] ?? 0);
    }
    return sum;
  };
  return {
    aspect: (token, aspect) => (token === undefined ? 0 : weightOf(token, ASPECT_AT + aspect)),
    polarity: (token, aspect, polarity) => {
      if (token === undefined) return 0;
      const object = objectAt(BUILT_IN_ASPECTS[aspect] ?? 'customer');
      const towards = (side: 0 | 1): number =>
        weightOf(token, POLARITY_AT + side) + weightOf(token, object + side);
      return polarity === 'negative' ? towards(0) - towards(1) : towards(1) - towards(0);
    },
  };
}
