import { z } from 'zod';
import type { Before, OutboundMessage, Receipt } from '../../domain/delivery.ts';
import { AppError } from '../../lib/app-error.ts';
import type { HttpAnswer } from '../../lib/http-client.ts';
import { readJson } from '../../lib/read-json.ts';
import { secretOption } from '../../lib/secret.ts';
import { answerError } from '../http-answer.ts';
import { defineReceiver } from '../plug-in.ts';
import { createRest } from '../rest.ts';
import { issueOf } from './issue.ts';

const SECOND = 1_000;
const LONGEST_WAIT = 3_600 * SECOND;

/** An issue's own words are at most 65,536 characters of it. */
const MAX_ISSUE_BYTES = 500_000;
const NUMBER = /^\d{1,12}$/;

const Issue = z.object({ state: z.string(), state_reason: z.string().nullish() });

const githubOptions = z.strictObject({
  /** `owner/name`. */
  repository: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, {
    error: 'must look like owner/name',
  }),
  /** A fine-grained token that may write issues of this one repository. */
  token: secretOption,
  /** Given to every issue; GitHub makes those it does not know. */
  labels: z.array(z.string().min(1).max(50)).max(20).default([]),
  /** An Enterprise server's `https://host/api/v3`. */
  api: z
    .url({ protocol: /^https?$/, error: 'must be an absolute https address' })
    .default('https://api.github.com'),
});

/** One GitHub issue a conversation, what follows as its comments, through REST. Success is status 201, nothing else. */
export const github = defineReceiver({
  kind: 'github',
  options: githubOptions,
  create({ repository, token, labels, api }, { http, clock }) {
    const url = `${api.replace(/\/+$/, '')}/repos/${repository}/issues`;

    const rest = createRest(http, {
      url,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token.reveal()}`,
        'x-github-api-version': '2022-11-28',
      },
    });
    // The number of what was written stands in a header.
    const write = (path: string, body: object, signal: AbortSignal): Promise<HttpAnswer> =>
      rest('POST', path, { body, signal, maxBodyBytes: 0 });
    const errorOf = (answer: HttpAnswer): AppError =>
      spentBudget(answer, clock()) ?? answerError({ ...answer, who: 'GitHub', now: clock() });

    return {
      async send(
        message: OutboundMessage,
        signal: AbortSignal,
        { root = null }: Before = {},
      ): Promise<Receipt> {
        if (root !== null && NUMBER.test(root.ref)) {
          const comment = await write(`/${root.ref}/comments`, { body: issueOf(message).body }, signal);
          if (comment.status === 201) return { status: 201, detail: `comment on issue ${root.ref}` };
          // The issue was deleted or moved: what follows begins another.
          if (comment.status !== 404 && comment.status !== 410) throw errorOf(comment);
        }
        const answer = await write('', { ...issueOf(message), labels }, signal);
        if (answer.status !== 201) throw errorOf(answer);
        const number = /\/(\d{1,12})$/.exec(answer.headers['location'] ?? '')?.[1];
        return { status: 201, detail: 'issue written', ...(number !== undefined && { ref: number }) };
      },
      async resolutionOf(ref, signal) {
        const answer = await rest('GET', `/${ref}`, { signal, maxBodyBytes: MAX_ISSUE_BYTES });
        if (answer.status !== 200) throw errorOf(answer);
        const issue = Issue.safeParse(readJson(answer.body));
        if (!issue.success)
          throw new AppError('unavailable', 'GitHub answered with something else than an issue.');
        const { state, state_reason: reason } = issue.data;
        if (state !== 'closed') return null;
        return reason === 'not_planned' || reason === 'duplicate' ? 'wont-fix' : 'fixed';
      },
      async close() {},
    };
  },
});

/** GitHub also says 403 when it means "too many": with `retry-after`, or with nothing left until an epoch second (its docs, "Rate limits"). */
function spentBudget({ status, headers }: HttpAnswer, now: Date): AppError | undefined {
  if (status !== 403) return undefined;
  if (headers['retry-after'] !== undefined) return answerError({ status: 429, headers, who: 'GitHub', now });
  if (headers['x-ratelimit-remaining'] !== '0') return undefined;
  const reset = Number(headers['x-ratelimit-reset']) * SECOND;
  const wait = Number.isFinite(reset) ? reset - now.getTime() : 0;
  const retryAt = new Date(now.getTime() + Math.min(LONGEST_WAIT, Math.max(30 * SECOND, wait)));
  return new AppError('rate-limited', 'GitHub answered 403: its hourly number of calls is used up.', {
    retryAt,
  });
}
