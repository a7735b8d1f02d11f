import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import type { HttpAnswer } from '../../lib/http-client.ts';
import { readJson } from '../../lib/read-json.ts';
import { Secret } from '../../lib/secret.ts';
import type { SourceDeps } from '../plug-in.ts';
import type { EmailOptions } from './options.ts';

/** A token this close to its end may not last through a login. */
const SPARE_MS = 60_000;
/** How long a token holds when its giver does not say. Seconds. */
const DEFAULT_LIFE = 300;

/** The answer of RFC 6749 section 5.1. */
const Answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().max(31_536_000).catch(DEFAULT_LIFE),
  refresh_token: z.string().min(1).optional(),
});
/** And of section 5.2; the code alone is fit to show. */
const Refusal = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });

export interface AccessTokens {
  /** A token that is good now. Throws AppError: `auth` when no more are given, `unavailable` when nobody answers. */
  get(signal: AbortSignal): Promise<Secret>;
  /** The mail server refused the token. Gives whether another can be had, because it was not fetched just now. */
  forget(): boolean;
}

type OauthOptions = NonNullable<EmailOptions['oauth']>;

/** Access tokens for XOAUTH2: the one in the options, or ones bought with a refresh token and kept until they expire. */
export function createAccessTokens(
  options: OauthOptions,
  { http, now }: Pick<SourceDeps, 'http' | 'now'>,
): AccessTokens {
  let kept: { readonly token: Secret; readonly until: number } | null = null;
  let refreshToken = options.refresh_token;
  let isFresh = false;

  return {
    async get(signal) {
      if (options.token !== undefined) return options.token;
      isFresh = kept === null || kept.until <= now().getTime();
      if (kept === null || isFresh) {
        const answer = await refresh(options, refreshToken, http, signal);
        // Some givers hand out each refresh token for one use only.
        if (answer.refresh_token !== undefined) refreshToken = new Secret(answer.refresh_token);
        const until = now().getTime() + answer.expires_in * 1000 - SPARE_MS;
        kept = { token: new Secret(answer.access_token), until };
      }
      return kept.token;
    },
    forget() {
      kept = null;
      return options.token === undefined && !isFresh;
    },
  };
}

async function refresh(
  { client_id = '', client_secret, token_url = '' }: OauthOptions,
  refreshToken: Secret | undefined,
  http: SourceDeps['http'],
  signal: AbortSignal,
): Promise<z.output<typeof Answer>> {
  const form = {
    grant_type: 'refresh_token',
    client_id,
    client_secret: client_secret?.reveal() ?? '',
    refresh_token: refreshToken?.reveal() ?? '',
  };
  const answer = await http.request({
    method: 'POST',
    url: token_url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
    requireTls: true,
    signal,
  });
  const parsed = Answer.safeParse(readJson(answer.body));
  if (answer.status === 200 && parsed.success) return parsed.data;
  throw refusal(answer, new URL(token_url).hostname);
}

function refusal({ status, body }: HttpAnswer, host: string): AppError {
  const parsed = Refusal.safeParse(readJson(body));
  const what = [status, parsed.data?.error].filter(Boolean).join(' ');
  if (status === 429 || status >= 500 || status === 200)
    return new AppError('unavailable', `${host} gave no access token (${what}).`);
  return new AppError(
    'auth',
    `${host} refuses to renew the access token (${what}): sign in again and set the new refresh token, or correct the client.`,
  );
}
