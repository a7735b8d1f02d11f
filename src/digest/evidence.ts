import type { DigestDocument, EvidenceFilter, FrozenFacts, QuoteItem, QuoteRef } from '../domain/digest.ts';

/** How the quoted words of a reference are keyed. */
export function quoteKey({ mentionId, revisionId, spanStart, spanEnd }: QuoteRef): string {
  return `${mentionId}:${revisionId}:${spanStart}-${spanEnd}`;
}

/** Every opinion a document quotes. */
export function quotedItems(document: Omit<DigestDocument, 'names'>): readonly QuoteItem[] {
  const { tiles, themes, urgent, purchase, churn, frozen } = document;
  return [
    ...themes.flatMap(({ quotes }) => quotes),
    ...tiles.flatMap(({ quotes }) => quotes),
    ...urgent.items,
    ...purchase.items,
    ...churn.items,
    ...[...frozen.work.closed, ...frozen.work.open].flatMap(({ quote }) => quote ?? []),
  ];
}

/** Every reference a document quotes. */
export function quotedRefs(document: DigestDocument): readonly QuoteRef[] {
  return quotedItems(document).map(({ ref }) => ref);
}

/** The page of the digest itself. */
export function digestUrl({ baseUrl, definition, today }: FrozenFacts): string {
  return `${baseUrl}/digests/${encodeURIComponent(definition.name)}/${today.date}`;
}

/** The page with the mentions behind one number. */
export function evidenceUrl(frozen: FrozenFacts, filter: EvidenceFilter): string {
  const { aspect, polarity, intent, account, theme, urgent, late, day, outcome } = filter;
  const wanted = Object.entries({ aspect, polarity, intent, account, theme, urgent, late, day, outcome });
  const query = new URLSearchParams();
  for (const [key, value] of wanted) if (value !== undefined) query.set(key, String(value));
  return `${digestUrl(frozen)}/evidence${query.size === 0 ? '' : `?${query.toString()}`}`;
}

/** The case in its department's inbox, or with `action` the page that asks whether to do it. Opening either changes nothing. */
export function caseUrl(
  { baseUrl }: FrozenFacts,
  caseId: string,
  action?: 'accept' | 'not-ours' | 'snooze',
): string {
  return action === undefined ? `${baseUrl}/inbox?case=${caseId}` : `${baseUrl}/cases/${caseId}/${action}`;
}

export function mentionUrl({ baseUrl }: FrozenFacts, mentionId: string): string {
  return `${baseUrl}/mentions/${mentionId}`;
}
