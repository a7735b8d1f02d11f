import type { OutboundMessage } from '../domain/delivery.ts';

/** What machines are sent: the Standard Webhooks body, also one line of a file. */
export interface Envelope {
  readonly type: OutboundMessage['kind'];
  /** The message's id, the same on every repeat. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly created_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function envelopeOf(message: OutboundMessage): Envelope {
  return {
    type: message.kind,
    id: message.id,
    created_at: message.createdAt.toISOString(),
    data: message.payload,
  };
}
