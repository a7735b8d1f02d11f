import { describe, expect, it } from 'vitest';
import { REGISTRIES } from '../../../src/app/config-in-force.ts';
import { parseConfig } from '../../../src/config/earshot-yaml.ts';
import type { OpinionLabels } from '../../../src/domain/routing.ts';
import { matchRoutes } from '../../../src/routing/match-routes.ts';
import { COMPLAINT } from './arbitraries.ts';

const YAML = `
workspace: { name: Fernhill }
departments: [{ name: product, aspects: [product, service] }, { name: sales, aspects: [sales, pricing] }, { name: key accounts }]
receivers:
  - { name: desk, file: [{ path: desk.ndjson }] }
  - { name: executives, file: [{ path: executives.ndjson }] }
  - { name: key-accounts, file: [{ path: key.ndjson }] }
route:
  receiver: desk
  department: product
  routes:
    # A copy: it takes what it wants and lets it go on to who owns it.
    - { matchers: ['urgency="3"'], receiver: executives, continue: true }
    # The VIP list, and the first tier, go to people of their own.
    - { matchers: ['account=~"Acme|Birch & Sons"'], receiver: key-accounts, department: key accounts }
    - { matchers: ['tier="1"', 'polarity="negative"'], receiver: key-accounts, department: key accounts }
    - { matchers: ['aspect=~"sales|pricing"'], department: sales }
`;
const { route } = parseConfig(YAML, { file: 'earshot.yaml', env: {}, registries: REGISTRIES });

const waysOf = (labels: Partial<OpinionLabels>) =>
  matchRoutes(route, { ...COMPLAINT, aspect: 'pricing', ...labels }).map((match) => [
    match.route.receiver,
    match.department,
  ]);

describe('what overrides the owner of an aspect', () => {
  it.each<[string, Partial<OpinionLabels>, readonly (readonly [string, string])[]]>([
    ['nothing', {}, [['desk', 'sales']]],
    ['a name on the VIP list', { account: 'Birch & Sons' }, [['key-accounts', 'key accounts']]],
    ['a longer name is another account', { account: 'Acme Holding' }, [['desk', 'sales']]],
    ['the first tier, when it complains', { tier: '1' }, [['key-accounts', 'key accounts']]],
    ['the first tier, when it is happy', { tier: '1', polarity: 'positive' }, [['desk', 'sales']]],
    [
      'a copy to executives, beside the owner',
      { urgency: '3' },
      [
        ['executives', 'sales'],
        ['desk', 'sales'],
      ],
    ],
    [
      'a copy, beside the VIP list',
      { urgency: '3', account: 'Acme' },
      [
        ['executives', 'sales'],
        ['key-accounts', 'key accounts'],
      ],
    ],
  ])('%s', (_, labels, ways) => {
    expect(waysOf(labels)).toEqual(ways);
  });
});
