import { maskPii } from '../analysis/entities/pii.ts';
import type { OutboundMessage, Receiver } from '../domain/delivery.ts';

/** A receiver that gets every message with what tells who somebody is masked. What is stored, and so a frozen digest, stays as it is. */
export function masking(receiver: Receiver): Receiver {
  return {
    ...receiver,
    send: (message, signal, { root = null, ...before } = {}) =>
      receiver.send(maskMessage(message), signal, {
        ...before,
        root: root && { ...root, message: maskMessage(root.message) },
      }),
  };
}

/** Every form of the message, its ids and addresses left alone. Pure. */
function maskMessage(message: OutboundMessage): OutboundMessage {
  const { subject, text, html, slackBlocks, payload } = message;
  return {
    ...message,
    subject: maskPii(subject),
    text: maskPii(text),
    ...(html !== undefined && { html: maskHtml(html) }),
    ...(slackBlocks !== undefined && { slackBlocks: slackBlocks.map(maskObject) }),
    payload: maskObject(payload),
  };
}

/** Between the tags; a style sheet says nothing of anybody. */
function maskHtml(html: string): string {
  return html
    .split(/(<style[^>]*>[\s\S]*?<\/style>|<[^>]*>)/iu)
    .map((part, at) => (at % 2 === 0 ? maskPii(part) : part))
    .join('');
}

function maskObject<T extends object>(value: T): T {
  return maskAny(value) as T;
}

function maskAny(value: unknown): unknown {
  if (typeof value === 'string') return maskPii(value);
  if (Array.isArray(value)) return value.map(maskAny);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskAny(item)]));
}
