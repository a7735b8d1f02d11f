import { z } from 'zod';

/** A post's or user's id. Too long for a number: ids are kept as text and compared as BigInt. */
export const PostId = z.string().regex(/^\d{1,20}$/);

/** The first and the last written of these posts: ids grow with time. Empty when there is none. */
export function endsOf(ids: Iterable<string | undefined>): { newest?: string; oldest?: string } {
  const ends: { newest?: string; oldest?: string } = {};
  for (const id of ids) {
    if (id === undefined) continue;
    if (ends.newest === undefined || BigInt(id) > BigInt(ends.newest)) ends.newest = id;
    if (ends.oldest === undefined || BigInt(id) < BigInt(ends.oldest)) ends.oldest = id;
  }
  return ends;
}
