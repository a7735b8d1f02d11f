import { type Html, html, NOTHING, wordsAsWritten } from '../../digest/html-parts.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly aspect: string;
  readonly polarity: string;
}

const SIGN: Readonly<Record<string, string>> = { negative: '−', neutral: '=', positive: '+' };

/** The text with each opinion's words marked; where spans overlap, the one that begins first is marked. */
export function markedText(text: string, spans: readonly Span[]): Html {
  const pieces: Html[] = [];
  let at = 0;
  for (const { start, end, aspect, polarity } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    pieces.push(
      html`${wordsAsWritten(text.slice(at, start))}<mark class="${polarity}" title="${aspect}, ${polarity}">${wordsAsWritten(text.slice(start, end))}</mark>`,
    );
    at = end;
  }
  return html`${pieces}${wordsAsWritten(text.slice(at))}`;
}

export function opinionChip({
  aspect,
  polarity,
  intent,
}: Pick<Span, 'aspect' | 'polarity'> & { readonly intent: string }): Html {
  return html`<span class="chip ${polarity}">${SIGN[polarity] ?? '='} ${aspect}${intent === 'none' ? NOTHING : html` · ${intent}`}</span>`;
}
