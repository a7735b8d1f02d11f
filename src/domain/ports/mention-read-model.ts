import type { Caller } from '../access.ts';
import type { CaseStatus } from '../case.ts';
import type { Aspect, ChannelKind, Intent, Outcome, Polarity, Urgency } from '../words.ts';

/** One opinion as it is shown: where it stands, what decided it, where it went, and what people said of it. */
export interface ShownOpinion {
  readonly opinionId: string;
  /** The label that holds; polarity null: a person said that there is no opinion here. */
  readonly aspect: Aspect;
  readonly polarity: Polarity | null;
  readonly intent: Intent | 'none';
  readonly confidence: number;
  /** UTF-16 offsets into the mention's text. */
  readonly start: number;
  readonly end: number;
  readonly why: readonly string[];
  readonly routes: readonly {
    readonly department: string;
    readonly receiver: string;
    readonly why: readonly { readonly path: string; readonly matchers: readonly string[] }[];
  }[];
  /** What the model had said, when a person corrected it. */
  readonly corrected: {
    readonly by: string;
    /** ISO 8601. */
    readonly at: string;
    readonly aspect: Aspect;
    readonly polarity: Polarity;
  } | null;
}

export interface ShownAccount {
  readonly id: string;
  readonly name: string;
  readonly tier: string;
  readonly owner: string;
  readonly revenue: number | null;
}

/** A mention with what was read out of it. */
export interface ShownMention {
  readonly mentionId: string;
  /** Null when erased. */
  readonly text: string | null;
  readonly platform: string;
  readonly kind: ChannelKind;
  /** The platform's page, http or https. */
  readonly url: string | null;
  readonly occurredAt: Date;
  readonly author: string;
  readonly account: ShownAccount | null;
  readonly sources: readonly string[];
  readonly opinions: readonly ShownOpinion[];
}

export interface ThreadMessage {
  readonly mentionId: string;
  /** Its first 140 characters; null when erased. */
  readonly text: string | null;
  readonly occurredAt: Date;
  readonly isOurs: boolean;
  readonly author: string;
}

/** One mention with everything that is known of it. */
export interface MentionPage extends ShownMention {
  /** Null until it is analysed. */
  readonly outcome: Outcome | null;
  readonly outcomeReason: string | null;
  readonly lang: string | null;
  readonly urgency: Urgency | null;
  /** Which rule linked the author to the account. */
  readonly linkRule: string | null;
  readonly thread: readonly ThreadMessage[];
  readonly cases: readonly {
    readonly id: string;
    readonly department: string;
    readonly status: CaseStatus;
  }[];
}

export interface HeldMention extends ShownMention {
  readonly heardAt: Date;
  readonly outcome: 'quarantined' | 'unsure';
  readonly outcomeReason: string | null;
}

export interface MentionReadModel {
  /** Null when there is none, or none that the caller may see: agents see what was routed to their departments. */
  read(id: string, caller: Caller): Promise<MentionPage | null>;
  /** Newest first, from below the id `before`. */
  listHeld(asked: {
    readonly outcome: 'quarantined' | 'unsure';
    readonly before: string | null;
    readonly limit: number;
  }): Promise<readonly HeldMention[]>;
}
