import type { OutboundMessage } from '../domain/delivery.ts';
import type { RenderedDigest } from '../domain/digest.ts';
import type { Subscription } from '../domain/subscription.ts';
import { printable } from '../lib/printable.ts';
import { html } from './html-parts.ts';
import { cut } from './words.ts';

interface Setting {
  readonly workspace: string;
  readonly publicUrl: string;
  readonly now: Date;
}

const EDITION = { day: 'every day', week: 'every week', month: 'every month' } as const;

/** The page on which a subscription is confirmed or ended. */
function subscriptionUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/subscriptions/${token}`;
}

/** `every day at 07:30 Europe/Paris`. */
export function scheduleWords({ every, at, zone }: Pick<Subscription, 'every' | 'at' | 'zone'>): string {
  return `${EDITION[every]} at ${at} ${zone}`;
}

/** Asks whoever reads an address's mail whether they want it. Nothing else is sent there before they say so. Pure. */
export function composeQuestion(
  subscription: Subscription,
  { workspace, publicUrl, now }: Setting,
): OutboundMessage {
  const { token, createdBy, digest } = subscription;
  const url = subscriptionUrl(publicUrl, token);
  const subject = printable(cut(`Do you want the digest “${digest}” of ${workspace}?`, 150));
  return {
    id: `subscription:${token.slice(0, 16)}`,
    kind: 'alarm',
    subject,
    text: [
      `${printable(createdBy)} would like to send you what customers say about ${printable(workspace)}, ${scheduleWords(subscription)}.`,
      '',
      `Confirm here: ${url}`,
      '',
      'If you do nothing, you get no further mail.',
    ].join('\n'),
    mail: mailTo(subscription, publicUrl),
    payload: { digest, url },
    createdAt: now,
  };
}

/** A digest as one subscriber gets it: in their form, with their way out. Pure. */
export function composeForSubscriber(
  subscription: Subscription,
  rendered: RenderedDigest,
  { id, publicUrl, now }: Omit<Setting, 'workspace'> & { readonly id: string },
): OutboundMessage {
  const url = subscriptionUrl(publicUrl, subscription.token);
  const footer = html`<p style="margin:0 auto;max-width:600px;padding:0 20px 24px;font:13px/1.5 sans-serif;color:#6b7480">You get this ${scheduleWords(subscription)}. <a href="${url}" style="color:#6b7480">End it</a></p>`;
  return {
    id,
    kind: 'digest',
    subject: rendered.subject,
    text: `${rendered.text}\n\nYou get this ${scheduleWords(subscription)}. End it: ${url}\n`,
    ...(subscription.form === 'html' && {
      html: rendered.html.replace('</body>', () => `${footer.markup}</body>`),
    }),
    mail: mailTo(subscription, publicUrl),
    payload: rendered.json,
    createdAt: now,
  };
}

function mailTo(
  { name, email, token }: Subscription,
  publicUrl: string,
): NonNullable<OutboundMessage['mail']> {
  return {
    to: { name: printable(name), address: email },
    unsubscribeUrl: `${subscriptionUrl(publicUrl, token)}/end`,
  };
}
