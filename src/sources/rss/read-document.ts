import type { HeardMention, RejectedRow } from '../../domain/mention.ts';
import { AppError, type ErrorKind } from '../../lib/app-error.ts';
import { identityHash } from '../mention-fields.ts';
import { decodeDocument, type SentDocument } from './decode.ts';
import { type FeedTraits, idOfItem, instantOf, mentionOfItem, plainWords } from './mention-of-item.ts';
import type { RssOptions } from './options.ts';
import { type Feed, type FeedItem, parseFeed } from './parse-feed.ts';
import { termFilter } from './terms.ts';

/** A page ends after this many rows, or after the row that takes it past this many bytes. */
const MAX_PAGE_ROWS = 500;
const MAX_PAGE_BYTES = 4 * 1024 * 1024;
/** What one document may hold; the memory of what was seen takes 12 characters for each. */
export const MAX_ITEMS = 5_000;
export const MARK_CHARACTERS = 12;

/** A document and what decides which of its items are heard next. Plain values, fit to be handed to a thread. */
export interface ReadingTask {
  readonly document: SentDocument;
  /** Where the document came from, redirects followed. */
  readonly url: string;
  readonly options: RssOptions;
  /** Marks of the items that were seen, one after the other; see {@link FeedReading}. */
  readonly seen: string;
  readonly now: Date;
}

/** The next page of a feed, and what the feed is. */
export interface FeedReading {
  readonly title: string;
  readonly format: Feed['format'];
  readonly ttl: number | undefined;
  /** How many items the document holds, {@link MAX_ITEMS} + 1 when it holds more, and the latest date among them. */
  readonly items: number;
  readonly newest: Date | null;
  readonly mentions: readonly HeardMention[];
  readonly rejected: readonly RejectedRow[];
  /** Marks of those items of this document that were seen before or stand on this page: the memory for the next one. */
  readonly seen: string;
  readonly hasMore: boolean;
  readonly gap?: string;
}

/** Why a document cannot be read: an AppError that went through a thread. */
export interface ReadingFault {
  readonly fault: { readonly kind: ErrorKind; readonly message: string };
}

/** Reads the next page of a document; faults of the document are an answer. */
export function readDocument(task: ReadingTask): FeedReading | ReadingFault {
  try {
    const feed = parseFeed(decodeDocument(task.document, new URL(task.url).host), task.url, MAX_ITEMS + 1);
    return nextPage(feed, task);
  } catch (thrown) {
    if (thrown instanceof AppError) return { fault: { kind: thrown.kind, message: thrown.message } };
    throw thrown;
  }
}

function nextPage(feed: Feed, { options, seen, now, url }: ReadingTask): FeedReading {
  const title = plainWords(feed.title).replaceAll(/\s+/gu, ' ');
  const traits: FeedTraits = { options, feed, url, now, name: title === '' ? new URL(url).host : title };
  const marked = markedItems(feed.items.slice(0, MAX_ITEMS), traits);
  const known = marksOf(seen);
  const page = takePage(
    [...marked].filter(([mark]) => !known.has(mark)),
    traits,
  );
  const remembered = [...marked.keys()].filter((mark) => known.has(mark) || page.marks.has(mark));
  const isTorn = known.size > 0 && marked.size > 0 && !remembered.some((mark) => known.has(mark));
  const newest = feed.items
    .map((item) => instantOf(item, now)?.getTime() ?? 0)
    .reduce((a, b) => Math.max(a, b), 0);
  return {
    title: traits.name,
    format: feed.format,
    ttl: feed.ttl,
    items: feed.items.length,
    newest: newest === 0 ? null : new Date(newest),
    mentions: page.mentions,
    rejected: page.rejected,
    seen: remembered.join(''),
    hasMore: remembered.length < marked.size,
    ...gapOf(feed, isTorn),
  };
}

interface PlacedItem {
  readonly item: FeedItem;
  readonly externalId: string;
  /** From 1. */
  readonly number: number;
}

/** The items by the mark of their key; of two under one key the first holds. */
function markedItems(items: readonly FeedItem[], traits: FeedTraits): Map<string, PlacedItem> {
  const marked = new Map<string, PlacedItem>();
  for (const [index, item] of items.entries()) {
    const externalId = idOfItem(item, traits);
    const mark = Buffer.from(identityHash([externalId]), 'hex')
      .toString('base64url')
      .slice(0, MARK_CHARACTERS);
    if (!marked.has(mark)) marked.set(mark, { item, externalId, number: index + 1 });
  }
  return marked;
}

function takePage(
  unseen: readonly (readonly [mark: string, placed: PlacedItem])[],
  traits: FeedTraits,
): { mentions: HeardMention[]; rejected: RejectedRow[]; marks: Set<string> } {
  const isWanted = termFilter(traits.options.include, traits.options.exclude);
  const mentions: HeardMention[] = [];
  const rejected: RejectedRow[] = [];
  const marks = new Set<string>();
  let bytes = 0;
  for (const [mark, { item, externalId, number }] of unseen) {
    if (mentions.length + rejected.length >= MAX_PAGE_ROWS || bytes >= MAX_PAGE_BYTES) break;
    const mention = mentionOfItem(item, externalId, traits);
    marks.add(mark);
    if (mention === null) {
      rejected.push({ where: `item ${number}`, reason: 'the item has neither a title nor a text' });
    } else if (isWanted(mention.text)) {
      mentions.push(mention);
      bytes += Buffer.byteLength(mention.text);
    }
  }
  return { mentions, rejected, marks };
}

function marksOf(seen: string): Set<string> {
  const marks = new Set<string>();
  for (let at = 0; at < seen.length; at += MARK_CHARACTERS) marks.add(seen.slice(at, at + MARK_CHARACTERS));
  return marks;
}

function gapOf(feed: Feed, isTorn: boolean): { gap?: string } {
  if (feed.items.length > MAX_ITEMS)
    return { gap: `the feed holds more than ${MAX_ITEMS} items; those after are not read` };
  if (isTorn)
    return { gap: 'no item of the last poll is left in the feed, so others may have come and gone unheard' };
  return {};
}
