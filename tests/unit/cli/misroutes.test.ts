import { expect, it } from 'vitest';
import { describeMisroutes } from '../../../src/cli/misroutes.ts';

const WEEK = { from: new Date('2026-11-19T10:00:00Z'), to: new Date('2026-11-26T10:00:00Z') };

it('says who passed what on, and the route that would have spared it', () => {
  const rule = { from: 'sales', to: 'product', matchers: ['account="O\'Neil"'], passedOn: 3, kept: 1 };

  expect(describeMisroutes({ ...WEEK, passedOn: [], suggestions: [] })).toEqual([
    '2026-11-19 to 2026-11-26',
    'No case was passed on.',
  ]);
  expect(
    describeMisroutes({
      ...WEEK,
      passedOn: [{ from: 'sales', to: 'product', cases: 1 }],
      suggestions: [rule],
    }),
  ).toEqual([
    '2026-11-19 to 2026-11-26',
    'sales → product: 1 case',
    '3 cases would have gone from sales to product at once, and 1 that it kept, with the route',
    `    - { matchers: ['account="O''Neil"'], department: "product" }`,
  ]);
});
