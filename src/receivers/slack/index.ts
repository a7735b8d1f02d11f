import type { OutboundMessage, Receipt } from '../../domain/delivery.ts';
import { createAddressGuard } from '../../lib/address-guard.ts';
import { AppError } from '../../lib/app-error.ts';
import type { HttpAnswer } from '../../lib/http-client.ts';
import { createPace } from '../../lib/pace.ts';
import { destinationUrl } from '../destination-url.ts';
import { answerError, callDestination } from '../http-answer.ts';
import { defineReceiver } from '../plug-in.ts';
import { createBot } from './bot.ts';
import { slackOptions } from './options.ts';
import { blockPayload, plainPayload } from './payload.ts';
import { createSlackApi } from './web-api.ts';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 20_000;
/** Slack takes one message a second a webhook and answers 429 to more. */
const GAP_MS = 1_000;

/** Faults of the message's form: the same words as plain text may still pass. */
const FORM_FAULTS = new Set(['invalid_payload', 'invalid_blocks', 'msg_blocks_too_long', 'no_text']);

/** The webhook was revoked, or its channel or workspace is gone for good. */
const GONE = new Set([
  'no_service',
  'no_team',
  'team_disabled',
  'token_revoked',
  'account_inactive',
  'channel_is_archived',
]);

/** A Slack channel, by an incoming webhook (success is status 200 with the body `ok`, nothing else) or by a bot. */
export const slack = defineReceiver({
  kind: 'slack',
  options: slackOptions,
  create({ url: secretUrl, token, channel, signing_secret: secret, api }, { http, clock, privateNetworks }) {
    if (token !== undefined && channel !== undefined) {
      const call = createSlackApi({ api, token, http, clock });
      return createBot({ call, channel, hasButtons: secret !== undefined, gapMs: GAP_MS });
    }
    const url = destinationUrl(secretUrl?.reveal() ?? '', {
      isOurs: ({ origin, pathname }) =>
        origin === 'https://hooks.slack.com' && pathname.startsWith('/services/'),
      guard: createAddressGuard({ privateNetworks }),
      fault: 'A Slack receiver needs a url that starts with https://hooks.slack.com/services/.',
    });

    const pace = createPace(GAP_MS);
    const post = async (body: object, signal: AbortSignal): Promise<HttpAnswer> => {
      await pace(signal);
      return callDestination(http, {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        signal,
        timeoutMs: TIMEOUT_MS,
        maxBodyBytes: MAX_ANSWER_BYTES,
        requireTls: true,
      });
    };

    return {
      async send(message: OutboundMessage, signal: AbortSignal): Promise<Receipt> {
        const first = blockPayload(message);
        const answer = await post(first, signal);
        if (isTaken(answer)) return { status: answer.status, detail: 'ok' };
        const fault = faultOf(answer);
        if (first.blocks === undefined || !isFormFault(answer.status, fault)) throw errorOf(answer, clock());

        const second = await post(plainPayload(message), signal);
        if (isTaken(second))
          return { status: second.status, detail: `ok as plain text, blocks refused: ${fault}` };
        throw errorOf(second, clock());
      },
      async close() {},
    };
  },
});

function isTaken(answer: HttpAnswer): boolean {
  return answer.status === 200 && !answer.truncated && answer.body.trim() === 'ok';
}

function isFormFault(status: number, fault: string | undefined): boolean {
  return status === 400 && fault !== undefined && FORM_FAULTS.has(fault);
}

/** Slack's own word for the fault, e.g. `invalid_token`; other text (a proxy's page) is not repeated. */
function faultOf(answer: HttpAnswer): string | undefined {
  const text = answer.body.trim();
  return /^[a-z_]{2,60}$/.test(text) ? text : undefined;
}

function errorOf(answer: HttpAnswer, now: Date): AppError {
  const reason = faultOf(answer);
  // A user or team that is gone comes as 400 and still means the destination, not the message.
  const status = answer.status === 400 && reason === 'user_not_found' ? 404 : answer.status;
  if (status === 200) return new AppError('unavailable', 'Slack answered 200 but not "ok".');
  const { headers } = answer;
  const isGone = status === 410 || GONE.has(reason ?? '');
  return answerError({ status, headers, who: 'Slack', now, isGone, ...(reason !== undefined && { reason }) });
}
