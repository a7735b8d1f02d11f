import { describe, expect, it } from 'vitest';
import type { CaseAction, CaseTab } from '../../../src/contract/cases.ts';
import { belongs, predict } from '../../../src/web/inbox/predict.ts';
import { caseRow } from './case-row.ts';

const ME = { id: '1', name: 'Nadia Brandt' };
const UNTIL = '2026-11-25T08:00:00.000Z';

describe('what an action will do', () => {
  it.each<{ action: CaseAction; from: CaseTab; to: CaseTab }>([
    { action: { kind: 'accept' }, from: 'open', to: 'waiting' },
    { action: { kind: 'accept' }, from: 'open', to: 'mine' },
    { action: { kind: 'assign', assignee: '7' }, from: 'open', to: 'waiting' },
    { action: { kind: 'snooze', until: UNTIL }, from: 'open', to: 'snoozed' },
    { action: { kind: 'resolve', resolution: 'fixed', note: '' }, from: 'open', to: 'resolved' },
    { action: { kind: 'not-ours', department: 'sales', reason: 'a rep' }, from: 'open', to: 'declined' },
  ])('moves an open case by $action.kind to $to', ({ action, from, to }) => {
    const after = predict(caseRow(1), action, ME);

    expect([belongs(after, from, ME), belongs(after, to, ME)]).toEqual([false, true]);
  });

  it.each<CaseAction>([
    { kind: 'note', text: 'called them' },
    { kind: 'correct', opinionId: '3', label: { aspect: 'sales', polarity: null } },
  ])('leaves an open case in triage by $kind', (action) => {
    expect(belongs(predict(caseRow(1), action, ME), 'open', ME)).toBe(true);
  });
});
