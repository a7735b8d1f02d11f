import { z } from 'zod';
import { secretOption } from '../../lib/secret.ts';

/** Either an incoming webhook, or a bot that posts to a channel. */
export const slackOptions = z
  .strictObject({
    /** The incoming webhook's address; whoever knows it can post, so it is a secret. */
    url: secretOption.optional(),
    /** A bot token with the scope `chat:write`; for buttons `users:read` and `users:read.email` as well. */
    token: secretOption.optional(),
    /** Id of the channel the bot posts to, which it must be a member of. */
    channel: z
      .string()
      .regex(/^[CGD][A-Z0-9]{2,20}$/, { error: 'must be the id of a channel, such as C0123ABCD' })
      .optional(),
    /** The app's signing secret: with it messages get buttons. */
    signing_secret: secretOption.optional(),
    /** Where Slack's Web API is. */
    api: z
      .url({ protocol: /^https?$/, error: 'must be an absolute https address' })
      .default('https://slack.com/api'),
  })
  .superRefine(({ url, token, channel, signing_secret: secret }, context) => {
    const isBot = token !== undefined && channel !== undefined;
    const hasAny = [token, channel, secret].some((option) => option !== undefined);
    if (url === undefined ? isBot : !hasAny) return;
    const message =
      url === undefined
        ? 'needs either url (an incoming webhook), or token and channel (a bot)'
        : 'has a url and options of a bot; keep one of the two';
    context.addIssue({ code: 'custom', message });
  });

export type SlackOptions = z.output<typeof slackOptions>;
