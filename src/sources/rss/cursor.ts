import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import { identityHash } from '../mention-fields.ts';
import type { RssOptions } from './options.ts';
import { MARK_CHARACTERS, MAX_ITEMS } from './read-document.ts';

/** What goes into a header again must not be able to end it. */
const headerValue = z.string().regex(/^[\x20-\x7e]{1,500}$/);

const feedMemory = z.strictObject({
  /** Hash of the options the rest holds for. */
  of: z.string().length(16),
  /** `ETag` and `Last-Modified` of the document that was read to its end. */
  etag: headerValue.optional(),
  modified: headerValue.optional(),
  /** Minutes that the document said a copy of it stays good. */
  ttl: z.number().min(0).optional(),
  /** Marks of the items seen, {@link MARK_CHARACTERS} each. */
  seen: z.string().regex(new RegExp(`^(?:[\\w-]{${MARK_CHARACTERS}}){0,${MAX_ITEMS}}$`)),
});
export type FeedMemory = z.output<typeof feedMemory>;

/** Nothing was heard yet under these options. */
export function emptyMemory(options: RssOptions): FeedMemory {
  return { of: identityHash([JSON.stringify(options)]).slice(0, 16), seen: '' };
}

/** The value if it may be kept as a validator. */
export function validator(value: string | undefined): string | undefined {
  return headerValue.safeParse(value).data;
}

export function writeCursor(memory: FeedMemory): string {
  return JSON.stringify(memory);
}

/**
 * Reads what {@link writeCursor} wrote; no cursor, and one of other options, gives an empty memory: the feed is heard from
 * its start, and what is in already stays one mention. Throws AppError `invalid-input` for anything else.
 */
export function readCursor(cursor: string | null, options: RssOptions): FeedMemory {
  const empty = emptyMemory(options);
  if (cursor === null) return empty;
  const parsed = feedMemory.safeParse(jsonOf(cursor));
  if (!parsed.success) {
    const host = new URL(options.url).host;
    throw new AppError(
      'invalid-input',
      `the place kept for the feed on ${host} is not one: read it from the start`,
    );
  }
  return parsed.data.of === empty.of ? parsed.data : empty;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
