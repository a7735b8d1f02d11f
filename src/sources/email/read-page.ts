import type { HeardMention, RejectedRow, SourcePage } from '../../domain/mention.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { MailParser } from '../../lib/mail/mail-parser.ts';
import { MAX_MAIL_BYTES, TOO_LARGE } from '../../lib/mail/parse-mail.ts';
import { isPlausible } from '../occurred-at.ts';
import { type MailContext, type RowReading, readBrokenMail, readMail } from '../read-mail.ts';
import type { Caution } from './caution.ts';
import { type Place, type Places, writeCursor } from './cursor.ts';
import type { ImapConnection, MailFacts } from './imap-connection.ts';
import type { EmailOptions } from './options.ts';
import { afterMail, endScan, placeIn, unreadIn } from './place.ts';

/** A page ends after this many mails, before the mail that would take it past this many bytes, or after this long. */
const MAX_PAGE_MAILS = 50;
const MAX_PAGE_BYTES = 4 * 1024 * 1024;
const MAX_PAGE_MS = 20_000;
/** What is fetched of a mail that is too large: its header, as a rule. */
const HEAD_BYTES = 64 * 1024;

const NOT_GIVEN_OUT = 'the mail server does not give this mail out';

export interface ReadPageDeps {
  readonly connection: ImapConnection;
  readonly parser: MailParser;
  readonly caution: Caution;
  readonly now: Clock;
  readonly signal: AbortSignal;
}

/**
 * Reads the mails after the places, folder by folder, in the order of their UIDs. Dates only count where UIDs do not: in the
 * first reading and after a folder was renumbered. Throws what the connection and the parser throw.
 */
export async function readPage(
  options: EmailOptions,
  places: Places,
  deps: ReadPageDeps,
): Promise<SourcePage> {
  const page = new Page(options, deps);
  const next: Record<string, Place> = { ...places };
  for (const folder of options.folders) {
    const opened = await deps.connection.open(folder);
    let place = placeIn(opened, places[folder], deps.now().getTime() - options.since);
    for (let isDone = false; !isDone && !page.isFull; ) {
      const range = unreadIn(place);
      const uids = range === null ? [] : await deps.connection.uids(range);
      place = await page.readMails(folder, uids, place);
      isDone = place.scan === undefined;
      if (!page.isFull) place = endScan(place);
    }
    next[folder] = place;
    if (page.isFull) break;
  }
  const { mentions, rejected, isFull } = page;
  return { mentions, rejected, nextCursor: writeCursor(next), hasMore: isFull };
}

interface FetchedMail extends MailFacts {
  /** Null: the server does not give it out. */
  readonly source: Buffer | null;
}

interface Fetched {
  readonly mails: readonly FetchedMail[];
  /** How many of those asked for are still to be fetched. */
  readonly rest: number;
}

/** The rows of one page, and how much room is left in it. */
class Page {
  readonly mentions: HeardMention[] = [];
  readonly rejected: RejectedRow[] = [];
  isFull = false;
  readonly #options: EmailOptions;
  readonly #deps: ReadPageDeps;
  readonly #endsAt: number;
  #bytes = 0;

  constructor(options: EmailOptions, deps: ReadPageDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#endsAt = deps.now().getTime() + MAX_PAGE_MS;
  }

  /** Reads these mails until they or the room come to an end, and gives the place after the last one. */
  async readMails(folder: string, uids: readonly number[], from: Place): Promise<Place> {
    const { caution, now, signal } = this.#deps;
    const slice = uids.slice(0, caution.isNeeded ? 1 : MAX_PAGE_MAILS - this.#count);
    const keys = slice.map((uid) => `${folder}/${from.validity}/${uid}`);
    const { mails, rest } = await this.#fetch(slice, keys);
    let place = from;
    for (const mail of mails) {
      if (signal.aborted) throw new AppError('unavailable', 'reading was stopped', { cause: signal.reason });
      this.#take(await this.#read(folder, mail));
      place = afterMail(place, mail, now());
      if (now().getTime() >= this.#endsAt) {
        this.isFull = true;
        return place;
      }
    }
    this.isFull = rest > 0 || slice.length < uids.length || this.#count >= MAX_PAGE_MAILS;
    // What was removed meanwhile is passed as well.
    return rest > 0 ? place : { ...place, uid: slice.at(-1) ?? place.uid };
  }

  get #count(): number {
    return this.mentions.length + this.rejected.length;
  }

  /** The first of these mails, as many as fit, and how many are left. */
  async #fetch(uids: readonly number[], keys: readonly string[]): Promise<Fetched> {
    const { connection, caution, signal } = this.#deps;
    const [uid, key] = [uids[0], keys[0]];
    if (uid === undefined || key === undefined) return { mails: [], rest: 0 };
    if (caution.isGivenUp(key))
      return { mails: [{ uid, size: 0, receivedAt: null, source: null }], rest: uids.length - 1 };
    try {
      const facts = await connection.facts(uids);
      const fitting = this.#fitting(facts);
      const isTooLarge = (fitting[0]?.size ?? 0) > MAX_MAIL_BYTES;
      // One byte more than may be, to see when the server understated the size.
      const maxBytes = isTooLarge ? HEAD_BYTES : MAX_MAIL_BYTES + 1;
      const wanted = fitting.map((mail) => mail.uid);
      const sources =
        wanted.length === 0 ? new Map<number, Buffer>() : await connection.sources(wanted, maxBytes);
      caution.passed(fitting.length);
      const mails = fitting.flatMap((mail) => {
        const source = sources.get(mail.uid);
        return source === undefined ? [] : [{ ...mail, source }];
      });
      return { mails, rest: facts.length - fitting.length };
    } catch (error) {
      // What took too long for the caller is no fault of the mail, but may go through by itself.
      caution.failed(signal.aborted ? [] : keys);
      throw error;
    }
  }

  /** The first mails that fit; an empty page takes at least one. One that is too large stands alone. */
  #fitting(facts: readonly MailFacts[]): readonly MailFacts[] {
    const end = facts.findIndex(({ size }, index) => {
      this.#bytes += Math.min(size, MAX_MAIL_BYTES);
      const isAfterLarge = (facts[index - 1]?.size ?? 0) > MAX_MAIL_BYTES;
      const isFull = this.#bytes > MAX_PAGE_BYTES && this.#count > 0;
      return isFull || isAfterLarge || (index > 0 && (size > MAX_MAIL_BYTES || this.#bytes > MAX_PAGE_BYTES));
    });
    return end === -1 ? facts : facts.slice(0, end);
  }

  #read(folder: string, { uid, size, receivedAt, source }: FetchedMail): Promise<RowReading> {
    const now = this.#deps.now();
    const where = `${folder}, mail ${uid}`;
    const context: MailContext = {
      parser: this.#deps.parser,
      now,
      where,
      platform: this.#options.platform,
      receivedAt: receivedAt !== null && isPlausible(receivedAt, now) ? receivedAt : now,
    };
    if (source === null) return readBrokenMail(Buffer.from(`\r\n${where}`), NOT_GIVEN_OUT, context);
    return size > MAX_MAIL_BYTES ? readBrokenMail(source, TOO_LARGE, context) : readMail(source, context);
  }

  #take(reading: RowReading): void {
    if ('mention' in reading) this.mentions.push(reading.mention);
    else this.rejected.push(reading.rejected);
  }
}
