import type { Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { ImapFlow, type ImapTransport, type MailboxObject } from 'imapflow';
import type { AddressGuard } from '../../lib/address-guard.ts';
import { AppError } from '../../lib/app-error.ts';
import { openMailSocket } from '../../lib/mail/open-mail-socket.ts';
import { MAX_MAIL_BYTES } from '../../lib/mail/parse-mail.ts';
import type { AccessTokens } from './access-token.ts';
import { imapError, loginError } from './imap-errors.ts';
import type { EmailOptions } from './options.ts';

const STARTTLS_PORT = 143;
/** What a server calls the logins that take an access token. */
const TOKEN_LOGINS = ['AUTH=XOAUTH2', 'AUTH=XOAUTH', 'AUTH=OAUTHBEARER'];
const IMAP_PORTS: ReadonlySet<number> = new Set([STARTTLS_PORT, 993]);

/** A folder as the server sees it. */
export interface OpenFolder {
  readonly validity: string;
  /** The UID the next mail will have, at least. */
  readonly nextUid: number;
  readonly count: number;
}

/** What is known of a mail before it is fetched. */
export interface MailFacts {
  readonly uid: number;
  /** Bytes, as the server says. */
  readonly size: number;
  /** INTERNALDATE: when the server took it in; null when it does not say. */
  readonly receivedAt: Date | null;
}

/** Which mails are looked for; all bounds are inclusive. */
export interface UidRange {
  readonly from: number;
  readonly to?: number;
  /** Received at or after this instant; a day more or less, as servers compare days. */
  readonly since?: Date;
}

/** One login to one server. Commands throw AppError `unavailable` when the connection is lost or silent. */
export interface ImapConnection {
  readonly isUsable: boolean;
  /** Opens a folder for reading; nothing is marked as seen. Throws AppError `not-found` when there is none of that name. */
  open(folder: string): Promise<OpenFolder>;
  /** The UIDs that exist in the open folder, ascending. */
  uids(range: UidRange): Promise<readonly number[]>;
  /** Facts of those mails that still exist, ascending. */
  facts(uids: readonly number[]): Promise<readonly MailFacts[]>;
  /** The first `maxBytes` of those mails that still exist, by UID. */
  sources(uids: readonly number[], maxBytes: number): Promise<ReadonlyMap<number, Buffer>>;
  /** Drops the connection; whatever waits for it fails. */
  close(): void;
}

export interface ConnectDeps {
  readonly guard: AddressGuard;
  /** Null: the password is used. */
  readonly tokens: AccessTokens | null;
  /** A server that is silent for longer is given up. Milliseconds. */
  readonly silenceMs: number;
  /** Certificates that are trusted instead of the usual ones. */
  readonly ca?: string;
  readonly signal: AbortSignal;
}

/**
 * Connects and logs in. Throws AppError: `auth` when the login is refused or would go out in the clear, `not-found` when the
 * guard refuses the address, `unavailable` when no connection comes about.
 */
export async function connectImap(options: EmailOptions, deps: ConnectDeps): Promise<ImapConnection> {
  const { host, port, user, password } = options;
  const { tokens, signal, silenceMs } = deps;
  const token = await tokens?.get(signal);
  // Not the caller's own signal: the socket outlives it, and must not end when that fires late.
  const opening = new AbortController();
  const stop = (): void => opening.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const { socket, isListed } = await openMailSocket(options, {
      guard: deps.guard,
      publicPorts: IMAP_PORTS,
      signal: opening.signal,
    });
    if (!options.tls && !isListed) {
      socket.destroy();
      const remedy = 'leave tls on, or allow its network';
      throw new AppError(
        'auth',
        `${host} is in no allowed network and gets no login without TLS: ${remedy}.`,
      );
    }
    const client = new ImapFlow({
      host,
      port,
      ...tlsPolicy(options),
      auth: { user, ...(token ? { accessToken: token.reveal() } : { pass: password?.reveal() ?? '' }) },
      transport: transportOver(socket, deps.ca),
      logger: false,
      clientInfo: { name: 'Earshot' },
      connectionTimeout: silenceMs,
      greetingTimeout: silenceMs,
      socketTimeout: silenceMs,
      maxLiteralSize: 2 * MAX_MAIL_BYTES,
      maxResponseSize: 3 * MAX_MAIL_BYTES,
      disableAutoIdle: true,
      disableAutoEnable: true,
      disableCompression: true,
    });
    // Whoever waits for a command is told by its failure; what comes later concerns nobody.
    client.on('error', () => undefined);
    const close = (): void => {
      client.close();
      socket.destroy();
    };
    await client.connect().catch((error: unknown) => {
      const isOffered =
        client.capabilities.size === 0 || TOKEN_LOGINS.some((name) => client.capabilities.has(name));
      close();
      if (tokens !== null && !isOffered)
        throw new AppError(
          'auth',
          `${host} offers no login by access token: use password, or another server.`,
        );
      throw refusedLogin(error, host, tokens);
    });
    return connectionOver(client, host, close);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function tlsPolicy({ port, tls }: EmailOptions): { secure: boolean; doSTARTTLS: boolean } {
  const isUpgraded = tls && port === STARTTLS_PORT;
  return { secure: tls && !isUpgraded, doSTARTTLS: isUpgraded };
}

/** Runs the session over a socket that the guard let through. */
function transportOver(socket: Socket, ca: string | undefined): ImapTransport {
  const secured = (host: string, servername: string | undefined, onSecure: () => void): TLSSocket =>
    connectTls({ socket, host, ...(servername && { servername }), ...(ca && { ca }) }, onSecure).on(
      'error',
      // The library listens while it needs the socket; this is for what comes after.
      () => undefined,
    );
  return {
    connect({ secure, host, servername }, onConnect) {
      if (secure) return secured(host, servername, onConnect);
      setImmediate(onConnect);
      return socket;
    },
    upgrade: (_plain, { host, servername }, onSecure) => secured(host, servername, onSecure),
  };
}

function refusedLogin(error: unknown, host: string, tokens: AccessTokens | null): AppError {
  const remedy =
    tokens === null
      ? 'check user and password; many providers want an app password or oauth here'
      : 'the access token is expired or not meant for IMAP; sign in again and set a new one';
  const refusal = loginError(error, host, remedy);
  if (tokens === null || refusal.kind !== 'auth' || !tokens.forget()) return refusal;
  return new AppError(
    'unavailable',
    `${host} no longer takes the access token; the next one is fetched now.`,
  );
}

function connectionOver(client: ImapFlow, host: string, close: () => void): ImapConnection {
  let folder: string | undefined;
  const ask = async <Answer>(command: Promise<Answer>): Promise<Answer> => {
    try {
      return await command;
    } catch (error) {
      throw imapError(error, host, folder);
    }
  };
  const uids = async ({ from, to, since }: UidRange): Promise<readonly number[]> => {
    const range = { uid: `${from}:${to ?? '*'}`, ...(since && { since }) };
    const found = await ask(client.search(range, { uid: true }));
    if (!Array.isArray(found)) throw new AppError('unavailable', `${host} could not search ${folder}.`);
    // `n:*` names the last mail even when its UID is below n.
    return found.filter((uid) => uid >= from);
  };
  /** Throws unless every mail that is missing in the answer was removed meanwhile. */
  const requireAll = async (wanted: readonly number[], got: ReadonlySet<number>): Promise<void> => {
    const missing = wanted.filter((uid) => !got.has(uid));
    const [first, last] = [missing[0], missing.at(-1)];
    if (first === undefined || last === undefined) return;
    const there = await uids({ from: first, to: last });
    if (there.some((uid) => missing.includes(uid)))
      throw new AppError('unavailable', `${host} did not give out every mail of ${folder}.`);
  };
  return {
    get isUsable() {
      return client.usable;
    },
    async open(name) {
      folder = name;
      // Typed as if it always answered; it does not where the server has said goodbye.
      const box: MailboxObject | undefined = await ask(client.mailboxOpen(name, { readOnly: true }));
      if (box === undefined) throw new AppError('unavailable', `${host} hung up before ${name} was open.`);
      // Not every server says what UID comes next.
      const nextUid = box.uidNext ?? ((await uids({ from: 1 })).at(-1) ?? 0) + 1;
      return { validity: String(box.uidValidity ?? 0), nextUid, count: box.exists ?? 0 };
    },
    uids,
    async facts(wanted) {
      const query = { uid: true, size: true, internalDate: true };
      const mails = await ask(client.fetchAll(wanted.join(','), query, { uid: true }));
      // A row without a size is news of a flag.
      const facts = mails.flatMap(({ uid, size, internalDate }) =>
        size === undefined ? [] : [{ uid, size, receivedAt: instantOf(internalDate) }],
      );
      await requireAll(wanted, new Set(facts.map(({ uid }) => uid)));
      return facts.toSorted((a, b) => a.uid - b.uid);
    },
    async sources(wanted, maxBytes) {
      const query = { uid: true, source: { start: 0, maxLength: maxBytes } };
      const mails = await ask(client.fetchAll(wanted.join(','), query, { uid: true }));
      // A mail that was removed in this very moment may come as NIL.
      const sources = new Map(
        mails.flatMap(({ uid, source }) => (Buffer.isBuffer(source) ? [[uid, source]] : [])),
      );
      await requireAll(wanted, new Set(sources.keys()));
      return sources;
    },
    close,
  };
}

function instantOf(date: Date | string | undefined): Date | null {
  const instant = new Date(date ?? Number.NaN);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
