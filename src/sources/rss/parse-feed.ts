import {
  type AtomFeed,
  type JsonFeed,
  parseAtomFeed,
  parseJsonFeed,
  parseRdfFeed,
  parseRssFeed,
  type RdfFeed,
  type RssFeed,
} from 'feedsmith';
import { AppError } from '../../lib/app-error.ts';
import { feedLinkIn, rootElement } from './markup.ts';

/** Words of a feed and whether they are HTML. */
export interface FeedText {
  readonly words: string;
  readonly isHtml: boolean;
}

/** One item, whatever the format called its parts. Nothing is checked or cleaned yet. */
export interface FeedItem {
  readonly id?: string | undefined;
  readonly link?: string | undefined;
  readonly title?: FeedText | undefined;
  readonly body?: FeedText | undefined;
  readonly author?: { readonly name?: string | undefined; readonly email?: string | undefined } | undefined;
  /** As written; the first that can be read holds. */
  readonly dates: readonly (string | undefined)[];
  readonly lang?: string | undefined;
  /** Id of the item it answers. */
  readonly replyTo?: string | undefined;
}

export interface Feed {
  readonly format: 'RSS' | 'Atom' | 'RDF' | 'JSON Feed';
  readonly title?: FeedText | undefined;
  readonly lang?: string | undefined;
  /** How long the feed says that a copy of it stays good. Minutes. */
  readonly ttl?: number | undefined;
  readonly items: readonly FeedItem[];
}

/** A week of minutes. */
const MAX_TTL = 10_080;

/**
 * Parses a feed of any format, at most `maxItems` of it. The root element alone decides the format: the parser's own look
 * takes an Atom entry about RSS for RSS. Throws AppError `invalid-input` for what is no feed; a web page's error names the
 * feed it links to. `url` is where the text came from. Blocks for seconds on hostile input, so it runs in a thread.
 */
export function parseFeed(text: string, url: string, maxItems: number): Feed {
  const isJson = /^\s*\{/.test(text.slice(0, 1000));
  const root = isJson ? 'json' : rootElement(text);
  const parse = root === null ? undefined : PARSERS[root];
  if (parse === undefined) throw notAFeed(text, url, root);
  try {
    return parse(text, maxItems);
  } catch (thrown) {
    const what = isJson ? 'JSON, but not a JSON Feed' : 'not well-formed XML';
    throw new AppError('invalid-input', `what ${new URL(url).host} answered is ${what}`, { cause: thrown });
  }
}

const PARSERS: Readonly<Partial<Record<string, (text: string, maxItems: number) => Feed>>> = {
  rss: (text, maxItems) => fromRss(parseRssFeed(text, { maxItems })),
  feed: (text, maxItems) => fromAtom(parseAtomFeed(text, { maxItems })),
  rdf: (text, maxItems) => fromRdf(parseRdfFeed(text, { maxItems })),
  json: (text, maxItems) => fromJson(parseJsonFeed(text, { maxItems })),
};

function notAFeed(text: string, url: string, root: string | null): AppError {
  const link = feedLinkIn(text, url);
  const remedy = link === undefined ? 'name the address of an RSS, Atom or JSON feed' : `try ${link}`;
  const what =
    root === null ? 'no feed' : root === 'html' ? 'a web page and no feed' : `<${root}> and no feed`;
  return new AppError('invalid-input', `${new URL(url).host} answered with ${what}: ${remedy}`);
}

function fromRss(feed: RssFeed.Feed<string>): Feed {
  return {
    format: 'RSS',
    title: html(feed.title),
    lang: feed.language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang,
    ttl: (feed.ttl ?? 0) > 0 ? Math.min(feed.ttl ?? 0, MAX_TTL) : undefined,
    items: (feed.items ?? []).map((item) => ({
      id: item.guid?.value ?? item.atom?.id,
      link: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value) ?? item.comments,
      title: html(item.title ?? item.dc?.titles?.[0]),
      body: html(item.content?.encoded ?? item.description ?? mediaText(item.media) ?? item.itunes?.summary),
      author: item.authors?.[0] ?? creator(item.dc) ?? item.atom?.authors?.[0],
      dates: [item.pubDate, item.dc?.dates?.[0], item.atom?.published, item.atom?.updated],
      lang: item.xml?.lang ?? item.dc?.languages?.[0],
      replyTo: item.thr?.inReplyTos?.[0]?.ref,
    })),
  };
}

function fromRdf(feed: RdfFeed.Feed<string>): Feed {
  return {
    format: 'RDF',
    title: html(feed.title),
    lang: feed.dc?.languages?.[0] ?? feed.xml?.lang,
    items: (feed.items ?? []).map((item) => ({
      id: item.rdf?.about ?? item.dc?.identifiers?.[0],
      link: item.link,
      title: html(item.title),
      body: html(item.content?.encoded ?? item.description ?? item.dc?.descriptions?.[0]),
      author: creator(item.dc),
      dates: [item.dc?.dates?.[0], item.dcterms?.issued?.[0], item.dcterms?.modified?.[0]],
      lang: item.xml?.lang ?? item.dc?.languages?.[0],
    })),
  };
}

function fromAtom(feed: AtomFeed.Feed<string>): Feed {
  return {
    format: 'Atom',
    title: atomText(feed.title),
    lang: feed.xml?.lang ?? feed.dc?.languages?.[0],
    items: (feed.entries ?? []).map((entry) => ({
      id: entry.id,
      link: entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href,
      title: atomText(entry.title),
      body: atomText(entry.content) ?? atomText(entry.summary) ?? plain(mediaText(entry.media)),
      author: entry.authors?.[0] ?? entry.source?.authors?.[0] ?? creator(entry.dc) ?? feed.authors?.[0],
      dates: [entry.published, entry.updated, entry.dc?.dates?.[0]],
      lang: entry.content?.xml?.lang ?? entry.xml?.lang,
      replyTo: entry.thr?.inReplyTos?.[0]?.ref,
    })),
  };
}

function fromJson(feed: JsonFeed.Feed<string>): Feed {
  return {
    format: 'JSON Feed',
    title: plain(feed.title),
    lang: feed.language,
    items: (feed.items ?? []).map((item) => ({
      id: item.id,
      link: item.url ?? item.external_url,
      title: plain(item.title),
      body: plain(item.content_text) ?? html(item.content_html) ?? plain(item.summary),
      author: item.authors?.[0] ?? feed.authors?.[0],
      dates: [item.date_published, item.date_modified],
      lang: item.language,
    })),
  };
}

function creator(dc: { creators?: string[] } | undefined): FeedItem['author'] {
  return dc?.creators?.[0] === undefined ? undefined : { name: dc.creators[0] };
}

/** Video platforms describe an item here alone. */
function mediaText(media: RssFeed.Item<string>['media']): string | undefined {
  return media?.description?.value ?? media?.groups?.[0]?.description?.value;
}

/** Titles of RSS are written as HTML more often than not, though no version of it says so. */
function html(words: string | undefined): FeedText | undefined {
  return words === undefined ? undefined : { words, isHtml: true };
}

function plain(words: string | undefined): FeedText | undefined {
  return words === undefined ? undefined : { words, isHtml: false };
}

/** RFC 4287 section 3.1.1: text is plain unless it says otherwise. */
function atomText(text: AtomFeed.Content | undefined): FeedText | undefined {
  return /^text(\/plain)?$/i.test(text?.type ?? 'text') ? plain(text?.value) : html(text?.value);
}
