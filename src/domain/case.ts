import type { Aspect, Polarity } from './words.ts';

/**
 * `open`: nobody has taken it. `accepted`: somebody has, and its outcome is awaited. A snooze that is over shows as the one or the
 * other again. `declined`: passed on to another department.
 */
export const CASE_STATUSES = ['open', 'accepted', 'snoozed', 'resolved', 'declined'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** The inbox's tabs; `mine` is open or accepted and assigned to me, `waiting` is accepted by anybody. */
export const CASE_TABS = ['open', 'mine', 'waiting', 'snoozed', 'resolved', 'declined'] as const;
export type CaseTab = (typeof CASE_TABS)[number];

/** What a resolved case came to. */
export const RESOLUTIONS = ['fixed', 'explained', 'wont-fix', 'passed-on'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** What a person says of some words; polarity null: no opinion on this aspect. */
export interface Label {
  readonly aspect: Aspect;
  readonly polarity: Polarity | null;
}

/** What a person does with a case. */
export type CaseAction =
  /** Takes it. */
  | { readonly kind: 'accept' }
  /** Gives it to a member of the department, or to nobody. */
  | { readonly kind: 'assign'; readonly assignee: string | null }
  /** Passes it on: its opinions go to that department's case, and this one is declined. */
  | { readonly kind: 'not-ours'; readonly department: string; readonly reason: string }
  /** Puts it aside until an instant, ISO 8601. */
  | { readonly kind: 'snooze'; readonly until: string }
  | { readonly kind: 'resolve'; readonly resolution: Resolution; readonly note: string }
  /** Brings a resolved or snoozed case back. */
  | { readonly kind: 'reopen' }
  | { readonly kind: 'note'; readonly text: string }
  /** Says what an opinion of it really is. */
  | { readonly kind: 'correct'; readonly opinionId: string; readonly label: Label };

/** The part of a case that actions change. */
export interface CaseFields {
  readonly status: CaseStatus;
  readonly assignee: string | null;
  /** Set exactly while it is snoozed. ISO 8601. */
  readonly snoozedUntil: string | null;
  readonly resolution: Resolution | null;
}

/** A case as an action finds it. */
export interface CaseState {
  readonly id: string;
  readonly fields: CaseFields;
  readonly department: string;
  /** How often its opinions were passed on before they came here. */
  readonly bounces: number;
  /** Ids of those it can be assigned to. */
  readonly members: readonly string[];
  /** The departments there are. */
  readonly departments: readonly string[];
}
