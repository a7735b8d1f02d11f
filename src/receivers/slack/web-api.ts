import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { HttpClient } from '../../lib/http-client.ts';
import { readJson } from '../../lib/read-json.ts';
import type { Secret } from '../../lib/secret.ts';
import { answerError, callDestination } from '../http-answer.ts';

/** What Slack's Web API answers to a call that it has understood. */
const Answer = z.looseObject({ ok: z.boolean(), error: z.string().optional() });
export type SlackAnswer = z.infer<typeof Answer>;

/** Calls a method of Slack's Web API; the answer says `ok: true`. Throws AppError, a {@link SlackFault} for what Slack names. */
export type SlackApi = (method: string, body: object, signal: AbortSignal) => Promise<SlackAnswer>;

/** Slack's own word for why it did not do what it was asked to. */
export class SlackFault extends AppError {
  readonly fault: string;

  constructor(error: AppError, fault: string) {
    super(error.kind, error.message, {
      isGone: error.isGone,
      ...(error.retryAt && { retryAt: error.retryAt }),
    });
    this.fault = fault;
  }
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 100_000;

/** The status that HTTP would have had for it; what is not here passes and is tried again. */
const STATUS: Readonly<Record<string, number>> = {
  ratelimited: 429,
  rate_limited: 429,
  invalid_auth: 401,
  not_authed: 401,
  token_expired: 401,
  token_revoked: 401,
  account_inactive: 401,
  missing_scope: 403,
  not_allowed_token_type: 403,
  ekm_access_denied: 403,
  restricted_action: 403,
  no_permission: 403,
  channel_not_found: 404,
  not_in_channel: 404,
  is_archived: 404,
  team_not_found: 404,
  user_not_found: 404,
  message_not_found: 404,
  thread_not_found: 404,
  invalid_blocks: 400,
  invalid_blocks_format: 400,
  invalid_arguments: 400,
  msg_too_long: 400,
  msg_blocks_too_long: 400,
  no_text: 400,
};
const GONE = new Set(['token_revoked', 'account_inactive', 'is_archived', 'team_not_found']);

/** Every method takes a form, with JSON for what is no text; those that only read take nothing else. */
function formOf(body: object): string {
  const fields = Object.entries(body).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    fields.map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString();
}

export function createSlackApi({
  api,
  token,
  http,
  clock,
}: {
  readonly api: string;
  readonly token: Secret;
  readonly http: HttpClient;
  readonly clock: Clock;
}): SlackApi {
  return async (method, body, signal) => {
    const {
      status,
      headers,
      body: text,
    } = await callDestination(http, {
      method: 'POST',
      url: `${api.replace(/\/+$/, '')}/${method}`,
      headers: {
        authorization: `Bearer ${token.reveal()}`,
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: formOf(body),
      signal,
      timeoutMs: TIMEOUT_MS,
      maxBodyBytes: MAX_ANSWER_BYTES,
      requireTls: true,
    });
    const answer = Answer.safeParse(readJson(text));
    if (status !== 200) throw answerError({ status, headers, who: 'Slack', now: clock() });
    if (!answer.success)
      throw new AppError('unavailable', 'Slack answered 200 with something else than its JSON.');
    if (answer.data.ok) return answer.data;
    const fault = /^[a-z_]{2,60}$/.exec(answer.data.error ?? '')?.[0] ?? 'unknown';
    throw new SlackFault(
      answerError({
        status: STATUS[fault] ?? 503,
        headers,
        who: 'Slack',
        reason: fault,
        now: clock(),
        isGone: GONE.has(fault),
      }),
      fault,
    );
  };
}
