import { digestUrl, mentionUrl } from '../../digest/evidence.ts';
import { type Html, html, NOTHING } from '../../digest/html-parts.ts';
import type { DigestDocument, EvidenceFilter } from '../../domain/digest.ts';
import type { EvidenceMention, EvidencePage } from '../../domain/ports/digest-read-model.ts';
import { page } from './layout.ts';
import { markedText, opinionChip } from './marked-text.ts';

interface Shown {
  readonly document: DigestDocument;
  readonly filter: EvidenceFilter;
  readonly offset: number;
  /** Query string of this page without its offset. */
  readonly query: URLSearchParams;
}

/** The mentions behind one number of a digest, newest first. */
export function renderEvidence({ total, mentions }: EvidencePage, shown: Shown): string {
  const { document, filter, offset } = shown;
  const { frozen } = document;
  const what = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  const title = `${total} ${total === 1 ? 'message' : 'messages'}${what.length > 0 ? `: ${what.join(', ')}` : ''}`;
  return page(
    title,
    html`<p class="muted"><a href="${digestUrl(frozen)}">Digest ${frozen.definition.name}, ${frozen.today.date}</a></p><h1>${title}</h1>${mentions.map((mention) => mentionCard(mention, document))}${nextLink(offset + mentions.length, total, shown)}`,
  );
}

function mentionCard(
  { mentionId, text, spans, author, account, platform, occurredAt, sources }: EvidenceMention,
  { frozen }: DigestDocument,
): Html {
  const words = text === null ? html`<em>erased</em>` : markedText(text, spans);
  return html`<div class="card"><div class="muted">${author}${account ? `, ${account}` : ''} · ${platform} · ${occurredAt.toISOString().slice(0, 16).replace('T', ' ')} UTC · heard by ${sources.join(', ')}</div><div class="words">${words}</div>${spans.map(opinionChip)}<a href="${mentionUrl(frozen, mentionId)}">why, and where it went</a></div>`;
}

function nextLink(seen: number, total: number, { query }: Shown): Html {
  if (seen >= total) return NOTHING;
  const next = new URLSearchParams(query);
  next.set('offset', String(seen));
  return html`<p><a href="?${next.toString()}">the next ones (${seen} of ${total} shown)</a></p>`;
}
