import { z } from 'zod';
import type { OutboundMessage, Receipt } from '../../domain/delivery.ts';
import { createAddressGuard } from '../../lib/address-guard.ts';
import { secretOption } from '../../lib/secret.ts';
import { destinationUrl } from '../destination-url.ts';
import { answerError, callDestination } from '../http-answer.ts';
import { defineReceiver } from '../plug-in.ts';
import { cardBody } from './card.ts';

const TIMEOUT_MS = 15_000;
/** Where Power Automate takes calls, now and before 2025. */
const WORKFLOW_HOST = /\.(api\.powerplatform\.com|logic\.azure\.com)$/;

const teamsOptions = z.strictObject({
  /** The workflow's address; its signature lets whoever knows it post, so it is a secret. */
  url: secretOption,
});

/** Microsoft Teams through a Workflows webhook. 202 says that the flow began; what the flow then does is not told. */
export const teams = defineReceiver({
  kind: 'teams',
  options: teamsOptions,
  create({ url: secretUrl }, { http, clock, privateNetworks }) {
    const url = destinationUrl(secretUrl.reveal(), {
      isOurs: ({ protocol, hostname }) => protocol === 'https:' && WORKFLOW_HOST.test(hostname),
      guard: createAddressGuard({ privateNetworks }),
      fault:
        'A Teams receiver needs the https url of a workflow, on *.api.powerplatform.com or *.logic.azure.com.',
    });

    return {
      async send(message: OutboundMessage, signal: AbortSignal): Promise<Receipt> {
        const { status, headers } = await callDestination(http, {
          method: 'POST',
          url,
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: cardBody(message),
          signal,
          timeoutMs: TIMEOUT_MS,
          maxBodyBytes: 0,
          requireTls: true,
        });
        if (status === 200 || status === 202) return { status, detail: 'taken' };
        throw answerError({ status, headers, who: 'Teams', now: clock() });
      },
      async close() {},
    };
  },
});
