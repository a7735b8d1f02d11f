import type { ReactNode } from 'react';
import type { Polarity } from './bits.tsx';
import css from './marked-text.module.css';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly aspect: string;
  readonly polarity: Polarity | null;
}

/** A mention's text with each opinion's words marked; where spans overlap, the one that begins first is marked. */
export function MarkedText({
  text,
  spans,
}: {
  readonly text: string | null;
  readonly spans: readonly Span[];
}): ReactNode {
  if (text === null) return <p className={css.erased}>Erased: the writer asked for it.</p>;
  return <p className={css.words}>{piecesOf(text, spans)}</p>;
}

function piecesOf(text: string, spans: readonly Span[]): readonly ReactNode[] {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { start, end, aspect, polarity } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start < at || polarity === null) continue;
    pieces.push(
      text.slice(at, start),
      <mark key={start} className={css.mark} data-polarity={polarity} title={`${aspect}, ${polarity}`}>
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  return [...pieces, text.slice(at)];
}
