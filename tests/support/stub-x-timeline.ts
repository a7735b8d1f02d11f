import { createHash } from 'node:crypto';
import type { Clock } from '../../src/lib/clock.ts';

const WINDOW_MS = 7 * 86_400_000;
/** Recent search ends half a minute before now. */
const INDEX_LAG_MS = 30_000;
/** The mentions of a user reach back this many posts. */
const MENTIONS_KEPT = 800;

export interface StubPost {
  readonly id: string;
  readonly at: Date;
  /** Fields of the post as X gives it out, over those that every post has. */
  readonly fields?: object;
}

export interface StubPage {
  readonly data?: object[];
  readonly includes?: object;
  readonly meta: { result_count: number; newest_id?: string; oldest_id?: string; next_token?: string };
}

/** An error as X words it; thrown in the place of an answer. */
export class StubProblem {
  constructor(
    readonly status: number,
    readonly body: object,
  ) {}
}

/** X's 400 about one parameter. */
function invalidParameter(name: string, value: string | null, message: string): StubProblem {
  return new StubProblem(400, {
    errors: [{ parameters: { [name]: [value ?? ''] }, message }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: 'https://api.twitter.com/2/problems/invalid-request',
  });
}

/** Posts as recent search and the mentions of a user page them. */
export interface StubTimeline {
  readonly size: number;
  publish(posts: readonly StubPost[]): void;
  /** The page that this address asks for; without posts, but with more to come, when it is to be empty. */
  page(url: URL, isEmpty: boolean): StubPage;
  /** The page that led to the one which this address asks for. */
  pageBefore(url: URL): StubPage | undefined;
  clear(): void;
}

export function createStubTimeline(now: Clock): StubTimeline {
  let posts: StubPost[] = [];
  const issued = new Map<string, { before: bigint; walk: string; page: StubPage }>();

  return {
    get size() {
      return posts.length;
    },
    publish(more) {
      posts = [...posts, ...more].toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
    },
    page(url, isEmpty) {
      const asked = askedOf(url);
      const { isSearch, since, until, start, token, max, walk } = asked;
      const oldest = isSearch ? now().getTime() - WINDOW_MS : 0;
      check(asked, posts, oldest);
      const from = token === null ? undefined : issued.get(token);
      if (token !== null && from?.walk !== walk)
        throw invalidParameter(tokenName(url), token, `Invalid '${tokenName(url)}'`);

      const newest = now().getTime() - (isSearch ? INDEX_LAG_MS : 0);
      const known = posts.filter(({ at }) => at.getTime() >= oldest && at.getTime() <= newest);
      const found = known
        .slice(0, isSearch ? known.length : MENTIONS_KEPT)
        .filter(
          ({ id, at }) =>
            (since === null || BigInt(id) > BigInt(since)) &&
            (until === null || BigInt(id) < BigInt(until)) &&
            (start === null || at.getTime() >= Date.parse(start)) &&
            (from === undefined || BigInt(id) < from.before),
        );
      const shown = isEmpty ? [] : found.slice(0, max);
      const page = pageOf(shown);
      if (isEmpty || found.length > shown.length) {
        const last = shown.at(-1)?.id;
        const before = last === undefined ? BigInt(found[0]?.id ?? 0) + 1n : BigInt(last);
        page.meta.next_token = nextToken([walk, token, String(before)]);
        issued.set(page.meta.next_token, { before, walk, page });
      }
      return page;
    },
    pageBefore: (url) => issued.get(askedOf(url).token ?? '')?.page,
    clear() {
      posts = [];
      issued.clear();
    },
  };
}

interface Asked {
  readonly isSearch: boolean;
  readonly query: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly start: string | null;
  readonly token: string | null;
  readonly max: number;
  /** What all pages of one walk ask alike. */
  readonly walk: string;
}

function askedOf(url: URL): Asked {
  const ask = (name: string) => url.searchParams.get(name);
  const [query, since, until, start] = ['query', 'since_id', 'until_id', 'start_time'].map(ask);
  const span = { query: query ?? null, since: since ?? null, until: until ?? null, start: start ?? null };
  return {
    ...span,
    isSearch: isSearch(url),
    token: ask(tokenName(url)),
    max: Number(ask('max_results') ?? 10),
    walk: JSON.stringify([url.pathname, span]),
  };
}

/** Throws the 400 that X answers with. Ids are as old as their posts. */
function check(asked: Asked, posts: readonly StubPost[], oldest: number): void {
  const { isSearch, query, since, until, start, max } = asked;
  const edge = new Date(oldest).toISOString();
  if (isSearch && query === null) throw invalidParameter('query', query, 'query: is required');
  if (!(max >= (isSearch ? 10 : 5) && max <= 100))
    throw invalidParameter(
      'max_results',
      String(max),
      `The 'max_results' value [${max}] is not between 10 and 100`,
    );
  if ((since !== null || until !== null) && start !== null)
    throw invalidParameter(
      'since_id',
      since ?? until,
      "Invalid use of 'since_id' or 'until_id' in conjunction with 'start_time' or 'end_time'.",
    );
  for (const [name, value] of [
    ['since_id', since],
    ['until_id', until],
  ] as const) {
    const post = posts.find(({ id }) => id === value);
    if (post !== undefined && post.at.getTime() < oldest)
      throw invalidParameter(
        name,
        value,
        `'${name}' must be a tweet id created after [${edge}]. Please use a '${name}' that is larger than 1`,
      );
  }
  if (start !== null && !(Date.parse(start) >= oldest))
    throw invalidParameter(
      'start_time',
      start,
      `Invalid 'start_time':'${start}'. 'start_time' must be on or after ${edge}`,
    );
}

function isSearch(url: URL): boolean {
  return url.pathname.endsWith('/search/recent');
}

function tokenName(url: URL): string {
  return isSearch(url) ? 'next_token' : 'pagination_token';
}

/** The same page gives out the same token, and no token leads to itself. */
function nextToken(parts: readonly (string | null)[]): string {
  return `b26v89c19zqg8${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)}`;
}

function pageOf(shown: readonly StubPost[]): StubPage {
  const [newest, oldest] = [shown[0], shown.at(-1)];
  if (newest === undefined || oldest === undefined) return { meta: { result_count: 0 } };
  return {
    data: shown.map(({ id, at, fields }) => ({
      id,
      text: `post ${id}`,
      created_at: at.toISOString(),
      author_id: '77',
      conversation_id: id,
      lang: 'en',
      public_metrics: {
        retweet_count: 0,
        reply_count: 0,
        like_count: 0,
        quote_count: 0,
        impression_count: 3,
      },
      edit_history_tweet_ids: [id],
      ...fields,
    })),
    includes: {
      users: [
        { id: '77', username: 'rdowning76', name: 'R. Downing', public_metrics: { followers_count: 120 } },
      ],
    },
    meta: { result_count: shown.length, newest_id: newest.id, oldest_id: oldest.id },
  };
}
