/** The status of case `c` as it holds now: a snooze that is over needs nobody to end it. */
export const EFFECTIVE_STATUS = `CASE WHEN c.status <> 'snoozed' OR c.snoozed_until > now() THEN c.status WHEN c.assignee_id IS NULL THEN 'open' ELSE 'accepted' END`;

/** Whether department `d` is one of those that the JSON parameter lists, or it says `all`. */
export function isVisible(parameter: string): string {
  return `(${parameter}::jsonb = '"all"' OR jsonb_exists(${parameter}::jsonb, d.name))`;
}

/** How long an action can be taken back by who did it. */
export const UNDO_WITHIN = `interval '10 minutes'`;
