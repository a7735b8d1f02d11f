import type { OutboundMessage, Receipt, Receiver, ThreadRoot } from '../../domain/delivery.ts';
import { AppError } from '../../lib/app-error.ts';
import { createPace } from '../../lib/pace.ts';
import { withButtons } from './buttons.ts';
import { blockPayload, overPayload, plainPayload } from './payload.ts';
import { type SlackApi, SlackFault } from './web-api.ts';

interface BotOptions {
  readonly call: SlackApi;
  readonly channel: string;
  /** Whether somebody listens for what is pressed. */
  readonly hasButtons: boolean;
  readonly gapMs: number;
}

/** Faults of the message's form: the same words as plain text may still pass. */
const FORM_FAULTS = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
]);
/** The message that a follow-up belongs to was deleted. */
const ROOT_FAULTS = new Set(['thread_not_found', 'message_not_found', 'invalid_thread_ts']);

/**
 * Posts to a channel. What follows on a message stands in its thread (what is new is shown in the channel too), and once all is over the
 * message itself says so and has no more buttons.
 */
export function createBot({ call, channel, hasButtons, gapMs }: BotOptions): Receiver {
  const pace = createPace(gapMs);

  const post = async (message: OutboundMessage, signal: AbortSignal, threadTs?: string): Promise<Receipt> => {
    const payload = blockPayload(hasButtons ? withButtons(message) : message);
    const inThread = { thread_ts: threadTs, reply_broadcast: !isOver(message) };
    const where = { channel, ...(threadTs !== undefined && inThread) };
    await pace(signal);
    try {
      return receiptOf(await call('chat.postMessage', { ...payload, ...where }, signal), 'ok');
    } catch (error) {
      if (!(error instanceof SlackFault) || payload.blocks === undefined || !FORM_FAULTS.has(error.fault))
        throw error;
      await pace(signal);
      const plain = await call('chat.postMessage', { ...plainPayload(message), ...where }, signal);
      return receiptOf(plain, `ok as plain text, blocks refused: ${error.fault}`);
    }
  };

  /** That the first message does not say so is no reason to send the follow-up again. */
  const showOver = async (
    root: ThreadRoot,
    ts: string,
    last: OutboundMessage,
    signal: AbortSignal,
  ): Promise<void> => {
    await pace(signal);
    const payload = { ...blockPayload(overPayload(root.message, last)), channel, ts };
    await call('chat.update', payload, signal).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  };

  return {
    async send(message, signal, { root = null } = {}) {
      const ts = root === null ? undefined : tsOf(root.ref);
      if (root === null || ts === undefined || channelOf(root.ref) !== channel) return post(message, signal);
      try {
        const receipt = await post(message, signal, ts);
        if (isOver(message)) await showOver(root, ts, message, signal);
        return receipt;
      } catch (error) {
        if (!(error instanceof SlackFault) || !ROOT_FAULTS.has(error.fault)) throw error;
        return post(message, signal);
      }
    },
    async close() {},
  };
}

/** Whether nothing more is to be expected of the conversation. */
function isOver({ payload }: OutboundMessage): boolean {
  return payload['live'] === false || payload['resolved'] === true;
}

function receiptOf(answer: { readonly [key: string]: unknown }, detail: string): Receipt {
  const { channel, ts } = answer;
  const isNamed = typeof channel === 'string' && typeof ts === 'string' && /^[\d.]{1,40}$/.test(ts);
  return { status: 200, detail, ...(isNamed && { ref: `${channel}/${ts}` }) };
}

function channelOf(ref: string): string | undefined {
  return ref.split('/')[0];
}

function tsOf(ref: string): string | undefined {
  return ref.split('/')[1];
}
