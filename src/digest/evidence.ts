import type { DigestDocument, EvidenceFilter, FrozenFacts, QuoteRef } from '../domain/digest.ts';
import { INTENTS, POLARITIES } from '../domain/words.ts';
import { AppError } from '../lib/app-error.ts';

const OUTCOMES = ['quarantined', 'unsure', 'no-opinion', 'ours', 'waiting'] as const;

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

/**
 * Reads back what {@link evidenceUrl} wrote. Throws AppError `invalid-input` for a value that no digest links to;
 * keys it does not know are left alone.
 */
export function parseEvidenceFilter(query: URLSearchParams): EvidenceFilter {
  const oneOf = <Word extends string>(key: string, words: readonly Word[]): Word | undefined => {
    const value = query.get(key);
    const word = words.find((known) => known === value);
    if (value === null || word !== undefined) return word;
    throw new AppError('invalid-input', `${key} must be one of ${words.join(', ')}.`);
  };
  const like = (key: string, pattern: RegExp): string | undefined => {
    const value = query.get(key);
    if (value === null || pattern.test(value)) return value ?? undefined;
    throw new AppError('invalid-input', `${key} cannot be read.`);
  };
  const read = {
    aspect: like('aspect', /^[^\p{Cc}]{1,100}$/u),
    polarity: oneOf('polarity', POLARITIES),
    intent: oneOf('intent', INTENTS),
    account: like('account', /^\d{1,15}$/),
    urgent: oneOf('urgent', ['true']) && true,
    late: oneOf('late', ['true']) && true,
    day: like('day', /^\d{4}-\d{2}-\d{2}$/),
    outcome: oneOf('outcome', OUTCOMES),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
