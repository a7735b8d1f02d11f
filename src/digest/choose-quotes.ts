import type { QuoteCandidate, QuoteItem } from '../domain/digest.ts';

/** What may not be shown twice: a mention, its thread, its text. */
type Shown = Set<string>;

/**
 * The first `limit` candidates by weight, never two of the same mention, thread or text. `shown` carries over from list
 * to list, so that no words are read twice.
 */
export function chooseQuotes(
  candidates: readonly QuoteCandidate[],
  limit: number,
  shown: Shown,
): readonly QuoteItem[] {
  const chosen: QuoteItem[] = [];
  const ordered = candidates.toSorted(
    (a, b) => b.weight - a.weight || byId(b.ref.mentionId, a.ref.mentionId),
  );
  for (const candidate of ordered) {
    if (chosen.length === limit) break;
    const keys = keysOf(candidate);
    if (keys.some((key) => shown.has(key))) continue;
    for (const key of keys) shown.add(key);
    chosen.push(itemOf(candidate));
  }
  return chosen;
}

function keysOf({ ref, thread, textKey }: QuoteCandidate): readonly string[] {
  const keys = [`mention ${ref.mentionId}`, `text ${textKey}`];
  return thread === null ? keys : [...keys, `thread ${thread}`];
}

function itemOf({ ref, aspect, polarity, intent, urgency, platform, accountId }: QuoteCandidate): QuoteItem {
  return { ref, aspect, polarity, intent, urgency, platform, accountId };
}

/** Orders decimal ids of any length by their value. */
function byId(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
