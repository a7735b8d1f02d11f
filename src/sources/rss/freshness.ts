import { retryAtFrom } from '../../lib/backoff.ts';
import type { HttpAnswer } from '../../lib/http-client.ts';

/** However long a feed wants to be left alone, it is asked once a day. */
export const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/**
 * Until when a document stays good: the longest of `Cache-Control: max-age` less `Age` (RFC 9111 section 4.2), RSS's `ttl` in
 * minutes and `Retry-After`, at most 24 h from `now`. Undefined when nothing is said.
 */
export function freshUntil(
  headers: HttpAnswer['headers'],
  ttl: number | undefined,
  now: Date,
): Date | undefined {
  const control = headers['cache-control'] ?? '';
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i.exec(control)?.[1];
  const isCached = maxAge !== undefined && !/no-(?:cache|store)/i.test(control);
  const left = isCached
    ? (Number(maxAge) - Number(/^\d{1,10}$/.exec(headers.age ?? '')?.[0] ?? 0)) * 1000
    : 0;
  const header = headers['retry-after'];
  const asked =
    header === undefined ? 0 : retryAtFrom(header, now, LONGEST_WAIT_MS).getTime() - now.getTime();
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(left, (ttl ?? 0) * 60_000, asked));
  return wait > 0 ? new Date(now.getTime() + wait) : undefined;
}
