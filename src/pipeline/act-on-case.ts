import { composeDispute } from '../digest/dispute-alarm.ts';
import { composePassedOn } from '../digest/passed-on-alarm.ts';
import type { Person } from '../domain/access.ts';
import type { CaseAction, CaseFields, CaseState } from '../domain/case.ts';
import type { CaseDecision, CaseStore } from '../domain/ports/case-store.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import { AppError } from '../lib/app-error.ts';

/** After so many times that a case was passed on, only the arbiter decides whose it is. */
const MOST_BOUNCES = 2;
const LONGEST_SNOOZE_MS = 366 * 24 * 60 * 60 * 1000;

/** Who decides whose a case is that was passed on too often, and by which ways out it is said that one waits. */
export interface Arbitration {
  /** Lower-case mail address; null: any executive or administrator. */
  readonly arbiter: string | null;
  readonly destinations: readonly Destination[];
  /** How a department hears of what another passed on to it. */
  readonly destinationsOf: (department: string) => readonly Destination[];
  readonly publicUrl: string;
}

interface Asked {
  readonly id: string;
  readonly version: number;
  readonly action: CaseAction;
  readonly person: Person;
}

/** Does one thing with one case; the id of the event. Throws AppError as {@link CaseStore.act} does. */
export async function actOnCase(
  { cases, arbitration }: { readonly cases: CaseStore; readonly arbitration: Arbitration },
  asked: Asked,
  now: Date,
): Promise<string> {
  const { action, person } = asked;
  if (person.role === 'executive' && action.kind !== 'not-ours')
    throw new AppError(
      'forbidden',
      'An executive reads cases, and decides on those that were passed on twice',
    );
  return cases.act(asked, (state) => decideCaseAction(state, { action, person, now, arbitration }));
}

interface Deciding {
  readonly action: CaseAction;
  readonly person: Person;
  readonly now: Date;
  readonly arbitration: Arbitration;
}

/** What becomes of a case when a person does something with it. Pure. */
export function decideCaseAction(
  state: CaseState,
  { action, person, now, arbitration }: Deciding,
): CaseDecision {
  const { fields } = state;
  const isClosed = fields.status === 'resolved' || fields.status === 'declined';
  if (action.kind === 'note' || action.kind === 'correct') return { next: fields };
  if (action.kind === 'reopen') return reopen(fields);
  if (isClosed) return refuse(`The case is ${fields.status}; reopen it first`);
  switch (action.kind) {
    case 'accept':
      return accept(fields, person);
    case 'assign':
      return assign(state, action.assignee);
    case 'snooze':
      return snooze(fields, action.until, now);
    case 'resolve':
      return {
        next: { ...fields, status: 'resolved', snoozedUntil: null, resolution: action.resolution },
      };
    case 'not-ours':
      return passOn(state, action, { person, now, arbitration });
    default:
      return action satisfies never;
  }
}

function refuse(
  refusal: string,
  kind: 'conflict' | 'invalid-input' | 'forbidden' = 'conflict',
): CaseDecision {
  return { refusal, kind };
}

/** Whoever is assigned a case has accepted it. */
function awake(fields: CaseFields, assignee: string | null): CaseFields {
  return { ...fields, status: assignee === null ? 'open' : 'accepted', assignee, snoozedUntil: null };
}

function accept(fields: CaseFields, person: Person): CaseDecision {
  if (fields.status === 'accepted' && fields.assignee !== person.id)
    return refuse('Somebody has accepted it; assign it to yourself to take it over');
  return { next: awake(fields, person.id) };
}

function assign({ fields, members, department }: CaseState, assignee: string | null): CaseDecision {
  if (assignee !== null && !members.includes(assignee))
    return refuse(`Only somebody of ${department} can be assigned`, 'invalid-input');
  return { next: fields.status === 'snoozed' ? { ...fields, assignee } : awake(fields, assignee) };
}

function snooze(fields: CaseFields, until: string, now: Date): CaseDecision {
  const wait = Date.parse(until) - now.getTime();
  if (wait <= 0 || wait > LONGEST_SNOOZE_MS)
    return refuse('A snooze ends in the future, within a year', 'invalid-input');
  return { next: { ...fields, status: 'snoozed', snoozedUntil: until } };
}

function reopen(fields: CaseFields): CaseDecision {
  if (fields.status === 'declined')
    return refuse('The case was passed on; the other department has its messages now');
  if (fields.status === 'open' || fields.status === 'accepted') return refuse('The case is open');
  return { next: { ...awake(fields, fields.assignee), resolution: null } };
}

function passOn(
  state: CaseState,
  { department: to, reason }: Extract<CaseAction, { kind: 'not-ours' }>,
  { person, now, arbitration }: Omit<Deciding, 'action'>,
): CaseDecision {
  const { fields, department, departments, bounces } = state;
  const { arbiter } = arbitration;
  if (to === department || !departments.includes(to))
    return refuse(
      `Name another department: ${departments.filter((name) => name !== department).join(', ')}`,
      'invalid-input',
    );
  if (bounces >= MOST_BOUNCES && !isArbiter(person, arbiter))
    return refuse(
      `It was passed on twice already; ${arbiter ?? 'an executive or an administrator'} decides whose it is`,
      'forbidden',
    );
  if (bounces < MOST_BOUNCES && person.role === 'executive')
    return refuse('An executive decides only on what was passed on twice', 'forbidden');
  const next: CaseFields = { ...fields, status: 'declined', snoozedUntil: null };
  const setting = { publicUrl: arbitration.publicUrl, now };
  const passed = {
    message: composePassedOn({ ...state, to, reason, by: person.name }, setting),
    destinations: arbitration.destinationsOf(to),
  };
  if (bounces + 1 !== MOST_BOUNCES) return { next, tell: [passed] };
  const dispute = {
    message: composeDispute({ ...state, to, reason, arbiter }, setting),
    destinations: arbitration.destinations,
  };
  return { next, tell: [passed, dispute] };
}

function isArbiter({ role, email }: Person, arbiter: string | null): boolean {
  if (role === 'admin') return true;
  return arbiter === null ? role === 'executive' : email.toLowerCase() === arbiter;
}
