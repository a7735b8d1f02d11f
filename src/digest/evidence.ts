import type { DigestDocument, EvidenceFilter, FrozenFacts, QuoteRef } from '../domain/digest.ts';

/** How the quoted words of a reference are keyed. */
export function quoteKey({ mentionId, revisionId, spanStart, spanEnd }: QuoteRef): string {
  return `${mentionId}:${revisionId}:${spanStart}-${spanEnd}`;
}

/** Every reference a document quotes. */
export function quotedRefs({ tiles, urgent, purchase, churn }: DigestDocument): readonly QuoteRef[] {
  const items = [
    ...tiles.flatMap(({ quotes }) => quotes),
    ...urgent.items,
    ...purchase.items,
    ...churn.items,
  ];
  return items.map(({ ref }) => ref);
}

/** The page of the digest itself. */
export function digestUrl({ baseUrl, definition, today }: FrozenFacts): string {
  return `${baseUrl}/digests/${encodeURIComponent(definition.name)}/${today.date}`;
}

/** The page with the mentions behind one number. */
export function evidenceUrl(frozen: FrozenFacts, filter: EvidenceFilter): string {
  const { aspect, polarity, intent, account, urgent, late, day, outcome } = filter;
  const wanted = Object.entries({ aspect, polarity, intent, account, urgent, late, day, outcome });
  const query = new URLSearchParams();
  for (const [key, value] of wanted) if (value !== undefined) query.set(key, String(value));
  return `${digestUrl(frozen)}/evidence${query.size === 0 ? '' : `?${query.toString()}`}`;
}

export function mentionUrl({ baseUrl }: FrozenFacts, mentionId: string): string {
  return `${baseUrl}/mentions/${mentionId}`;
}
