import type { Source } from '../../src/domain/source.ts';
import { createHttpClient } from '../../src/lib/http-client.ts';
import { type EmailInternals, openEmailSource } from '../../src/sources/email/email-source.ts';
import { EmailOptions } from '../../src/sources/email/options.ts';
import type { SourceDeps } from '../../src/sources/plug-in.ts';
import { parseOptions } from '../../src/sources/plug-in.ts';
import { DOVECOT_PASSWORD } from './dovecot.ts';

/** Where tests' servers stand. */
const LOOPBACK = ['127.0.0.0/8'];

/** What an email source is handed in tests; the clock stands unless one is given. */
export function emailDeps(now: () => Date = () => new Date()): SourceDeps {
  return {
    now,
    folder: '/',
    http: createHttpClient({ privateNetworks: LOOPBACK }),
    privateNetworks: LOOPBACK,
  };
}

/** A good mail may wait long for a processor that others use too. */
const PATIENT: EmailInternals = { parser: { deadlineMs: 30_000 } };

/** An email source that reads one mailbox of a Dovecot without TLS. */
export function openMailbox(
  port: number,
  user: string,
  { options = {}, internals = {}, deps = emailDeps() }: MailboxTraits = {},
): Source {
  const login = { host: '127.0.0.1', port, tls: false, user, password: DOVECOT_PASSWORD };
  return openEmailSource(parseOptions('email', EmailOptions, { ...login, ...options }), deps, {
    ...PATIENT,
    ...internals,
  });
}

/** What a promise fails with; undefined when it does not. */
export function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

interface MailboxTraits {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly internals?: EmailInternals;
  readonly deps?: SourceDeps;
}
