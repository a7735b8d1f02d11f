import type { HeardMention } from '../../../../src/domain/mention.ts';
import { parseOptions } from '../../../../src/sources/plug-in.ts';
import { RssOptions } from '../../../../src/sources/rss/options.ts';
import { type FeedReading, readDocument } from '../../../../src/sources/rss/read-document.ts';

export const NOW = new Date('2026-04-01T12:00:00Z');
const URL_OF_FEED = 'https://news.example/feed';

interface Reading {
  readonly options?: object;
  readonly type?: string;
  readonly packing?: string;
  readonly seen?: string;
}

/** Reads a document as the thread does, in this one; its fault's message when it has one. */
export function readAny(document: string | Uint8Array, reading: Reading = {}): FeedReading | string {
  const { options = {}, type = '', packing = '', seen = '' } = reading;
  const answer = readDocument({
    document: { bytes: Buffer.from(document), type, packing },
    url: URL_OF_FEED,
    options: parseOptions('rss', RssOptions, { url: URL_OF_FEED, ...options }),
    seen,
    now: NOW,
  });
  return 'fault' in answer ? `${answer.fault.kind}: ${answer.fault.message}` : answer;
}

/** Reads a document that is a feed. */
export function read(document: string | Uint8Array, reading: Reading = {}): FeedReading {
  const answer = readAny(document, reading);
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

/** The one mention of a document. */
export function only(document: string | Uint8Array, reading: Reading = {}): HeardMention {
  const [first, ...others] = read(document, reading).mentions;
  if (first === undefined || others.length > 0) throw new Error('The document holds not one mention.');
  return first;
}

/** An RSS 2.0 document of one item, written out in XML. */
export function rssItem(item: string, channel = ''): string {
  const names =
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"';
  return `<?xml version="1.0"?><rss version="2.0" ${names}><channel><title>Acme news</title>${channel}<item>${item}</item></channel></rss>`;
}
