import type { Aspect, Intent, Outcome, Polarity } from '../words.ts';

/** One opinion as a mention's page shows it: where it stands, what decided it, and where it went. */
interface ShownOpinion {
  readonly aspect: Aspect;
  readonly polarity: Polarity;
  readonly intent: Intent | 'none';
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
  readonly why: readonly string[];
  readonly routes: readonly {
    readonly department: string;
    readonly receiver: string;
    readonly why: readonly { readonly path: string; readonly matchers: readonly string[] }[];
  }[];
}

/** One mention with everything that is known of it. */
export interface MentionPage {
  readonly mentionId: string;
  /** Null when erased. */
  readonly text: string | null;
  readonly platform: string;
  readonly kind: string;
  readonly url: string | null;
  readonly occurredAt: Date;
  /** Null until it is analysed. */
  readonly outcome: Outcome | null;
  readonly outcomeReason: string | null;
  readonly lang: string | null;
  readonly urgency: number | null;
  readonly author: string;
  readonly account: string | null;
  readonly tier: string | null;
  /** Which rule linked the author to the account. */
  readonly linkRule: string | null;
  readonly sources: readonly string[];
  readonly opinions: readonly ShownOpinion[];
  readonly thread: readonly {
    readonly mentionId: string;
    readonly text: string;
    readonly occurredAt: Date;
    readonly isOurs: boolean;
    readonly author: string;
  }[];
}
