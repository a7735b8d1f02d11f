import type { DueRules } from '../domain/due.ts';
import type { TimeInterval } from '../domain/routing.ts';
import type { Urgency } from '../domain/words.ts';
import { edgesOf, holds } from './time-intervals.ts';

/** What holds so seldom is no time to work in; by then the clock counts. */
const HORIZON_MS = 366 * 86_400_000;
/** More than two years of edges; looking one up in a calendar is the dear part. */
const EDGES_KEPT = 100_000;

/** When a case of an urgency that opens at `from` is due; null: never. */
export type DueTime = (urgency: Urgency, from: Date) => Date | null;

/** Keeps what it has looked up of the interval, so that many cases cost little more than one. */
export function createDueTime({ withinMs, during }: DueRules): DueTime {
  const addTime = during === null ? addByClock : createStopwatch(during);
  return (urgency, from) => {
    const ms = withinMs[urgency];
    return ms === undefined ? null : addTime(from, ms);
  };
}

function addByClock(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}

/** Counts only while the interval holds. */
function createStopwatch(during: TimeInterval): (from: Date, ms: number) => Date {
  const nextEdge = edgesOf(during);
  const known = new Map<number, boolean>();
  const isOpen = (edge: number): boolean => {
    const is = known.get(edge) ?? holds(during, new Date(edge));
    if (known.size >= EDGES_KEPT) known.clear();
    known.set(edge, is);
    return is;
  };
  return (from, ms) => {
    const start = from.getTime();
    let left = ms;
    for (let at = start; at < start + HORIZON_MS; ) {
      const next = nextEdge(at);
      if (at === start ? holds(during, from) : isOpen(at)) {
        if (next - at >= left) return new Date(at + left);
        left -= next - at;
      }
      at = next;
    }
    return addByClock(from, ms);
  };
}
