import type { CaseRow } from '../../../src/contract/cases.ts';

/** A case that nobody has taken; a higher id was opened later. */
export function caseRow(id: number, changes: Partial<CaseRow> = {}): CaseRow {
  const openedAt = new Date(Date.UTC(2026, 10, 24) + id * 60_000).toISOString();
  return {
    id: String(id),
    version: 1,
    department: 'pricing',
    status: 'open',
    quote: null,
    chips: [],
    tally: { messages: 1, people: 1, accounts: 0 },
    topAccount: null,
    platforms: ['email'],
    urgency: 0,
    openedAt,
    lastHeardAt: openedAt,
    dueAt: null,
    snoozedUntil: null,
    assignee: null,
    resolution: null,
    isUnread: false,
    ...changes,
  };
}
