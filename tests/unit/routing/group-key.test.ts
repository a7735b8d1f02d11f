import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupKeyOf } from '../../../src/routing/group-key.ts';
import { GROUP_LABEL_NAMES } from '../../../src/routing/labels.ts';
import { labels, routeOf } from './arbitraries.ts';

const SALES = { aspect: 'sales', tier: 'gold', text: 'they lie', department: 'sellers' };

describe('groupKeyOf', () => {
  it('groups by the named labels, a missing one as the empty string', () => {
    const group = groupKeyOf(
      routeOf({ path: 'root/2', groupBy: ['department', 'account', 'aspect'] }),
      SALES,
    );

    expect(group.labels).toEqual({ account: '', aspect: 'sales', department: 'sellers' });
    expect(group.key).toMatch(/^root\/2#[0-9a-f]{32}$/);
  });

  it('puts all into one group when it groups by nothing', () => {
    const route = routeOf();

    expect(groupKeyOf(route, SALES).key).toBe(groupKeyOf(route, { department: 'other' }).key);
  });

  it('groups by every label and the department when it says "..."', () => {
    const route = routeOf({ groupBy: ['...'] });

    expect(Object.keys(groupKeyOf(route, SALES).labels)).toEqual([...GROUP_LABEL_NAMES].toSorted());
    expect(groupKeyOf(route, SALES).key).not.toBe(groupKeyOf(route, { ...SALES, text: 'they lied' }).key);
    expect(groupKeyOf(route, SALES).key).not.toBe(groupKeyOf(route, { ...SALES, department: 'x' }).key);
  });

  it('keeps the customer’s words out of the key', () => {
    expect(groupKeyOf(routeOf({ groupBy: ['text'] }), SALES).key).not.toContain('lie');
  });

  it('tells routes apart', () => {
    const [first, second] = ['root/0', 'root/1'].map((path) => groupKeyOf(routeOf({ path }), SALES).key);

    expect(first).not.toBe(second);
  });

  it('is equal exactly when the labels of the group are, whatever the order of group_by', () => {
    const groupBy = fc.shuffledSubarray([...GROUP_LABEL_NAMES]);
    fc.assert(
      fc.property(groupBy, labels, labels, (names, one, other) => {
        const forward = groupKeyOf(routeOf({ groupBy: names }), { ...one, department: 'd' });
        const back = groupKeyOf(routeOf({ groupBy: names.toReversed() }), { ...other, department: 'd' });
        expect(forward.key === back.key).toBe(JSON.stringify(forward.labels) === JSON.stringify(back.labels));
      }),
    );
  });
});
