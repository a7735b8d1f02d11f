import type { CaseAction } from '../../src/domain/case.ts';

/** What Fernhill's people did with cases of the sample, each found by a message that is in it and the department that has it. */
export interface SampleDeed {
  readonly mention: string;
  readonly department: string;
  readonly by: string;
  readonly action: CaseAction;
  /** As if it had been done so many days ago. */
  readonly daysAgo?: number;
}

export const SAMPLE_DEEDS: readonly SampleDeed[] = [
  {
    mention: 'forum-014',
    department: 'product',
    by: 'priya.raman@fernhill.example',
    action: { kind: 'resolve', resolution: 'fixed', note: 'The second database takes over by itself now.' },
    daysAgo: 6,
  },
  {
    mention: 'x-064',
    department: 'sales',
    by: 'nadia.brandt@fernhill.example',
    action: { kind: 'resolve', resolution: 'explained', note: 'Introduced the new account manager.' },
    daysAgo: 3,
  },
  {
    mention: 'mail-118',
    department: 'finance',
    by: 'lena.fischer@fernhill.example',
    action: { kind: 'accept' },
  },
  {
    mention: 'mail-131',
    department: 'service',
    by: 'marisol.vega@fernhill.example',
    action: { kind: 'accept' },
  },
  {
    mention: 'x-095',
    department: 'service',
    by: 'owen.castell@fernhill.example',
    action: { kind: 'not-ours', department: 'finance', reason: 'It is about the price, the queue is known.' },
  },
];
