import { z } from 'zod';
import { type Secret, secretOption } from '../../lib/secret.ts';

/** A checked mail address with the name to show, ready for a mail library that must not parse anything itself. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

const address = z.email().max(254);

/** Reads `a@b.example` or `Name <a@b.example>`: one address, no control characters, nothing left over. */
const mailbox = z.string().transform((text, context): Mailbox => {
  const match = /^(?:([^<>\p{Cc}]*)<([^<>\s]+)>|([^<>\s]+))$/u.exec(text.trim());
  const parsed = address.safeParse(match?.[2] ?? match?.[3]);
  if (!parsed.success) {
    context.addIssue({ code: 'custom', message: 'must be one mail address, such as Ann <ann@firm.example>' });
    return z.NEVER;
  }
  return { name: (match?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1'), address: parsed.data };
});

export const emailOptions = z.strictObject({
  /** `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…:465` (TLS from the start). */
  smtp: secretOption.refine((url) => smtpServer(url) !== null, {
    error: 'must look like smtp://user:password@host:587 or smtps://user:password@host:465',
  }),
  from: mailbox,
  /** They see each other in the mail's To line. */
  to: z.array(mailbox).min(1).max(50),
});

export type EmailOptions = z.output<typeof emailOptions>;

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

/** Takes the SMTP address apart; null when it is none. */
export function smtpServer(secret: Secret): SmtpServer | null {
  const match =
    /^(smtps?):\/\/(?:([^@/:]+):([^@/]*)@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?\/?$/i.exec(
      secret.reveal(),
    );
  if (match?.[1] === undefined || match[4] === undefined) return null;
  const secure = match[1].toLowerCase() === 'smtps';
  const port = match[5] === undefined ? (secure ? 465 : 587) : Number(match[5]);
  const [user, pass] = [unescaped(match[2]), unescaped(match[3])];
  if (port < 1 || port > 65_535 || user === null || pass === null) return null;
  const server = { host: match[4].replace(/^\[|\]$/g, ''), port, secure };
  return user === undefined ? server : { ...server, auth: { user, pass: pass ?? '' } };
}

/** Null when a percent sign starts no escape. */
function unescaped(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
