import { z } from 'zod';
import { durationOption } from '../../lib/duration.ts';
import { secretOption } from '../../lib/secret.ts';
import { platformName } from '../platform-name.ts';

/** An access token as it is, or what buys one: then all four of the others. */
const oauth = z
  .strictObject({
    token: secretOption.optional(),
    client_id: z.string().min(1).optional(),
    client_secret: secretOption.optional(),
    refresh_token: secretOption.optional(),
    token_url: z.url({ protocol: /^https?$/ }).optional(),
  })
  .refine(
    ({ token, client_id, client_secret, refresh_token, token_url }) => {
      const refresh = [client_id, client_secret, refresh_token, token_url];
      const isGiven = (option: unknown): boolean => option !== undefined;
      return token === undefined ? refresh.every(isGiven) : !refresh.some(isGiven);
    },
    { error: 'needs either token, or client_id, client_secret, refresh_token and token_url' },
  );

/** Options of an `email` source. */
export const EmailOptions = z
  .strictObject({
    host: z
      .string()
      .regex(/^[a-z0-9._:-]{1,253}$/i, 'write a host name or an address, such as imap.firm.example'),
    port: z.int().min(1).max(65_535).default(993),
    /** On port 143 by STARTTLS, else from the first byte. False is for servers in allowed private networks only. */
    tls: z.boolean().default(true),
    user: z.string().min(1),
    password: secretOption.optional(),
    oauth: oauth.optional(),
    /** Read in this order. */
    folders: z.array(z.string().min(1).max(200)).min(1).max(20).default(['INBOX']),
    /** How far back the very first reading goes. */
    since: durationOption.prefault('30d'),
    /** Part of every mention's identity: two mailboxes of one platform give one mention of a mail that is in both. */
    platform: platformName.default('email'),
  })
  .refine(({ password, oauth }) => (password === undefined) !== (oauth === undefined), {
    path: ['password'],
    error: 'is missing, or stands beside oauth; give exactly one of the two',
  });
export type EmailOptions = z.output<typeof EmailOptions>;
