import { describe, expect, it } from 'vitest';
import type { CaseRow } from '../../../src/contract/cases.ts';
import { arrange, nextRow } from '../../../src/web/inbox/arrange.ts';
import { caseRow } from './case-row.ts';

const rows = (...ids: readonly number[]): CaseRow[] => ids.map((id) => caseRow(id));
const ids = (cases: readonly CaseRow[]): string[] => cases.map(({ id }) => id);

describe('a list that is looked at', () => {
  it('counts what came in above and moves no row', () => {
    const { rows: shown, unseen } = arrange(rows(5, 4, 3), rows(7, 6, 5, 4, 3), false);

    expect(ids(shown)).toEqual(['5', '4', '3']);
    expect(unseen).toBe(2);
  });

  it('shows each row as it is now', () => {
    const changed = { ...caseRow(4), urgency: 3 as const };

    expect(arrange(rows(5, 4), [caseRow(5), changed], false).rows[1]?.urgency).toBe(3);
  });

  it('keeps the place of a row that belongs elsewhere by now', () => {
    const { rows: shown } = arrange(rows(5, 4, 3), rows(5, 3), false);

    expect(shown.map(({ id, isGone = false }) => [id, isGone])).toEqual([
      ['5', false],
      ['4', true],
      ['3', false],
    ]);
  });

  it('does not take a row for gone that new ones have pushed off the page', () => {
    const { rows: shown } = arrange(rows(5, 4, 3), rows(6, 5, 4), true);

    expect(shown.map(({ isGone = false }) => isGone)).toEqual([false, false, false]);
  });

  it('adds what was loaded below', () => {
    expect(ids(arrange(rows(5, 4), rows(5, 4, 3, 2), false).rows)).toEqual(['5', '4', '3', '2']);
  });

  it('counts all as new when it was empty', () => {
    expect(arrange([], rows(2, 1), false)).toEqual({ rows: [], unseen: 2 });
  });
});

describe('the row to go on with', () => {
  it.each([
    { done: ['4'], next: '3' },
    { done: ['5', '4'], next: '3' },
    { done: ['3'], next: '4' },
    { done: ['5', '4', '3'], next: null },
  ])('after $done is $next', ({ done, next }) => {
    expect(nextRow(rows(5, 4, 3), new Set(done))).toBe(next);
  });
});
