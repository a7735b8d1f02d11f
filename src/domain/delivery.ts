import type { Resolution } from './case.ts';

/** What a receiver is asked to send. `id` is deterministic, so that a repeat is recognisable as one. */
export interface OutboundMessage {
  /** Stable over retries: becomes `webhook-id`, the mail's Message-ID and the id in Slack's footer. */
  readonly id: string;
  readonly kind: 'notification' | 'digest' | 'alarm' | 'test';
  /** Names the conversation it belongs to; what comes later of the same is a follow-up. */
  readonly thread?: string;
  /** One line: mail subject, Slack's notification text. */
  readonly subject: string;
  /** A mail to one address in place of the receiver's own, with where it ends what it is sent for. */
  readonly mail?: {
    readonly to: { readonly name: string; readonly address: string };
    readonly unsubscribeUrl: string;
  };
  /** Plain text form, always present. */
  readonly text: string;
  readonly html?: string;
  /** Slack Block Kit blocks, at most 50. */
  readonly slackBlocks?: readonly object[];
  /** What webhooks and files carry. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

/** What the far side answered when it took the message. */
export interface Receipt {
  /** HTTP status, SMTP reply code or `0` where there is none. */
  readonly status: number;
  /** Short answer of the far side, at most 500 characters, no secret in it. */
  readonly detail: string;
  /** How the far side calls what it took, where follow-ups can name it. */
  readonly ref?: string;
}

/** What went before a try. */
export interface Before {
  /** What the destination took first of the same conversation; the message is a follow-up then. */
  readonly root?: ThreadRoot | null;
  /** How far the last try of this message got, as its error said. */
  readonly progress?: string | null;
}

/** What a destination took first of a conversation. */
export interface ThreadRoot {
  readonly ref: string;
  readonly message: OutboundMessage;
}

/**
 * A configured way out. `send` resolves when the far side has taken the message and throws an AppError otherwise:
 * `rate-limited` and `unavailable` (retry, not before `retryAt`), `invalid-input` (this message will never do),
 * `auth` and `not-found` (the destination itself is wrong).
 */
export interface Receiver {
  /** A receiver that has no conversations sends a follow-up as any other message. */
  send(message: OutboundMessage, signal: AbortSignal, before?: Before): Promise<Receipt>;
  /** Of trackers: how the far side closed what it took; null while it is open. Throws as `send`; `not-found` for what is no more. */
  resolutionOf?(ref: string, signal: AbortSignal): Promise<Resolution | null>;
  close(): Promise<void>;
}
