import type { HeardAuthor, HeardMention } from '../domain/mention.ts';
import type { StorableMention } from '../domain/ports/mention-store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How the company itself speaks; `earshot.yaml`'s `workspace.ours`. */
export interface OwnVoice {
  readonly domains: readonly string[];
  readonly handles: readonly string[];
}

interface Settling {
  readonly heardAt: Date;
  /** Since when we listen: what was written before is history, however late it comes; what was written since is late. */
  readonly listeningSince: Date;
  readonly ours: OwnVoice;
}

/**
 * Settles what a mention keeps for ever: author key, time it counts at, history or live, ours or a customer's. Pure.
 * It counts at `occurredAt` when heard within a day of it or when it is history, else at `heardAt`; never in the future.
 */
export function settleMention(
  mention: HeardMention,
  { heardAt, listeningSince, ours }: Settling,
): StorableMention {
  const age = heardAt.getTime() - mention.occurredAt.getTime();
  const isHistory = age > DAY_MS && mention.occurredAt < listeningSince;
  const countsWhereItHappened = age >= 0 && (age <= DAY_MS || isHistory);
  return {
    mention,
    authorKey: authorKeyOf(mention.author),
    countedAt: countsWhereItHappened ? mention.occurredAt : heardAt,
    isHistory,
    isOurs: mention.ours === true || speaksForUs(mention.author, ours),
  };
}

/** What names an author on a platform: the mail address, else the handle, else the name; lower case. */
export function authorKeyOf({ email, handle, name }: HeardAuthor): string {
  return (email ?? handle ?? name ?? 'unknown').trim().toLowerCase();
}

function speaksForUs({ email, handle }: HeardAuthor, ours: OwnVoice): boolean {
  const domain = email?.toLowerCase().split('@').at(-1);
  const plainHandle = handle?.toLowerCase().replace(/^@/, '');
  return (
    ours.domains.some((own) => domain === own.toLowerCase() || domain?.endsWith(`.${own.toLowerCase()}`)) ||
    ours.handles.some(
      (own) => plainHandle !== undefined && plainHandle === own.toLowerCase().replace(/^@/, ''),
    )
  );
}
