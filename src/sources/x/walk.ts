import { WINDOW_MS } from './options.ts';
import type { Place } from './place.ts';
import { endsOf } from './post-id.ts';

/**
 * Kept between what is asked for and the edges of what X has: its index runs late, and its clock is not ours. It costs nothing,
 * since `heard` is asked for only where no post is known after it.
 */
const MARGIN_S = 3_600;

/** Where the first poll starts. `sinceMs` is how far back it reads. */
export function firstPlace(now: Date, sinceMs: number): Place {
  return { heard: Math.max(secondsOf(now) - Math.round(sinceMs / 1000), oldestHeard(now)) };
}

/** What a page tells about the walk. */
export interface PageEnds {
  /** Ids of the page's posts, and what X calls its newest. */
  readonly ids: readonly (string | undefined)[];
  /** Opens the next page; missing: this was the last. */
  readonly token: string | undefined;
}

/** Where to go on, and whether at once. */
export interface Step {
  readonly place: Place;
  readonly hasMore: boolean;
  /** What can no longer be heard, in one sentence. */
  readonly gap?: string;
}

/**
 * Goes on after a page. `since` moves only with the last page of a walk, and never back. A page that leads to itself is X's
 * fault: its posts are taken and paid, but the place stays, so that the next poll asks again and nothing is skipped.
 */
export function afterPage(place: Place, { ids, token }: PageEnds, now: Date): Step {
  const { walk, ...rest } = place;
  if (token !== undefined && token === walk?.token) return { place, hasMore: false };
  const began = walk?.began ?? secondsOf(now);
  const ends = endsOf([walk?.newest, walk?.oldest, ...ids]);
  if (token !== undefined)
    return { place: { ...rest, walk: { ...walk, ...ends, token, began } }, hasMore: true };
  const { newest: since } = endsOf([rest.since, ends.newest]);
  const heard = Math.max(rest.heard, began - MARGIN_S);
  return { place: { ...rest, heard, ...(since !== undefined && { since }) }, hasMore: false };
}

/**
 * Goes on after X refused the start or the page that we asked for, naming these parameters; null when nothing else can be asked.
 * A start it no longer answers for: from the oldest instant that it does. In the middle of a walk that would give, and bill, posts
 * again, so the walk goes on below its oldest post; and when X has nothing that old either, it is over. A page token it does not
 * know, say after the query was changed: the walk anew, at the next poll.
 */
export function afterRefusal(place: Place, refused: readonly string[], now: Date): Step | null {
  const { walk, since, ...rest } = place;
  if (
    walk?.token !== undefined &&
    refused.some((name) => name === 'next_token' || name === 'pagination_token')
  ) {
    return { place: { ...rest, ...(since !== undefined && { since }) }, hasMore: false };
  }
  if (!refused.some((name) => name === 'since_id' || name === 'start_time' || name === 'until_id'))
    return null;
  const heard = Math.max(rest.heard, oldestHeard(now));
  const gap = heard > rest.heard && {
    gap: `Posts on X between ${instant(rest.heard)} and ${instant(heard)} could not be heard: X gives out the last seven days only.`,
  };
  if (walk?.below !== undefined) {
    return { ...afterPage({ ...place, heard }, { ids: [], token: undefined }, now), ...gap };
  }
  if (since === undefined && heard === rest.heard) return null;
  if (walk?.oldest === undefined) return { place: { ...rest, heard }, hasMore: true, ...gap };
  const { token: _, ...read } = walk;
  return { place: { ...rest, heard, walk: { ...read, below: walk.oldest } }, hasMore: true, ...gap };
}

/** Seconds as X reads an instant. */
export function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function oldestHeard(now: Date): number {
  return secondsOf(now) - WINDOW_MS / 1000 + MARGIN_S;
}

function secondsOf(now: Date): number {
  return Math.floor(now.getTime() / 1000);
}
