import type { CaseStatus } from '../case.ts';
import type { OutboundMessage } from '../delivery.ts';
import type { GroupState, GroupTurn, NotificationReason, RouteTimes, ToldCase } from '../group.ts';
import type { InhibitRule, OpinionLabels, PlacedOpinionLabels, Silence } from '../routing.ts';
import type { Urgency } from '../words.ts';

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
  /** By when the case is to be closed, unless it is due before; null: no matter when. */
  readonly caseDueAt: Date | null;
  readonly urgency: Urgency;
  readonly groupKey: string;
  /** The time intervals of its route; null when it has none. */
  readonly times: RouteTimes | null;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
}

/** What a group sends now. */
export interface DueGroup {
  readonly id: string;
  readonly department: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly reason: NotificationReason;
  /** How often it has notified before; makes the message id deterministic. */
  readonly sequence: number;
  readonly beginnings: number;
  /** What is new; of a repeat, what is still open. */
  readonly members: readonly GroupMember[];
  /** Whether anything of it is still open. */
  readonly isLive: boolean;
  /** How many cases are still open, where it lists them again. */
  readonly openCases: number;
  /** One opinion of each case that came to its end. */
  readonly resolved: readonly GroupMember[];
}

/** A group that is looked at, under a lock. */
export interface GroupLook extends Omit<GroupState, 'timeMute' | 'waiting' | 'told'> {
  readonly id: string;
  readonly receiver: string;
  readonly department: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly sequence: number;
  /** How often it began anew: its notifications since then are one conversation. */
  readonly beginnings: number;
  readonly times: RouteTimes | null;
  /** Opinions that were not notified yet. */
  readonly waiting: readonly LookedOpinion[];
  readonly told: readonly Omit<ToldCase, 'mute'>[];
  /** A few opinions of each told case that may have to be named now. */
  readonly toldOpinions: readonly LookedOpinion[];
}

/** An opinion of a group with all that decides whether it is notified. */
export interface LookedOpinion extends GroupMember, PlacedOpinionLabels {
  readonly opinionId: string;
  /** Whether a person said meanwhile that there is no opinion here. */
  readonly isTakenBack: boolean;
  readonly status: CaseStatus;
  readonly snoozedUntil: Date | null;
}

/** What else decides on mutes, read in the same transaction. */
export interface MuteSources {
  readonly silences: () => Promise<readonly Silence[]>;
  /** Opinions of open cases that the rule may be fulfilled by, for targets with these {@link InhibitRule.equal} values. */
  readonly firing: (
    rule: InhibitRule,
    shared: readonly (readonly string[])[],
  ) => Promise<readonly PlacedOpinionLabels[]>;
}

/** What becomes of a group that was looked at. */
export interface GroupOutcome {
  readonly group: GroupLook;
  readonly turn: GroupTurn;
  /** Null when it notifies nobody. */
  readonly sent: Told | null;
}

export interface GroupMember {
  readonly mentionId: string;
  readonly caseId: string | null;
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

/** A message, and by which ways out it goes. */
export interface Told {
  readonly message: OutboundMessage;
  readonly destinations: readonly Destination[];
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
  /**
   * Claims groups that are due and writes what `turn` makes of them, all in one transaction. Returns how many there were, how many of
   * them notify, and when the first of them is due again.
   */
  flushGroups(
    limit: number,
    turn: (groups: readonly GroupLook[], sources: MuteSources) => Promise<readonly GroupOutcome[]>,
  ): Promise<{ readonly groups: number; readonly sent: number; readonly nextDueAt: Date | null }>;
}
