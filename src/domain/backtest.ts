import type { InhibitRule, OpinionLabels, Route, Silence, TimeInterval } from './routing.ts';
import type { Urgency } from './words.ts';

/** One opinion of the past, as it goes through the tree once more. */
export interface PastOpinion {
  readonly id: string;
  readonly mentionId: string;
  readonly labels: OpinionLabels;
  readonly confidence: number;
  readonly heardAt: Date;
  /** Whether it was history when it was heard: it has an owner, and notifies nobody. */
  readonly isHistory: boolean;
  /** What its case is found by. */
  readonly caseKey: string;
  /** When somebody closed its case; null: it is open. */
  readonly closedAt: Date | null;
}

/** What decides who gets an opinion and when they are told. */
export interface RoutingRules {
  readonly route: Route;
  readonly timeIntervals: readonly TimeInterval[];
  readonly inhibitRules: readonly InhibitRule[];
  readonly silences: readonly Silence[];
}

/** One notification that rules would have sent. */
export interface PastNotification {
  readonly at: Date;
  readonly receiver: string;
  readonly department: string;
  /** The route whose group sent it. */
  readonly path: string;
  readonly reason: 'first' | 'new' | 'repeat' | 'resolved';
  /** Opinions that were new in it. */
  readonly opinions: number;
}

/** One complaint on an aspect, as people corrected it. */
export interface PastComplaint {
  readonly at: Date;
  readonly aspect: string;
  readonly authorId: string;
  readonly isHistory: boolean;
}

/** A spike that rules would have told of. */
export interface PastSpike {
  readonly at: Date;
  readonly aspect: string;
  readonly people: number;
  /** People on the same weekday before. */
  readonly usual: number;
}

/** A case as it went. */
export interface PastCase {
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly urgency: Urgency;
}

/** What rules would have done with the past. */
export interface Replay {
  /** The departments of every message that was placed. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** In the order of their times. */
  readonly notifications: readonly PastNotification[];
  /** Opinions that were not told of, at the end, since something mutes them. */
  readonly muted: number;
}

/** What a change would have done to the last days. */
export interface Backtest {
  readonly from: Date;
  readonly to: Date;
  readonly messages: number;
  readonly opinions: number;
  /** Whether there was more, of which only the newest was looked at. */
  readonly isPartial: boolean;
  /** Messages that would have gone to others, most first. */
  readonly moved: readonly {
    readonly from: readonly string[];
    readonly to: readonly string[];
    readonly messages: number;
    readonly samples: readonly { readonly mentionId: string; readonly text: string }[];
  }[];
  readonly receivers: readonly {
    readonly receiver: string;
    readonly before: number;
    readonly after: number;
  }[];
  /** Notifications that only one of the two would have sent, newest first, at most 20 each. */
  readonly added: readonly PastNotification[];
  readonly gone: readonly PastNotification[];
  readonly muted: { readonly before: number; readonly after: number };
  /** Spikes of aspects that only one of the two would have told of, newest first. */
  readonly spikes: { readonly added: readonly PastSpike[]; readonly gone: readonly PastSpike[] };
  /** Cases that would have been past their time. */
  readonly late: { readonly before: number; readonly after: number };
  /** Messages that a digest counts on an aspect, where that would have been another number. */
  readonly digests: readonly {
    readonly digest: string;
    readonly aspect: string;
    readonly before: number;
    readonly after: number;
  }[];
}
