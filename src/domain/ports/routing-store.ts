import type { OutboundMessage } from '../delivery.ts';
import type { OpinionLabels } from '../routing.ts';

/** A routable opinion with its labels. */
export interface OpinionToRoute {
  readonly id: string;
  readonly mentionId: string;
  readonly confidence: number;
  readonly labels: OpinionLabels;
  readonly isHistory: boolean;
  readonly countedAt: Date;
  /** What its case is found by: its conversation or its words. */
  readonly thread: string | null;
  /** The mention's whole text. */
  readonly text: string;
}

/** Where one opinion goes by one route. */
export interface PlacedOpinion {
  readonly opinionId: string;
  readonly routePath: string;
  readonly department: string;
  readonly receiver: string;
  readonly why: readonly object[];
  readonly isWaiting: boolean;
  readonly caseKey: string;
  readonly caseReason: string;
  readonly groupKey: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
}

/** A group whose members are due to be notified. */
export interface DueGroup {
  readonly id: string;
  readonly receiver: string;
  readonly department: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly isFirst: boolean;
  /** How often it has notified before; makes the message id deterministic. */
  readonly sequence: number;
  readonly members: readonly GroupMember[];
}

export interface GroupMember {
  readonly mentionId: string;
  readonly aspect: string;
  readonly polarity: string;
  readonly intent: string;
  readonly urgency: number;
  readonly quote: string;
  /** What people are counted by; `author` is what they are called. */
  readonly authorId: string;
  readonly author: string;
  readonly account: string | null;
  readonly tier: string | null;
  readonly platform: string;
  readonly url: string | null;
  readonly occurredAt: Date;
}

/** One integration of one receiver that a message goes to. */
export interface Destination {
  readonly receiver: string;
  readonly integration: string;
  readonly number: number;
}

export interface RoutingStore {
  /** Claims at most `limit` analysed mentions, places their opinions and gives the mentions their outcome, in one transaction. */
  routeBatch(
    limit: number,
    place: (opinions: readonly OpinionToRoute[]) => readonly PlacedOpinion[],
  ): Promise<{ mentions: number; firstDueAt: Date | null }>;
  /** Claims due groups and writes notification and deliveries of each in one transaction. Returns how many there were. */
  flushGroups(
    limit: number,
    compose: (group: DueGroup) => { message: OutboundMessage; destinations: readonly Destination[] },
  ): Promise<number>;
}
