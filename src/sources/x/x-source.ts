import { z } from 'zod';
import type { SourcePage } from '../../domain/mention.ts';
import type { Source } from '../../domain/source.ts';
import { AppError } from '../../lib/app-error.ts';
import type { SourceDeps } from '../plug-in.ts';
import { openXApi, type XAnswer } from './api.ts';
import { unavailable } from './api-fault.ts';
import type { XOptions } from './options.ts';
import { readPage } from './page.ts';
import { type Place, readCursor, writeCursor } from './place.ts';
import { FIELDS } from './post.ts';
import { PostId } from './post-id.ts';
import { afterPage, afterRefusal, firstPlace, instant, type Step } from './walk.ts';

const TIMEOUT_MS = 10_000;
/** X lists a user at twice the price of a post. */
const READS_OF_A_USER = 2;

const WireUser = z.object({ data: z.object({ id: PostId, username: z.string().regex(/^\w{1,50}$/) }) });
const WireCounts = z.object({ meta: z.object({ total_tweet_count: z.int() }) });

/** An X source needs this of what sources are handed. */
export type XDeps = Pick<SourceDeps, 'now' | 'privateNetworks'>;

/**
 * Posts that match a search, or that mention a user. Each `fetchPage` is exactly one call, so every call is counted against the
 * budget and its outcome is stored before the next: looking up a handle, or falling back from a start that X refuses, is a page
 * without posts. `timeoutMs` is the deadline of a call.
 */
export function openXSource(options: XOptions, deps: XDeps, timeoutMs = TIMEOUT_MS): Source {
  const { api_url: apiUrl, token, page_size: pageSize, usd_per_read: usdPerRead } = options;
  const api = openXApi({ ...deps, apiUrl, token, timeoutMs });
  const target = targetOf(options);
  const readMicros = Math.round(usdPerRead * 1_000_000);
  const budget = {
    monthlyMicros: Math.round(options.monthly_budget_usd * 1_000_000),
    pageMicros: pageSize * readMicros,
  };
  const costOf = (reads: number) => ({ cost: { reads, micros: reads * readMicros } });

  const lookUp = async (handle: string, place: Place, signal: AbortSignal): Promise<SourcePage> => {
    const answer = await api.get(`users/by/username/${handle}`, {}, signal);
    const { id } = userOf(answer, handle);
    const step = { place: { ...place, user: { handle, id } }, hasMore: true };
    return { ...pageOf(step, answer), ...costOf(READS_OF_A_USER) };
  };

  return {
    budget,
    async fetchPage(cursor, signal) {
      const now = deps.now();
      const place = cursor === null ? firstPlace(now, options.since) : readCursor(cursor);
      if (target.handle !== undefined && place.user?.handle !== target.handle) {
        return lookUp(target.handle, place, signal);
      }
      const { path, query, tokenName } = timelineOf(target, place);
      const answer = await api.get(
        path,
        { ...query, ...FIELDS, ...spanOf(place, tokenName), max_results: String(pageSize) },
        signal,
      );
      if ('refused' in answer) {
        const step = afterRefusal(place, answer.refused, now);
        if (step === null) throw answer.fault;
        return pageOf(step, answer);
      }
      const page = readPage(answer.body, now);
      if (page === undefined) throw noAnswer(answer);
      const { mentions, rejected, posts, ...ends } = page;
      return { ...pageOf(afterPage(place, ends, now), answer), mentions, rejected, ...costOf(posts) };
    },
    // X lists these calls at half a cent for a count and one cent for a user: the least that proves query, token and access.
    async check(signal) {
      const reads =
        readMicros === 0
          ? 'any number of'
          : Math.floor(budget.monthlyMicros / readMicros).toLocaleString('en');
      const price = `a post costs $${usdPerRead}, so the budget of $${options.monthly_budget_usd} a month pays for ${reads} posts`;
      if (target.query !== undefined) {
        const answer = await api.get(
          'tweets/counts/recent',
          { query: target.query, granularity: 'day' },
          signal,
        );
        const counts = WireCounts.safeParse(bodyOf(answer));
        if (!counts.success) throw noAnswer(answer);
        return `X can be searched: ${counts.data.meta.total_tweet_count} posts of the last seven days match; ${price}.`;
      }
      const path = target.handle === undefined ? `users/${target.id}` : `users/by/username/${target.handle}`;
      const user = userOf(await api.get(path, {}, signal), target.handle ?? target.id);
      return `X can be read: @${user.username} is user ${user.id}; ${price}.`;
    },
    close: async () => api.close(),
  };
}

/** What is read: a search, a user's mentions by id, or by a handle whose id is not known yet. */
type Target =
  | { readonly query: string; readonly handle?: undefined }
  | { readonly query?: undefined; readonly handle: string }
  | { readonly query?: undefined; readonly handle?: undefined; readonly id: string };

function targetOf({ query, mentions_of: user = '' }: XOptions): Target {
  if (query !== undefined)
    return { query: /(?:^|[\s(-])is:retweet\b/i.test(query) ? query : `(${query}) -is:retweet` };
  if (/^\d+$/.test(user)) return { id: user };
  return { handle: user.replace(/^@/, '').toLowerCase() };
}

function timelineOf(
  target: Target,
  place: Place,
): { path: string; query: Record<string, string>; tokenName: string } {
  if (target.query !== undefined) {
    return { path: 'tweets/search/recent', query: { query: target.query }, tokenName: 'next_token' };
  }
  const id = target.handle === undefined ? target.id : place.user?.id;
  return { path: `users/${id}/mentions`, query: {}, tokenName: 'pagination_token' };
}

/** Between which posts the page lies: the same for all pages of a walk. X takes posts or instants, not both. */
function spanOf({ since, heard, walk }: Place, tokenName: string): Record<string, string> {
  const start = since === undefined ? { start_time: instant(heard) } : { since_id: since };
  return {
    ...(walk?.below === undefined ? start : { until_id: walk.below }),
    ...(walk?.token !== undefined && { [tokenName]: walk.token }),
  };
}

function pageOf({ place, hasMore, gap }: Step, { retryAt }: XAnswer): SourcePage {
  return {
    mentions: [],
    rejected: [],
    nextCursor: writeCursor(place),
    hasMore,
    ...(retryAt !== undefined && { retryAt }),
    ...(gap !== undefined && { gap }),
  };
}

function bodyOf(answer: XAnswer): unknown {
  if ('refused' in answer) throw answer.fault;
  return answer.body;
}

function userOf(answer: XAnswer, wanted: string): { id: string; username: string } {
  const body = bodyOf(answer);
  const user = WireUser.safeParse(body);
  if (user.success) return user.data.data;
  // X says with status 200 that there is no such user.
  const isAnswer = z.object({ errors: z.array(z.unknown()).min(1) }).safeParse(body).success;
  if (!isAnswer) throw noAnswer(answer);
  throw new AppError('not-found', `X shows no user ${wanted}: check mentions_of.`);
}

function noAnswer({ retryAt }: XAnswer): AppError {
  return unavailable('X gave an answer that is not of its API; nothing was moved.', retryAt);
}
