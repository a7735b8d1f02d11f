import type { Token } from '../text/tokens.ts';
import { type Draft, polarityOf } from './draft.ts';

/** What masked text (a quote, a signature) may stand between two clauses of one opinion at most, in code units. */
const WIDEST_GAP = 12;

/** Makes one opinion of adjacent clauses with the same aspect and polarity; `drafts` in the order of the text. */
export function mergeAdjacent(tokens: readonly Token[], drafts: readonly Draft[]): Draft[] {
  const merged: Draft[] = [];
  const lastOf = new Map<string, number>();
  for (const draft of drafts) {
    const position = lastOf.get(draft.aspect);
    const last = position === undefined ? undefined : merged[position];
    if (position !== undefined && last !== undefined && belongTogether(tokens, last, draft))
      merged[position] = join(last, draft);
    else {
      lastOf.set(draft.aspect, merged.length);
      merged.push(draft);
    }
  }
  return merged;
}

function belongTogether(tokens: readonly Token[], left: Draft, right: Draft): boolean {
  const gap = (tokens[right.from]?.start ?? 0) - (tokens[left.to - 1]?.end ?? 0);
  return (
    left.clauseTo === right.clauseFrom &&
    polarityOf(left.chances) === polarityOf(right.chances) &&
    gap <= WIDEST_GAP
  );
}

function join(left: Draft, right: Draft): Draft {
  const surer = Math.max(...left.chances) >= Math.max(...right.chances) ? left : right;
  return {
    ...left,
    chances: surer.chances,
    aspectChance: Math.max(left.aspectChance, right.aspectChance),
    intent:
      left.intent === 'none' || right.intent === 'churn' || right.intent === 'purchase'
        ? right.intent
        : left.intent,
    to: right.to,
    clauseTo: right.clauseTo,
  };
}
