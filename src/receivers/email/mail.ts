import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { OutboundMessage } from '../../domain/delivery.ts';
import { oneLine } from '../plain-text.ts';
import type { EmailOptions, Mailbox } from './options.ts';

const MAX_SUBJECT = 200;

/**
 * The mail for `recipients`, who may be fewer than the To line names when others have it already. Everything that could
 * be text from outside goes in as a value of a checked object, so no line break of it can become a header or a command.
 */
export function mailFrom(
  message: OutboundMessage,
  options: EmailOptions,
  recipients: readonly Mailbox[],
): SendMailOptions {
  const { from } = options;
  const to = recipientsOf(message, options);
  const domain = domainOf(from);
  return {
    from: { ...from },
    to: to.map((mailbox) => ({ ...mailbox })),
    envelope: { from: from.address, to: recipients.map((recipient) => recipient.address) },
    subject: oneLine(message.subject, MAX_SUBJECT) || 'Earshot',
    date: message.createdAt,
    messageId: messageIdOf(message.id, domain),
    headers: {
      // RFC 3834 and Exchange's own header keep other machines from answering; ours knows its mail by X-Loop.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Loop': from.address,
      ...(message.kind === 'digest' && { 'List-Id': `Earshot digest <digest.earshot.${domain}>` }),
      ...(message.mail && {
        'List-Unsubscribe': `<${message.mail.unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    text: message.text,
    ...(message.html !== undefined && { html: message.html }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Whom a message is for: the receiver's own, unless it names somebody. */
export function recipientsOf({ mail }: OutboundMessage, { to }: EmailOptions): readonly Mailbox[] {
  return mail === undefined ? to : [mail.to];
}

/** The same for every attempt, so that a mail server can see a repeat as one. */
function messageIdOf(id: string, domain: string): string {
  const isAtom = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(id) && id.length <= 64;
  const left = isAtom ? id : createHash('sha256').update(id).digest('hex').slice(0, 40);
  return `<earshot.${left}@${domain}>`;
}

function domainOf({ address }: Mailbox): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
