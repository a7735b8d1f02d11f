import { describe, expect, it } from 'vitest';
import { readPlace, writePlace } from '../../../src/web/inbox/place.ts';

describe('the address of an inbox', () => {
  it('carries tab, filters and the open case', () => {
    const search = new URLSearchParams('tab=mine&department=pricing&q=per+seat&case=12');

    expect(readPlace(search)).toEqual({
      filter: { tab: 'mine', department: 'pricing', q: 'per seat' },
      tab: 'mine',
      caseId: '12',
    });
  });

  it('counts what the API would refuse as missing', () => {
    const search = new URLSearchParams('tab=everything&polarity=angry&case=x&page=3');

    expect(readPlace(search)).toEqual({ filter: {}, tab: 'open', caseId: null });
  });

  it('leaves out what is empty or the default', () => {
    const search = new URLSearchParams('tab=mine&department=sales&case=3');

    expect(writePlace(search, { tab: 'open', case: null, q: '' }).toString()).toBe('department=sales');
  });
});
