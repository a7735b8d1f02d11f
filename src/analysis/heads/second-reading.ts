/**
 * Logistic readings over signals: what the first heads say of a text, weighed against each other and against the lexicon.
 * A choice of three has two rows (negative, positive) against a neutral of 0.
 */
export interface SecondReading {
  /** One row a yes-or-no output, two a choice of three. */
  readonly rows: readonly (readonly number[])[];
}

/** Logit of one row. */
export function readRow({ rows }: SecondReading, row: number, signals: Float32Array): number {
  const weights = rows[row];
  if (weights === undefined) return 0;
  let logit = 0;
  for (const [at, weight] of weights.entries()) logit += weight * (signals[at] ?? 0);
  return logit;
}
