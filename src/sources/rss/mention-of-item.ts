import type { HeardMention } from '../../domain/mention.ts';
import { htmlToPlainText } from '../../lib/mail/html-text.ts';
import { storableText } from '../../lib/safe-text.ts';
import { heardAuthor, identityHash, languageTag, storableKey, webUrl } from '../mention-fields.ts';
import { isPlausible, readInstant } from '../occurred-at.ts';
import type { RssOptions } from './options.ts';
import type { Feed, FeedItem, FeedText } from './parse-feed.ts';

/** As long as the longest text the HTTP intake takes. */
const MAX_TEXT_CHARACTERS = 200_000;

/** What holds for every item of one document. */
export interface FeedTraits {
  readonly options: RssOptions;
  readonly feed: Feed;
  /** The feed's title in plain words, else its host. */
  readonly name: string;
  /** Where the document came from; relative links start there. */
  readonly url: string;
  readonly now: Date;
}

/**
 * The key of an item, the same at every poll: its id, else its link, else a hash of its title and date. Ids that are no URI
 * (`4711`) are told apart by the feed's host, since their uniqueness ends there.
 */
export function idOfItem(item: FeedItem, { options, url }: Pick<FeedTraits, 'options' | 'url'>): string {
  const { host } = new URL(options.url);
  const id = storableText(item.id ?? '').trim();
  if (id !== '') return scopedKey(id, host);
  const link = linkOf(item, url);
  if (link !== undefined) return storableKey(link);
  const body = item.title === undefined ? (item.body?.words ?? null) : null;
  return `item-${identityHash([host, item.title?.words ?? null, item.dates.find(Boolean) ?? null, body])}`;
}

function scopedKey(id: string, host: string): string {
  return storableKey(/^[a-z][a-z0-9+.-]*:/i.test(id) ? id : `${host}:${id}`);
}

/** Makes a mention of one item; null when it has no words. */
export function mentionOfItem(item: FeedItem, externalId: string, traits: FeedTraits): HeardMention | null {
  const { options, feed, now } = traits;
  const text = textOf(item);
  if (text === '') return null;
  const url = linkOf(item, traits.url);
  const lang = languageTag(item.lang ?? '') ?? languageTag(feed.lang ?? '');
  const replyTo = storableText(item.replyTo ?? '').trim();
  return {
    platform: options.platform,
    externalId,
    kind: options.channel,
    text,
    author: authorOf(item, traits.name),
    occurredAt: instantOf(item, now) ?? now,
    ...(url !== undefined && { url }),
    ...(lang !== undefined && { lang }),
    ...(replyTo !== '' && { thread: scopedKey(replyTo, new URL(options.url).host) }),
  };
}

/** When an item was published, else changed; null when it says neither or nothing that can be. */
export function instantOf(item: FeedItem, now: Date): Date | null {
  for (const written of item.dates) {
    const instant = written === undefined ? null : readInstant(written, 'UTC');
    if (instant !== null && isPlausible(instant, now)) return instant;
  }
  return null;
}

/** Plain words of a title or a body. */
export function plainWords(text: FeedText | undefined): string {
  if (text === undefined) return '';
  return storableText(text.isHtml ? htmlToPlainText(text.words) : text.words).trim();
}

/** Title, blank line, body. Microblogs and mailing lists repeat the title, or its beginning, in the body: then the body alone. */
function textOf(item: FeedItem): string {
  const title = plainWords(item.title).replaceAll(/\s+/gu, ' ');
  const body = plainWords(item.body);
  const start = title.replace(/\s*(?:…|\.\.\.)$/u, '').toLowerCase();
  const isRepeated = body
    .slice(0, 2 * start.length + 100)
    .replaceAll(/\s+/gu, ' ')
    .toLowerCase()
    .startsWith(start);
  const text = isRepeated && body !== '' ? body : `${title}\n\n${body}`.trim();
  return text.slice(0, MAX_TEXT_CHARACTERS).toWellFormed();
}

/** Absolute and safe to link to. */
function linkOf(item: FeedItem, base: string): string | undefined {
  const link = item.link?.trim() ?? '';
  return link !== '' && URL.canParse(link, base) ? webUrl(new URL(link, base).href) : undefined;
}

/** Blogger and others give one no-reply address to everybody; it would make one person of them all. */
function authorOf({ author }: FeedItem, feedName: string): HeardMention['author'] {
  const email = /^(?:no-?reply|do-?not-?reply|nobody)@/i.test(author?.email ?? '')
    ? undefined
    : author?.email;
  const name = plainWords({ words: author?.name ?? '', isHtml: false });
  return heardAuthor(
    { email, ...(name === '' ? email === undefined && { name: feedName } : { name }) },
    false,
  );
}
