/** Length of one word's vector. */
export const DIMENSIONS = 100;

/** What English words mean, as int8 vectors; words that stand together in texts point the same way. */
export interface WordVectors {
  /** Row of a lower-case word in `values`, -1 when it is not known. */
  rowOf(word: string): number;
  /** `DIMENSIONS` numbers a row. */
  readonly values: Int8Array;
}

/** `words` one a line, `values` their rows in the same order. */
export function createWordVectors(words: string, values: Int8Array): WordVectors {
  const rows = new Map<string, number>();
  for (const [row, word] of words.split('\n').entries()) rows.set(word, row);
  return { values, rowOf: (word) => rows.get(word) ?? -1 };
}
