import { createRandom } from './training/random.ts';

const ROUNDS = 200;
const SEED = 7;

/** The middle 95 % of a figure over samples drawn again with replacement; the same items give the same interval. */
export function bootstrap<T>(
  items: readonly T[],
  figure: (drawn: readonly T[]) => number,
): readonly [low: number, high: number] {
  const random = createRandom(SEED);
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const drawn = items
      .map(() => items[Math.floor(random() * items.length)])
      .filter((one) => one !== undefined);
    figures.push(figure(drawn));
  }
  figures.sort((a, b) => a - b);
  return [figures[Math.floor(ROUNDS * 0.025)] ?? 0, figures[Math.ceil(ROUNDS * 0.975) - 1] ?? 0];
}
