import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../lib/secret.ts';

/** A request that says it is Slack's, as it came. */
export interface SignedRequest {
  readonly body: string;
  /** `x-slack-request-timestamp`: seconds since 1970. */
  readonly timestamp: string;
  /** `x-slack-signature`: `v0=` and 64 hexadecimal digits. */
  readonly signature: string;
}

/** How old a request may be, and how far ahead the other clock. */
const WINDOW_MS = 300_000;

/** Whether Slack signed it with this secret within the last five minutes (docs.slack.dev, verifying requests). */
export function isSignedBy(
  secret: Secret,
  { body, timestamp, signature }: SignedRequest,
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() - Number(timestamp) * 1_000) > WINDOW_MS) return false;
  const expected = `v0=${createHmac('sha256', secret.reveal()).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const [given, wanted] = [Buffer.from(signature), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
