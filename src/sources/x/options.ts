import { z } from 'zod';
import { durationOption } from '../../lib/duration.ts';
import { secretOption } from '../../lib/secret.ts';

const DAY_MS = 86_400_000;

/** X gives out the posts of the last seven days and refuses a search that starts before. */
export const WINDOW_MS = 7 * DAY_MS;

/** Options of an `x` source: one search, or the mentions of one user. */
export const XOptions = z
  .strictObject({
    /** A search in X's own words. Pure retweets are left out unless it says `is:retweet` itself. */
    query: z.string().trim().min(1).max(4096).optional(),
    /** Whose mentions are read: a handle, or a user's numeric id. A handle of digits alone wants its `@`. */
    mentions_of: z
      .string()
      .regex(/^(?:\d{1,20}|@?[A-Za-z0-9_]{1,15})$/, 'write a handle such as @firm, or a numeric user id')
      .optional(),
    /** Bearer token of an app of the X developer console. */
    token: secretOption.refine(
      (token) => /^[\x21-\x7e]+$/.test(token.reveal()),
      'holds a blank, a line end or another character that no token has',
    ),
    /** Where the API answers, without `/2`: for a proxy or a server that stands in. */
    api_url: z
      .url({ protocol: /^https?$/, error: 'must be an absolute https address' })
      .refine(isPlainAddress, 'must carry no user, password, query or fragment')
      .default('https://api.x.com'),
    /** Posts asked for at once. Small pages cost less when a poll is cut short, large ones fewer calls. */
    page_size: z.int().min(10).max(100).default(100),
    /** The hard stop of each calendar month in UTC. */
    monthly_budget_usd: z.number().positive().max(1_000_000).default(25),
    /** X's price of one post. Own mentions are cheaper: set 0.001 when the token belongs to the user of `mentions_of`. */
    usd_per_read: z.number().nonnegative().max(1).default(0.005),
    /** How far back the very first poll reads. */
    since: durationOption
      .refine((milliseconds) => milliseconds > 0 && milliseconds <= WINDOW_MS, 'must be at most 7d')
      .default(DAY_MS),
  })
  .refine(({ query, mentions_of }) => (query === undefined) !== (mentions_of === undefined), {
    path: ['query'],
    error: 'write either query or mentions_of',
  })
  .refine((options) => options.page_size * options.usd_per_read <= options.monthly_budget_usd, {
    path: ['monthly_budget_usd'],
    error: 'does not pay for one page: raise it or lower page_size',
  });
export type XOptions = z.output<typeof XOptions>;

function isPlainAddress(text: string): boolean {
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === '');
}
