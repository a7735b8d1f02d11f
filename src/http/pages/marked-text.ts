import { type Html, html } from '../../digest/html-parts.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly aspect: string;
  readonly polarity: string;
}

export const SIGN: Readonly<Record<string, string>> = { negative: '−', neutral: '=', positive: '+' };

/** The text with each opinion's words marked; where spans overlap, the one that begins first is marked. */
export function markedText(text: string, spans: readonly Span[]): Html {
  const pieces: Html[] = [];
  let at = 0;
  for (const { start, end, aspect, polarity } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    pieces.push(
      html`${text.slice(at, start)}<mark class="${polarity}" title="${aspect}, ${polarity}">${text.slice(start, end)}</mark>`,
    );
    at = end;
  }
  return html`${pieces}${text.slice(at)}`;
}

export function opinionChip({
  aspect,
  polarity,
  intent,
}: Pick<Span, 'aspect' | 'polarity'> & { readonly intent: string }): Html {
  const wish = intent === 'none' ? '' : ` · ${intent}`;
  return html`<span class="chip ${polarity}">${SIGN[polarity] ?? '='} ${aspect}${wish}</span>`;
}
