import type { DueRules } from '../domain/due.ts';
import type { Urgency } from '../domain/words.ts';
import { holds, nextEdge } from './time-intervals.ts';

/** What holds so seldom is no time to work in; by then the clock counts. */
const HORIZON_MS = 366 * 86_400_000;

/** When a case of this urgency that opens at `from` is due; null: never. Pure. */
export function dueAt({ withinMs, during }: DueRules, urgency: Urgency, from: Date): Date | null {
  const ms = withinMs[urgency];
  if (ms === undefined) return null;
  const byClock = new Date(from.getTime() + ms);
  if (during === null) return byClock;
  let left = ms;
  for (let at = from.getTime(); at < from.getTime() + HORIZON_MS; ) {
    const next = nextEdge(during, at);
    if (holds(during, new Date(at))) {
      if (next - at >= left) return new Date(at + left);
      left -= next - at;
    }
    at = next;
  }
  return byClock;
}
