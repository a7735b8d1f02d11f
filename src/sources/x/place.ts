import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import { PostId } from './post-id.ts';

/** What a page's `next_token` may look like; it is opaque, and X's own hold letters and digits only. */
export const PageToken = z.string().regex(/^[\x21-\x7e]{1,1000}$/);

const Seconds = z.int().min(0);

/**
 * How far a source has heard, kept between polls as its cursor. X gives posts newest first, so a poll is a walk from the newest
 * page back to where the last walk began; only when its last page is in may the next poll start from this walk's newest post.
 */
export const Place = z.strictObject({
  /** Every post up to this one was heard. Missing: none was heard yet, and `heard` says where to start. */
  since: PostId.optional(),
  /** Every post written before this instant was heard or given up. Seconds since 1970. */
  heard: Seconds,
  /** The id that a handle was found to have, so that it is looked up (and paid) once. */
  user: z.strictObject({ handle: z.string().max(15), id: PostId }).optional(),
  /** The walk that is under way. */
  walk: z
    .strictObject({
      /** Opens the next page. */
      token: PageToken.optional(),
      /** The newest and the oldest post of the walk so far. */
      newest: PostId.optional(),
      oldest: PostId.optional(),
      /** Set when X no longer answers for where the walk was to end: it goes on below this post, as far back as X has posts. */
      below: PostId.optional(),
      /** When its first page was read. Seconds since 1970. */
      began: Seconds,
    })
    .optional(),
});
export type Place = z.output<typeof Place>;

const Cursor = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(Place);

export function writeCursor(place: Place): string {
  return JSON.stringify(place);
}

/** Reads what {@link writeCursor} wrote. Throws AppError `invalid-input` for anything else. */
export function readCursor(cursor: string): Place {
  const place = Cursor.safeParse(cursor);
  if (place.success) return place.data;
  throw new AppError(
    'invalid-input',
    'the place kept for this X source cannot be read: read it again from the start',
  );
}
