import type { Span } from '../sentences.ts';
import type { ClassSequence } from './classes.ts';
import { mix, rowOf } from './hashing.ts';
import type { TextWords } from './text-words.ts';

/** How much each kind of feature weighs; each is scaled by its own number in a unit, so that length does not decide. */
const WEIGHT = { words: 2, letters: 1.5, classes: 1.5, summary: 0.5, vector: 2 / 320 } as const;
/** How much words and letters weigh outside English, where too few have been seen to trust them. */
const ABROAD = 0.4;

const CLASS_SALT = 0x7ed55d;
const CLASS_PAIR_SALT = 0x165667;
const SUMMARY_SALT = 0x0d3a2b;

/** The features of one unit (a clause or the whole text): a stretch of the text's words, and rows of its own. */
export interface UnitFeatures {
  readonly words: TextWords;
  /** The words `first` to `last` (exclusive). */
  readonly first: number;
  readonly last: number;
  /** Rows of the classes alone and in pairs. */
  readonly classes: readonly number[];
  readonly summary: readonly number[];
  /** What a row of each kind counts, and the vector of a word. */
  readonly scales: Readonly<Record<keyof typeof WEIGHT, number>>;
}

export function readUnit(
  words: TextWords,
  { from, to }: Span,
  { classes, summary }: ClassSequence,
  isEnglish: boolean,
): UnitFeatures {
  const [first, last] = [words.before[from] ?? 0, words.before[to] ?? 0];
  const rows: number[] = [];
  for (let at = 0; at < classes.length; at += 1) {
    const one = classes[at] ?? 0;
    rows.push(rowOf(mix(CLASS_SALT, one)));
    const next = classes[at + 1];
    if (next !== undefined) rows.push(rowOf(mix(mix(CLASS_PAIR_SALT, one), next)));
  }
  // Each word stands alone, with the one before it and with the one before that, wherever the text has them.
  const missing = Math.max(0, Math.min(last, 1) - first) + Math.max(0, Math.min(last, 2) - first);
  const count = 3 * (last - first) - missing;
  const share = isEnglish ? 1 : ABROAD;
  const known = (words.known[last] ?? 0) - (words.known[first] ?? 0);
  return {
    words,
    first,
    last,
    classes: rows,
    summary: summary.map((one) => rowOf(mix(SUMMARY_SALT, one))),
    scales: {
      words: share * scaleOf(WEIGHT.words, count),
      letters: share * scaleOf(WEIGHT.letters, (words.letters[last] ?? 0) - (words.letters[first] ?? 0)),
      classes: scaleOf(WEIGHT.classes, rows.length),
      summary: WEIGHT.summary,
      vector: scaleOf(WEIGHT.vector, known),
    },
  };
}

function scaleOf(weight: number, count: number): number {
  return count === 0 ? 0 : weight / Math.sqrt(count);
}
