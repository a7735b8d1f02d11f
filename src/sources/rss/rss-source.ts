import type { SourcePage } from '../../domain/mention.ts';
import type { Source } from '../../domain/source.ts';
import { AppError } from '../../lib/app-error.ts';
import { printable } from '../../lib/printable.ts';
import type { SourceDeps } from '../plug-in.ts';
import { emptyMemory, readCursor, validator, writeCursor } from './cursor.ts';
import type { SentDocument } from './decode.ts';
import { type Fetched, fetchDocument } from './fetch-document.ts';
import { freshUntil } from './freshness.ts';
import type { RssOptions } from './options.ts';
import { type FeedReading, MAX_ITEMS } from './read-document.ts';
import { readInThread } from './read-in-thread.ts';

const SHOWN_TITLE_CHARACTERS = 100;

/** A feed needs no more of what sources are handed. */
export type RssDeps = Pick<SourceDeps, 'now' | 'http'>;

/**
 * A feed, read as often as it is asked. Its cursor remembers which items it has seen, not a place: feeds grow at the front and
 * lose their end, also between two pages. Validators are kept once a document was read to its end, since an unchanged
 * document must be sent again for its second page. Nothing is kept outside the cursor. `read` is how a document is taken apart.
 */
export function openRssSource(options: RssOptions, deps: RssDeps, read = readInThread): Source {
  return {
    async fetchPage(cursor, signal) {
      const memory = readCursor(cursor, options);
      const fetched = await fetchDocument(options.url, memory, deps, signal);
      const { headers, url } = fetched;
      const now = deps.now();
      const isConditional = memory.etag !== undefined || memory.modified !== undefined;
      if (fetched.document === null && isConditional)
        return unchanged(cursor, freshUntil(headers, memory.ttl, now));
      const reading = await read({ document: sent(fetched), url, options, seen: memory.seen, now }, signal);
      const { mentions, rejected, hasMore, gap } = reading;
      const next = { of: memory.of, seen: reading.seen, ttl: reading.ttl };
      const validators = { etag: validator(headers.etag), modified: validator(headers['last-modified']) };
      const retryAt = hasMore ? undefined : freshUntil(headers, reading.ttl, now);
      return {
        mentions,
        rejected,
        nextCursor: writeCursor(hasMore ? next : { ...next, ...validators }),
        hasMore,
        ...(retryAt !== undefined && { retryAt }),
        ...(gap !== undefined && { gap }),
      };
    },
    async check(signal) {
      const fetched = await fetchDocument(options.url, {}, deps, signal);
      const { seen } = emptyMemory(options);
      const document = sent(fetched);
      const reading = await read({ document, url: fetched.url, options, seen, now: deps.now() }, signal);
      return describe(reading, fetched.movedTo);
    },
    close: async () => undefined,
  };
}

/** Who says "not changed" to whom knows no copy would never be heard. */
function sent({ document, url }: Fetched): SentDocument {
  if (document !== null) return document;
  throw new AppError('unavailable', `${new URL(url).host} answered 304 though no copy was known`);
}

function unchanged(cursor: string | null, retryAt: Date | undefined): SourcePage {
  const page = { mentions: [], rejected: [], nextCursor: cursor, hasMore: false };
  return retryAt === undefined ? page : { ...page, retryAt };
}

function describe({ title, format, items, newest }: FeedReading, movedTo: string | undefined): string {
  const name = printable(title).slice(0, SHOWN_TITLE_CHARACTERS).toWellFormed();
  const count =
    items > MAX_ITEMS ? `more than ${MAX_ITEMS} items` : items === 1 ? '1 item' : `${items} items`;
  const latest = newest === null ? '' : `, the newest of ${newest.toISOString().slice(0, 10)}`;
  return `"${name}" is a feed (${format}) of ${count}${latest}${movedTo === undefined ? '' : `; it has moved for good to ${shown(movedTo)}, name that`}`;
}

/** A query may hold a key. */
function shown(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}
