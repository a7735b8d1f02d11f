import type { ChannelKind, MachineMail } from './words.ts';

/** Who wrote a mention, as the channel names them. At least one field is set. */
export interface HeardAuthor {
  /** Name on the platform without a leading `@`, e.g. `rdowning76`. */
  readonly handle?: string;
  readonly name?: string;
  /** Lower-case mail address. */
  readonly email?: string;
}

/** One message as a source hands it in, already parsed and made safe to store (no NUL, well-formed UTF-16). */
export interface HeardMention {
  /** Where people wrote it, e.g. `x`, `email`, `review`. Together with `externalId` the mention's identity. */
  readonly platform: string;
  /** The platform's own id; for mail the identity hash of Message-ID, From, Date and body. */
  readonly externalId: string;
  readonly kind: ChannelKind;
  /** Plain text as written; for mail the subject, a blank line and the whole body with its quotes and signature. */
  readonly text: string;
  readonly author: HeardAuthor;
  readonly url?: string;
  readonly occurredAt: Date;
  /** BCP 47 primary language subtag when the platform tells it. */
  readonly lang?: string;
  /** Key shared by the messages of one conversation; unique within the platform. */
  readonly thread?: string;
  /** How many people may have seen it: followers, reposts, views. */
  readonly reach?: number;
  /** Set when the mail's headers say that a machine wrote it. */
  readonly machineMail?: MachineMail;
  /** Set when the platform knows that the company itself wrote it. */
  readonly ours?: boolean;
  /** Why its content could not be taken apart, in one sentence without any of it; such a mention is quarantined. */
  readonly unreadable?: string;
}

/** A row that could not become a mention. */
export interface RejectedRow {
  /** Where it stood in its input, e.g. `line 17` or `message 3`. */
  readonly where: string;
  /** What is wrong and what to do, in one sentence, without the row's text. */
  readonly reason: string;
}

/** One page of a source: what was heard, what could not be read, and where to go on. */
export interface SourcePage {
  readonly mentions: readonly HeardMention[];
  readonly rejected: readonly RejectedRow[];
  /** Where to go on, now or at the next poll; opaque to all but the source. Null: still at the start. */
  readonly nextCursor: string | null;
  /** True when the next page may be had at once; false when this was the last one for now. */
  readonly hasMore: boolean;
  /** Not before this instant may the source be asked again, whatever its interval. */
  readonly retryAt?: Date;
  /** What reading this page was billed. */
  readonly cost?: ReadCost;
  /** What can no longer be heard, e.g. posts older than a platform gives out; one sentence for people. */
  readonly gap?: string;
  /** Share of the whole that is read, 0 to 1, when the source knows it. */
  readonly progress?: number;
}

/** What a platform charges for reading. */
export interface ReadCost {
  /** Billed reads, e.g. posts given out. */
  readonly reads: number;
  /** Millionths of a US dollar. */
  readonly micros: number;
}

/** How the rows of one batch were taken in; `rows = inserted + duplicate + rejected`. */
export interface IngestCounts {
  readonly rows: number;
  readonly inserted: number;
  readonly duplicate: number;
  readonly rejected: number;
}
