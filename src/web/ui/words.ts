import type { CaseStatus, CaseTab, Resolution } from '../../contract/cases.ts';

/** How the contract's words are written on a page. */
export const TAB_NAMES: Readonly<Record<CaseTab, string>> = {
  open: 'Triage',
  mine: 'Mine',
  waiting: 'Waiting',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
  declined: 'Declined',
};

export const STATUS_NAMES: Readonly<Record<CaseStatus, string>> = {
  open: 'New',
  accepted: 'Accepted',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
  declined: 'Not ours',
};

export const RESOLUTION_NAMES: Readonly<Record<Resolution, string>> = {
  fixed: 'Fixed',
  explained: 'Explained',
  'wont-fix': 'Will not be fixed',
  'passed-on': 'Passed on',
};

export const URGENCY_NAMES = ['not urgent', 'wants an answer', 'urgent', 'critical'] as const;

/** `1 message`, `2 messages`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
