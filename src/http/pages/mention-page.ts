import { type Html, html, NOTHING } from '../../digest/html-parts.ts';
import type { MentionPage } from '../../domain/ports/mention-page.ts';
import { page } from './layout.ts';
import { markedText, opinionChip } from './marked-text.ts';

/** One message with its marked words, what was read out of it and why, and where each opinion went. */
export function renderMention(mention: MentionPage): string {
  const { author, account, tier, platform, occurredAt, text, opinions, url } = mention;
  const who = account ? `${author}, ${account}${tier ? ` (tier ${tier})` : ''}` : author;
  const words = text === null ? html`<em>erased</em>` : markedText(text, opinions);
  return page(
    `${author} on ${platform}`,
    html`<h1>${who}</h1>
<div class="card"><div class="muted">${platform} · ${occurredAt.toISOString().slice(0, 16).replace('T', ' ')} UTC${original(url)}</div><div class="words">${words}</div><div>${opinions.map(opinionChip)}</div></div>
${opinions.length > 0 ? html`<h2>Why</h2>${opinions.map(whyCard)}` : NOTHING}
${threadPart(mention)}
<h2>What is known of it</h2><div class="card"><dl>${facts(mention)}</dl></div>`,
  );
}

/** The link to the platform's own page; anything but http(s) stays words. */
function original(url: string | null): Html {
  if (url === null) return NOTHING;
  return /^https?:\/\//i.test(url)
    ? html` · <a href="${url}" rel="noopener noreferrer nofollow">original</a>`
    : html` · ${url}`;
}

function whyCard({
  aspect,
  polarity,
  intent,
  confidence,
  why,
  routes,
}: MentionPage['opinions'][number]): Html {
  const sent = routes.map(
    (route) =>
      html`<dt>to ${route.department}</dt><dd>${route.why.map(({ path, matchers }) => `${path}${matchers.length > 0 ? ` {${matchers.join(', ')}}` : ''}`).join(' › ')} → ${route.receiver}</dd>`,
  );
  return html`<div class="card">${opinionChip({ aspect, polarity, intent })}<dl><dt>decided by</dt><dd>${why.length > 0 ? why.map((word) => `“${word}”`).join(', ') : 'the sentence around it'}</dd><dt>confidence</dt><dd>${confidence.toFixed(2)}</dd>${sent}</dl></div>`;
}

function threadPart({ thread }: MentionPage): Html {
  if (thread.length === 0) return NOTHING;
  const lines = thread.map(
    (other) =>
      html`<p><a href="/mentions/${other.mentionId}">${other.author}</a>${other.isOurs ? ' (us)' : ''} <span class="muted">${other.occurredAt.toISOString().slice(0, 16).replace('T', ' ')}</span><br>${other.text}</p>`,
  );
  return html`<h2>Same conversation</h2><div class="card">${lines}</div>`;
}

function facts({ sources, outcome, outcomeReason, lang, urgency, linkRule }: MentionPage): readonly Html[] {
  const known: [string, string][] = [
    ['heard by', sources.join(', ')],
    ['outcome', `${outcome ?? 'not analysed yet'}${outcomeReason ? `: ${outcomeReason}` : ''}`],
    ['language', lang ?? 'unknown'],
    ['urgency', urgency === null ? 'unknown' : `${urgency} of 3`],
    ['account by', linkRule ?? 'no rule matched'],
  ];
  return known.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
}
