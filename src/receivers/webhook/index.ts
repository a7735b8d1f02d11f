import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { OutboundMessage, Receipt } from '../../domain/delivery.ts';
import { type Secret, secretOption } from '../../lib/secret.ts';
import { envelopeOf } from '../envelope.ts';
import { answerError, callDestination } from '../http-answer.ts';
import { defineReceiver } from '../plug-in.ts';
import { webhookBody } from './body.ts';

const TIMEOUT_MS = 15_000;

const signingSecret = secretOption.refine(isSigningSecret, {
  error: 'must be whsec_ followed by 24 to 64 bytes in base64',
});

const webhookOptions = z.strictObject({
  /** https; plain http only to an address of the allowed private networks. */
  url: z.url({ protocol: /^https?$/, error: 'must be an absolute https address' }),
  /** One secret, or the new one and the one it replaces while receivers change over. */
  secret: z.union([signingSecret, z.array(signingSecret).min(1).max(2)]),
});

/** Signed webhook after Standard Webhooks 1.0 (standardwebhooks.com): any 2xx means taken, the answer's body is not read. */
export const webhook = defineReceiver({
  kind: 'webhook',
  options: webhookOptions,
  create({ url, secret }, { http, clock }) {
    const signers = [secret].flat().map((one) => new Webhook(one.reveal()));

    return {
      async send(message: OutboundMessage, signal: AbortSignal): Promise<Receipt> {
        const body = webhookBody(envelopeOf(message));
        const sentAt = clock();
        const { status, headers } = await callDestination(http, {
          method: 'POST',
          url,
          headers: {
            'content-type': 'application/json',
            'webhook-id': message.id,
            'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
            'webhook-signature': signers.map((signer) => signer.sign(message.id, sentAt, body)).join(' '),
          },
          body,
          signal,
          timeoutMs: TIMEOUT_MS,
          maxBodyBytes: 0,
          requireTls: true,
        });
        if (status >= 200 && status < 300) return { status, detail: 'taken' };
        throw answerError({ status, headers, who: 'The webhook', now: clock() });
      },
      async close() {},
    };
  },
});

function isSigningSecret(secret: Secret): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret.reveal())?.[1];
  if (encoded === undefined || encoded.length % 4 !== 0) return false;
  const size = Buffer.from(encoded, 'base64').length;
  return size >= 24 && size <= 64;
}
