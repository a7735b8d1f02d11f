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
