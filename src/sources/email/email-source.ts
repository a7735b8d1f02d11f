import type { SourcePage } from '../../domain/mention.ts';
import type { Source } from '../../domain/source.ts';
import { createAddressGuard } from '../../lib/address-guard.ts';
import { AppError } from '../../lib/app-error.ts';
import { createMailParser, type MailParser, type MailParserOptions } from '../../lib/mail/mail-parser.ts';
import type { SourceDeps } from '../plug-in.ts';
import { createAccessTokens } from './access-token.ts';
import { Caution } from './caution.ts';
import { readCursor } from './cursor.ts';
import { connectImap, type ImapConnection } from './imap-connection.ts';
import type { EmailOptions } from './options.ts';
import { readPage } from './read-page.ts';

/** What tests set otherwise. */
export interface EmailInternals {
  /** A server that is silent for longer is given up. Milliseconds. */
  readonly silenceMs?: number;
  readonly parser?: MailParserOptions;
  /** Certificates that are trusted instead of the usual ones. */
  readonly ca?: string;
}

/** Far more than a server takes over a page, far less than the interval at which silence would go unnoticed. */
const SILENCE_MS = 30_000;

/** What a poll keeps between two pages: one login, and the thread that takes mail apart. */
interface Session {
  readonly connection: ImapConnection;
  readonly parser: MailParser;
  end(): Promise<void>;
}

/**
 * A mailbox that is read over IMAP; nothing in it is changed. A session lasts while there is more to be had at once, so that
 * nothing hangs on a connection which died between two polls.
 */
export function openEmailSource(
  options: EmailOptions,
  deps: SourceDeps,
  { silenceMs = SILENCE_MS, parser: parserOptions, ca }: EmailInternals = {},
): Source {
  const guard = createAddressGuard(deps);
  const tokens = options.oauth === undefined ? null : createAccessTokens(options.oauth, deps);
  const closing = new AbortController();
  const caution = new Caution();
  let idle: Session | null = null;

  const openSession = async (signal: AbortSignal): Promise<Session> => {
    const connection = await connectImap(options, { guard, tokens, silenceMs, signal, ...(ca && { ca }) });
    const parser = createMailParser(parserOptions);
    return {
      connection,
      parser,
      async end() {
        connection.close();
        await parser.close();
      },
    };
  };

  /** The kept session, or a new one when there is none or it has died. */
  const takeSession = async (signal: AbortSignal): Promise<Session> => {
    const kept = idle;
    idle = null;
    if (kept?.connection.isUsable) return kept;
    await kept?.end();
    return openSession(signal);
  };

  /** Works with a session, which is kept when `isKept` says so and ends otherwise: at once when the signal fires. */
  const withSession = async <Answer>(
    given: AbortSignal,
    work: (session: Session, signal: AbortSignal) => Promise<Answer>,
    isKept: (answer: Answer) => boolean,
  ): Promise<Answer> => {
    const signal = AbortSignal.any([given, closing.signal]);
    let session: Session | null = null;
    const stop = (): void => void session?.end();
    signal.addEventListener('abort', stop);
    try {
      signal.throwIfAborted();
      session = await takeSession(signal);
      signal.throwIfAborted();
      const answer = await work(session, signal);
      if (isKept(answer) && !signal.aborted && idle === null) {
        idle = session;
        session = null;
      }
      return answer;
    } catch (error) {
      if (signal.aborted) throw new AppError('unavailable', `Reading ${options.host} was stopped.`);
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      await session?.end();
    }
  };

  return {
    async fetchPage(cursor, given) {
      const places = readCursor(cursor);
      const read = (): Promise<SourcePage> =>
        withSession(
          given,
          (session, signal) => readPage(options, places, { ...session, caution, now: deps.now, signal }),
          ({ hasMore }) => hasMore,
        );
      if (idle === null) return read();
      // A server may have hung up on the kept session without our having heard of it: a new one tells.
      return read().catch((error: unknown) => {
        const isLost = error instanceof AppError && error.kind === 'unavailable' && !given.aborted;
        if (isLost) return read();
        throw error;
      });
    },
    check(signal) {
      return withSession(
        signal,
        async ({ connection }) => {
          const found: string[] = [];
          for (const folder of options.folders) {
            const { count, validity } = await connection.open(folder);
            found.push(`${folder} holds ${count} mail${count === 1 ? '' : 's'} (UIDVALIDITY ${validity})`);
          }
          return `${options.host} takes the login; ${found.join(', ')}`;
        },
        () => false,
      );
    },
    async close() {
      closing.abort();
      await idle?.end();
      idle = null;
    },
  };
}
