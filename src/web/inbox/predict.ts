import type { CaseAction, CaseRow, CaseTab } from '../../contract/cases.ts';
import type { PersonRef } from '../../contract/common.ts';

/** What the case will most likely be once the server has done it. */
export function predict(row: CaseRow, action: CaseAction, me: PersonRef): CaseRow {
  switch (action.kind) {
    case 'accept':
      return { ...row, status: 'accepted', assignee: row.assignee ?? me };
    case 'assign':
      return {
        ...row,
        // Whoever is assigned a case has accepted it.
        status: row.status === 'snoozed' ? 'snoozed' : action.assignee === null ? 'open' : 'accepted',
        assignee: action.assignee === me.id ? me : null,
      };
    case 'not-ours':
      return { ...row, status: 'declined' };
    case 'snooze':
      return { ...row, status: 'snoozed', snoozedUntil: action.until };
    case 'resolve':
      return { ...row, status: 'resolved', resolution: action.resolution };
    case 'reopen':
      return { ...row, status: row.assignee ? 'accepted' : 'open', resolution: null };
    case 'note':
    case 'correct':
      return row;
  }
}

/** Whether the case shows in the tab. */
export function belongs({ status, assignee }: CaseRow, tab: CaseTab, me: PersonRef): boolean {
  switch (tab) {
    case 'mine':
      return (status === 'open' || status === 'accepted') && assignee?.id === me.id;
    case 'waiting':
      return status === 'accepted';
    case 'open':
    case 'snoozed':
    case 'resolved':
    case 'declined':
      return status === tab;
  }
}

/** What was done, in a few words. */
export function toldOf(action: CaseAction, cases: number): string {
  const what = cases === 1 ? '1 case' : `${cases} cases`;
  switch (action.kind) {
    case 'accept':
      return `Accepted ${what}.`;
    case 'assign':
      return action.assignee === null ? `Nobody has ${what} now.` : `Assigned ${what}.`;
    case 'not-ours':
      return `Passed ${what} on to ${action.department}.`;
    case 'snooze':
      return `Snoozed ${what}.`;
    case 'resolve':
      return `Resolved ${what}.`;
    case 'reopen':
      return `Opened ${what} again.`;
    case 'note':
      return `Added the note to ${what}.`;
    case 'correct':
      return 'Corrected the label.';
  }
}
