import type { TimeInterval } from './routing.ts';
import type { Urgency } from './words.ts';

/** By when cases are to be closed, and who is told of those that are not. */
export interface DueRules {
  /** Milliseconds by urgency; an urgency without them has no due time. */
  readonly withinMs: Readonly<Partial<Record<Urgency, number>>>;
  /** Only what of the time lies in it counts; null: all does. */
  readonly during: TimeInterval | null;
  /** Name of the receiver that hears once of a case that is past its time; null: it is only shown. */
  readonly escalateTo: string | null;
}

/** A case past its time, as it is told. */
export interface OverdueCase {
  readonly caseId: string;
  readonly department: string;
  readonly dueAt: Date;
  readonly owner: string | null;
  readonly people: number;
  readonly urgency: Urgency;
  /** What it is about, in a customer's words; null when they were erased. */
  readonly quote: string | null;
}
