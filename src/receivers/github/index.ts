import { z } from 'zod';
import type { OutboundMessage, Receipt } from '../../domain/delivery.ts';
import { AppError } from '../../lib/app-error.ts';
import type { HttpAnswer } from '../../lib/http-client.ts';
import { secretOption } from '../../lib/secret.ts';
import { answerError, callDestination } from '../http-answer.ts';
import { defineReceiver } from '../plug-in.ts';
import { issueOf } from './issue.ts';

const TIMEOUT_MS = 15_000;
const SECOND = 1_000;
const LONGEST_WAIT = 3_600 * SECOND;

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

/** One GitHub issue a message, through REST. Success is status 201, nothing else. */
export const github = defineReceiver({
  kind: 'github',
  options: githubOptions,
  create({ repository, token, labels, api }, { http, clock }) {
    const url = `${api.replace(/\/+$/, '')}/repos/${repository}/issues`;

    return {
      async send(message: OutboundMessage, signal: AbortSignal): Promise<Receipt> {
        const answer = await callDestination(http, {
          method: 'POST',
          url,
          headers: {
            accept: 'application/vnd.github+json',
            authorization: `Bearer ${token.reveal()}`,
            'content-type': 'application/json',
            'x-github-api-version': '2022-11-28',
          },
          body: JSON.stringify({ ...issueOf(message), labels }),
          signal,
          timeoutMs: TIMEOUT_MS,
          maxBodyBytes: 0,
          requireTls: true,
        });
        const { status, headers } = answer;
        if (status === 201) return { status, detail: 'issue written' };
        throw spentBudget(answer, clock()) ?? answerError({ status, headers, who: 'GitHub', now: clock() });
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
