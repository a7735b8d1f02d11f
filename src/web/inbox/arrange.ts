import type { CaseRow } from '../../contract/cases.ts';

/** A row of the list; `isGone`: it belongs elsewhere by now and stays only until the list is looked at anew. */
export type ListedCase = CaseRow & { readonly isGone?: boolean };

interface Arranged {
  readonly rows: readonly ListedCase[];
  /** How many cases are there that the list does not show yet. */
  readonly unseen: number;
}

/**
 * The rows that the reader looks at, each as it is now, and none moved: what came in above waits to be asked for, what went away stays
 * in its place, what was loaded below is added.
 */
export function arrange(held: readonly CaseRow[], fresh: readonly CaseRow[], hasMore: boolean): Arranged {
  if (held.length === 0) return { rows: [], unseen: fresh.length };
  const heldIds = new Set(held.map(({ id }) => id));
  const freshById = new Map(fresh.map((row) => [row.id, row]));
  const lastKnown = fresh.findLastIndex(({ id }) => heldIds.has(id));
  const oldest = hasMore ? fresh.at(-1)?.openedAt : undefined;
  const isBelow = ({ openedAt }: CaseRow): boolean => oldest !== undefined && openedAt < oldest;
  return {
    rows: [
      ...held.map((row) => freshById.get(row.id) ?? (isBelow(row) ? row : { ...row, isGone: true })),
      ...fresh.slice(lastKnown + 1),
    ],
    unseen: fresh.slice(0, Math.max(lastKnown, 0)).filter(({ id }) => !heldIds.has(id)).length,
  };
}

/** The row to go on with when some are dealt with: the next one below the last of them, else the one above the first. */
export function nextRow(rows: readonly CaseRow[], done: ReadonlySet<string>): string | null {
  const last = rows.findLastIndex(({ id }) => done.has(id));
  const first = rows.findIndex(({ id }) => done.has(id));
  return (rows[last + 1] ?? rows[first - 1])?.id ?? null;
}
