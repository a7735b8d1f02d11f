import { expect, it } from 'vitest';
import { receiversOf } from '../../../src/routing/complaint.ts';
import { parse } from '../config/config-fixture.ts';

const { route } = parse(`
workspace: { name: Fernhill }
departments:
  - { name: finance, aspects: [pricing] }
  - { name: service, aspects: [service, product] }
receivers:
  - { name: everything, file: [{ path: a.ndjson }] }
  - { name: desk, file: [{ path: b.ndjson }] }
route:
  receiver: everything
  department: service
  routes:
    - { matchers: ['aspect="pricing"'], department: finance, receiver: desk }
`);

it.each([
  ['finance', ['pricing'], ['desk']],
  ['service', ['service', 'product'], ['everything']],
  ['nobody’s', [], ['everything']],
])('a department hears by the receivers of its own routes: %s', (name, aspects, receivers) => {
  expect(receiversOf(route, { name, aspects })).toEqual(receivers);
});
