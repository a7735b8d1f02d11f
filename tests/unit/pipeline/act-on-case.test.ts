import { describe, expect, it } from 'vitest';
import type { Person, Role } from '../../../src/domain/access.ts';
import type { CaseAction, CaseFields, CaseState } from '../../../src/domain/case.ts';
import { decideCaseAction } from '../../../src/pipeline/act-on-case.ts';

const NOW = new Date('2026-11-26T12:00:00Z');
const LATER = '2026-11-27T09:00:00Z';

const OPEN: CaseFields = { status: 'open', assignee: null, snoozedUntil: null, resolution: null };
const MINE: CaseFields = { ...OPEN, status: 'accepted', assignee: '1' };
const THEIRS: CaseFields = { ...OPEN, status: 'accepted', assignee: '2' };
const SNOOZED: CaseFields = { ...OPEN, status: 'snoozed', snoozedUntil: LATER };
const RESOLVED: CaseFields = { ...MINE, status: 'resolved', resolution: 'fixed' };
const DECLINED: CaseFields = { ...OPEN, status: 'declined' };

function decide(
  fields: CaseFields,
  action: CaseAction,
  {
    role = 'agent',
    bounces = 0,
    arbiter = null,
  }: { role?: Role; bounces?: number; arbiter?: string | null } = {},
) {
  const person: Person = { id: '1', name: 'Dana', email: 'dana@x.example', role, departments: ['sales'] };
  const state: CaseState = {
    id: '7',
    fields,
    department: 'sales',
    bounces,
    members: ['1', '2'],
    departments: ['finance', 'sales'],
  };
  const destinations = [{ receiver: 'root', integration: 'file', number: 0 }];
  const destinationsOf = (department: string) => [{ receiver: department, integration: 'file', number: 0 }];
  const arbitration = { arbiter, destinations, destinationsOf, publicUrl: 'https://earshot.example' };
  return decideCaseAction(state, { action, person, now: NOW, arbitration });
}

const resolve: CaseAction = { kind: 'resolve', resolution: 'explained', note: '' };
const pass = { kind: 'not-ours', department: 'finance', reason: 'about a price' } as const;

describe('what becomes of a case', () => {
  it.each<[string, CaseFields, CaseAction, CaseFields]>([
    ['accept an open one', OPEN, { kind: 'accept' }, MINE],
    ['accept my own again', MINE, { kind: 'accept' }, MINE],
    ['accept a snoozed one', SNOOZED, { kind: 'accept' }, MINE],
    ['assign', OPEN, { kind: 'assign', assignee: '2' }, THEIRS],
    ['take over', THEIRS, { kind: 'assign', assignee: '1' }, MINE],
    ['give back', MINE, { kind: 'assign', assignee: null }, OPEN],
    ['assign a snoozed one', SNOOZED, { kind: 'assign', assignee: '2' }, { ...SNOOZED, assignee: '2' }],
    ['snooze', MINE, { kind: 'snooze', until: LATER }, { ...MINE, status: 'snoozed', snoozedUntil: LATER }],
    ['resolve', OPEN, resolve, { ...OPEN, status: 'resolved', resolution: 'explained' }],
    ['resolve a snoozed one', SNOOZED, resolve, { ...OPEN, status: 'resolved', resolution: 'explained' }],
    ['reopen what somebody had', RESOLVED, { kind: 'reopen' }, MINE],
    ['wake', SNOOZED, { kind: 'reopen' }, OPEN],
    ['pass on', MINE, pass, { ...MINE, status: 'declined' }],
    ['note on a closed one', RESOLVED, { kind: 'note', text: 'x' }, RESOLVED],
  ])('%s', (_, before, action, after) => {
    const isPassedOn = action.kind === 'not-ours';
    expect(decide(before, action)).toEqual({ next: after, ...(isPassedOn && { tell: [expect.anything()] }) });
  });

  it.each<[string, CaseFields, CaseAction, string]>([
    ['accept what somebody else has', THEIRS, { kind: 'accept' }, 'conflict'],
    ['accept a resolved one', RESOLVED, { kind: 'accept' }, 'conflict'],
    ['resolve twice', RESOLVED, resolve, 'conflict'],
    ['reopen an open one', OPEN, { kind: 'reopen' }, 'conflict'],
    ['reopen what was passed on', DECLINED, { kind: 'reopen' }, 'conflict'],
    ['assign to a stranger', OPEN, { kind: 'assign', assignee: '3' }, 'invalid-input'],
    ['snooze into the past', OPEN, { kind: 'snooze', until: '2026-11-26T11:59:59Z' }, 'invalid-input'],
    ['snooze for years', OPEN, { kind: 'snooze', until: '2028-11-26T12:00:00Z' }, 'invalid-input'],
    ['pass on to itself', OPEN, { ...pass, department: 'sales' }, 'invalid-input'],
    ['pass on to nobody', OPEN, { ...pass, department: 'legal' }, 'invalid-input'],
  ])('refuses to %s', (_, before, action, kind) => {
    expect(decide(before, action)).toEqual({ refusal: expect.stringMatching(/\S/), kind });
  });

  it('leaves what was passed on twice to the named arbiter, and to administrators', () => {
    const bounces = 2;
    expect(decide(OPEN, pass, { bounces, role: 'executive', arbiter: 'eve@x.example' })).toMatchObject({
      kind: 'forbidden',
      refusal: expect.stringContaining('eve@x.example decides'),
    });
    for (const role of ['executive', 'lead'] as const)
      expect(decide(OPEN, pass, { bounces, role, arbiter: 'dana@x.example' })).toHaveProperty('next');
    expect(decide(OPEN, pass, { bounces, role: 'admin', arbiter: 'eve@x.example' })).toHaveProperty('next');
  });

  it('tells who has the case by now, and the root’s receiver the second time, and only then', () => {
    const passed = {
      destinations: [{ receiver: 'finance' }],
      message: {
        kind: 'alarm',
        subject: 'finance: sales passed a case on to you',
        text: expect.stringMatching(/Dana says: about a price[\s\S]*inbox\?department=finance/),
      },
    };
    expect(decide(OPEN, pass)).toMatchObject({ tell: [passed] });
    expect(decide(OPEN, pass, { bounces: 1, arbiter: 'eve@x.example' })).toMatchObject({
      tell: [
        passed,
        {
          destinations: [{ receiver: 'root' }],
          message: {
            kind: 'alarm',
            id: expect.stringMatching(/^dispute:7:/),
            text: expect.stringMatching(
              /sales passed a case on to finance[\s\S]*about a price[\s\S]*eve@x\.example decides[\s\S]*is:disputed/,
            ),
          },
        },
      ],
    });
    expect(decide(OPEN, pass, { bounces: 2, role: 'admin' })).toMatchObject({ tell: [passed] });
  });

  it('lets only an executive or an administrator pass on what was passed on twice', () => {
    expect(decide(OPEN, pass, { bounces: 1 })).toHaveProperty('next');
    expect(decide(OPEN, pass, { bounces: 2, role: 'lead' })).toMatchObject({ kind: 'forbidden' });
    for (const role of ['executive', 'admin'] as const)
      expect(decide(OPEN, pass, { bounces: 2, role })).toHaveProperty('next');
    expect(decide(OPEN, pass, { role: 'executive' })).toMatchObject({ kind: 'forbidden' });
  });
});
