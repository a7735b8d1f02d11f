import type { Socket } from 'node:net';
import { callbackify } from 'node:util';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { portOf } from './stub-http.ts';

/** A mail as it arrived, parsed by mailparser. */
interface StubMail extends ParsedMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** The bytes after DATA. */
  readonly raw: string;
}

/** What the stub does instead of taking every mail. */
export interface SmtpScript {
  /** Reply code for a recipient; undefined takes it. */
  readonly recipient?: (address: string) => number | undefined;
  /** Reply code for a sender; undefined takes it. */
  readonly sender?: (address: string) => number | undefined;
  /** Reply code after the mail was read. */
  readonly data?: number;
  /** Cuts the connection after the mail was read and kept. */
  readonly dropAfterData?: boolean;
  /** Says nothing after the mail was read. */
  readonly hang?: boolean;
  /** The only user and password that are let in; without it anybody is. */
  readonly login?: { readonly user: string; readonly pass: string };
  /** Added to every refusal, as servers that repeat what they were sent do. */
  readonly echo?: string;
}

export interface SmtpStub {
  /** `smtp://127.0.0.1:PORT`. */
  readonly url: string;
  /** Mails whose bytes arrived, also those that were then refused. */
  readonly mails: readonly StubMail[];
  /** Every address that was ever named in RCPT TO. */
  readonly recipients: readonly string[];
  /** Replaces the script from the next command on. */
  answerWith(script: SmtpScript): void;
  close(): Promise<void>;
}

/** An SMTP server on loopback that keeps what it is sent and refuses as scripted. */
export async function startSmtpStub(script: SmtpScript = {}): Promise<SmtpStub> {
  const mails: StubMail[] = [];
  const recipients: string[] = [];
  const sockets = new Set<Socket>();
  let current = script;
  const refusal = (code: number) =>
    Object.assign(new Error(`refused by the script ${current.echo ?? ''}`), { responseCode: code });

  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 200,
    onAuth(auth, _session, callback) {
      const { login } = current;
      const isKnown = login === undefined || (auth.username === login.user && auth.password === login.pass);
      callback(isKnown ? null : refusal(535), isKnown ? { user: auth.username ?? '' } : undefined);
    },
    onMailFrom({ address }, _session, callback) {
      const code = current.sender?.(address);
      callback(code === undefined ? null : refusal(code));
    },
    onRcptTo({ address }, _session, callback) {
      recipients.push(address);
      const code = current.recipient?.(address);
      callback(code === undefined ? null : refusal(code));
    },
    onData(stream, session, callback) {
      const keep = callbackify(async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(Buffer.from(chunk));
        mails.push(await parse(Buffer.concat(chunks), session));
      });
      keep((error) => {
        if (error !== null || !(current.hang || current.dropAfterData)) {
          callback(error ?? (current.data === undefined ? null : refusal(current.data)));
        }
        if (current.dropAfterData) for (const socket of sockets) socket.destroy();
      });
    },
  });
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // Connections that clients cut are reported here; the tests look at the client's side.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));

  return {
    url: `smtp://127.0.0.1:${portOf(server.server)}`,
    mails,
    recipients,
    answerWith(script) {
      current = script;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function parse(raw: Buffer, session: SMTPServerSession): Promise<StubMail> {
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
  };
  return { ...(await simpleParser(raw)), envelope, raw: raw.toString('utf8') };
}
