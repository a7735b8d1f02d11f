import type { DayWindow } from '../../domain/digest.ts';

export const BUCKET_MS = 15 * 60_000;

/** Milliseconds since 1970; `from` counts, `to` does not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

type Window = Pick<DayWindow, 'from' | 'to'>;

function spanOf({ from, to }: Window): Span {
  return { from: Date.parse(from), to: Date.parse(to) };
}

/**
 * Cuts windows into spans that lie each in one quarter of an hour and, for each window, wholly within or wholly without it; in
 * order, what no window covers left out.
 */
export function cutSpans(windows: readonly Window[]): readonly Span[] {
  const whole = windows.map(spanOf);
  const edges = [...new Set(whole.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  return edges.flatMap((from, index) => {
    const to = edges[index + 1];
    if (to === undefined || !whole.some((span) => span.from <= from && to <= span.to)) return [];
    return cutAtBuckets(from, to);
  });
}

function cutAtBuckets(from: number, to: number): Span[] {
  const spans: Span[] = [];
  for (let at = from; at < to; ) {
    const next = Math.min(to, (Math.floor(at / BUCKET_MS) + 1) * BUCKET_MS);
    spans.push({ from: at, to: next });
    at = next;
  }
  return spans;
}

export function isWholeBucket({ from, to }: Span): boolean {
  return from % BUCKET_MS === 0 && to - from === BUCKET_MS;
}

export function isWithin(window: Window, { from, to }: Span): boolean {
  return Date.parse(window.from) <= from && to <= Date.parse(window.to);
}
