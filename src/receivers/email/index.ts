import { createTransport, type SendMailOptions, type SMTPTransportOptions } from 'nodemailer';
import type { Before, OutboundMessage, Receipt } from '../../domain/delivery.ts';
import { createAddressGuard } from '../../lib/address-guard.ts';
import { AppError } from '../../lib/app-error.ts';
import { openMailSocket } from '../../lib/mail/open-mail-socket.ts';
import { defineReceiver } from '../plug-in.ts';
import { mailFrom, recipientsOf } from './mail.ts';
import { emailOptions, smtpServer } from './options.ts';
import { Recipients } from './recipients.ts';
import { allRefused, type RefusedRecipient, refusedRecipients, smtpError } from './replies.ts';

/** Ports of mail submission and relay. */
const SMTP_PORTS: ReadonlySet<number> = new Set([25, 465, 587, 2525]);

/** For the whole conversation; a silent server is given up earlier. */
const TOTAL_TIMEOUT_MS = 25_000;
const SILENCE_TIMEOUT_MS = 10_000;

interface Answer {
  /** SMTP reply code to the mail, `0` when it did not come that far. */
  readonly status: number;
  readonly refused: readonly RefusedRecipient[];
}

/** Mail over SMTP: one conversation a message, each recipient accepted or refused for itself. */
export const email = defineReceiver({
  kind: 'email',
  options: emailOptions,
  create(options, { privateNetworks }) {
    const server = smtpServer(options.smtp);
    if (server === null)
      throw new AppError('invalid-input', 'The smtp address of an email receiver cannot be read.');
    const guard = createAddressGuard({ privateNetworks });

    const deliver = async (mail: SendMailOptions, signal: AbortSignal): Promise<Answer> => {
      const { socket, isListed } = await openMailSocket(server, {
        guard,
        publicPorts: SMTP_PORTS,
        signal,
      });
      const settings: SMTPTransportOptions = {
        ...server,
        // A password goes out in the clear only within an allowed network.
        requireTLS: server.auth !== undefined && !isListed,
        getSocket: (_options, callback) => callback(null, { connection: socket }),
        greetingTimeout: SILENCE_TIMEOUT_MS,
        socketTimeout: SILENCE_TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      };
      const transport = createTransport(settings);
      try {
        const info = await transport.sendMail({ ...mail, signal });
        return { status: Number(info.response.slice(0, 3)), refused: refusedRecipients(info.rejectedErrors) };
      } finally {
        transport.close();
        socket.destroy();
      }
    };

    return {
      async send(
        message: OutboundMessage,
        signal: AbortSignal,
        { progress = null }: Before = {},
      ): Promise<Receipt> {
        const recipients = new Recipients(recipientsOf(message, options), progress);
        const mail = mailFrom(message, options, recipients.waiting);
        const limit = AbortSignal.any([signal, AbortSignal.timeout(TOTAL_TIMEOUT_MS)]);
        const answer = await deliver(mail, limit).catch((error: unknown) => {
          const refused = allRefused(error);
          if (refused.length === 0) throw smtpError(error, server.host);
          return { status: 0, refused };
        });
        return recipients.settle(answer.status, answer.refused);
      },
      async close() {},
    };
  },
});
