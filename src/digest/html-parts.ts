import type { DigestDocument, EvidenceFilter } from '../domain/digest.ts';
import { printable, printableLines } from '../lib/printable.ts';
import { evidenceUrl } from './evidence.ts';

/** A piece of HTML that is safe to put into a page: built by {@link html}, never from foreign text as it came. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Slot = Html | string | number | readonly Html[];

/** Joins markup; every text put into it is escaped, pieces of Html are not. */
export function html(parts: TemplateStringsArray, ...slots: readonly Slot[]): Html {
  const filled = slots.map((slot) => {
    if (slot instanceof Html) return slot.markup;
    if (typeof slot === 'string' || typeof slot === 'number') return escapeMarkup(printable(String(slot)));
    return slot.map(({ markup }) => markup).join('');
  });
  return new Html(parts.map((part, index) => part + (filled[index] ?? '')).join(''));
}

/** Foreign words with their white space and line ends as they were written. */
export function wordsAsWritten(text: string): Html {
  return new Html(escapeMarkup(printableLines(text)));
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export const NOTHING = new Html('');

/** Words that open the mentions behind a number; an absent filter leaves them words. */
export function numberLink(words: string, filter: EvidenceFilter | null, { frozen }: DigestDocument): Html {
  if (filter === null) return html`${words}`;
  return html`<a href="${evidenceUrl(frozen, filter)}" class="n" style="color:inherit;text-decoration:none">${words}</a>`;
}

// Inline styles carry the light colours, since mail programs drop what stands in <style>; classes let dark mode and
// narrow screens override them where it is read.
export const STYLES = {
  muted: 'color:#59636e',
  small: 'font-size:13px;line-height:19px',
  label:
    'font-size:12px;line-height:18px;letter-spacing:.06em;text-transform:uppercase;font-weight:600;color:#59636e',
} as const;

export const COLOURS = { negative: '#b3261e', neutral: '#8b949e', positive: '#18794e' } as const;

export function heading(words: string): Html {
  return html`<h2 class="i" style="margin:26px 0 8px;font-size:18px;line-height:26px;font-weight:700;color:#1b1f24">${words}</h2>`;
}
