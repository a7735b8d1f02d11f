import type { CaseStatus } from './case.ts';
import type { Mute } from './routing.ts';

/** When a group may notify; milliseconds. */
export interface GroupTiming {
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
}

/** A case of a group as its next notification finds it. */
export interface Standing {
  readonly status: CaseStatus;
  readonly snoozedUntil: Date | null;
  /** The silence or the open case that mutes it. */
  readonly mute: Mute | null;
}

/** An opinion of the group that was not notified yet. */
export interface WaitingOpinion extends Standing {
  readonly opinionId: string;
  readonly caseId: string | null;
}

/** A case of which opinions were notified, and not yet that it was resolved. */
export interface ToldCase extends Standing {
  readonly caseId: string;
}

/** A group at the moment when it is looked at. */
export interface GroupState extends GroupTiming {
  readonly now: Date;
  readonly lastNotifiedAt: Date | null;
  /** When it last listed all of its open cases: its first notification, or a repeat. */
  readonly listedAt: Date | null;
  /** Whether a case of it was open when it was looked at last, so that it goes by its own beat and not by group_wait. */
  readonly isLive: boolean;
  /** Since when an opinion waits; null when none does. */
  readonly waitingSince: Date | null;
  /** That its route notifies nobody just now. */
  readonly timeMute: Mute | null;
  readonly waiting: readonly WaitingOpinion[];
  readonly told: readonly ToldCase[];
}

export type NotificationReason = 'first' | 'new' | 'repeat' | 'resolved';

/** What a group does now, and when it is to be looked at again. */
export interface GroupTurn {
  /** Null: it notifies nobody now. */
  readonly reason: NotificationReason | null;
  /** Ids of the opinions that are notified now. */
  readonly notified: readonly string[];
  /** Cases that are still open and listed once more. */
  readonly repeated: readonly string[];
  /** Cases whose end is notified. */
  readonly resolved: readonly string[];
  /** Opinions whose case was closed before anybody was notified: somebody has seen to them. */
  readonly dropped: readonly string[];
  readonly muted: readonly { readonly opinionId: string; readonly mute: Mute }[];
  readonly isLive: boolean;
  /** Null: when something comes in. */
  readonly dueAt: Date | null;
}

/** What of the time intervals bears on one route, by name. */
export interface RouteTimes {
  readonly mute: readonly string[];
  readonly active: readonly string[];
}
