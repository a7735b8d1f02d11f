import { describe, expect, it } from 'vitest';
import type { OpinionLabels } from '../../../src/domain/routing.ts';
import { type GivenCase, suggestRules } from '../../../src/routing/suggest-rules.ts';

const given = (to: string | null, labels: Partial<OpinionLabels>, from = 'sales'): GivenCase => ({
  from,
  to,
  labels: [labels],
});
const times = (count: number, one: GivenCase): GivenCase[] => Array.from({ length: count }, () => one);

describe('a suggested rule', () => {
  it('comes after three equal cases that were passed on, not after two', () => {
    const one = given('service', { aspect: 'pricing', source: 'reviews' });

    expect(suggestRules(times(2, one))).toEqual([]);
    expect(suggestRules(times(3, one))).toEqual([
      { from: 'sales', to: 'service', matchers: ['aspect="pricing"'], passedOn: 3, kept: 0 },
    ]);
  });

  it('names what tells those that were passed on from those that were kept', () => {
    const cases = [
      ...times(4, given('service', { aspect: 'pricing', source: 'reviews', platform: 'web' })),
      ...times(6, given(null, { aspect: 'pricing', source: 'mail', platform: 'email' })),
      ...times(3, given(null, { aspect: 'product', source: 'reviews', platform: 'web' })),
    ];

    expect(suggestRules(cases)).toEqual([
      {
        from: 'sales',
        to: 'service',
        matchers: ['aspect="pricing"', 'source="reviews"'],
        passedOn: 4,
        kept: 0,
      },
    ]);
  });

  it('is none where nothing tells them apart, or nothing is known of them', () => {
    const mixed = [
      ...times(3, given('service', { aspect: 'pricing' })),
      ...times(9, given(null, { aspect: 'pricing' })),
    ];

    expect(suggestRules(mixed)).toEqual([]);
    expect(suggestRules(times(3, given('service', { account: '' })))).toEqual([]);
  });

  it('is one for each pair of departments, the most frequent first', () => {
    const cases = [
      ...times(3, given('service', { aspect: 'pricing' })),
      ...times(5, given('sales', { aspect: 'product' }, 'product')),
    ];

    expect(suggestRules(cases).map(({ from, to, passedOn }) => [from, to, passedOn])).toEqual([
      ['product', 'sales', 5],
      ['sales', 'service', 3],
    ]);
  });
});
