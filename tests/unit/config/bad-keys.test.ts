import { expect, it } from 'vitest';
import { bad, type Case, faultsOf } from './config-fixture.ts';

const KEYS: Case[] = [
  bad(
    'a duplicate key',
    3,
    '  timezone: Europe/London\n  name: Other',
    '4:3: "name" stands here a second time; keep one of the two',
  ),
  bad(
    'a merge key',
    5,
    '  marketing:\n    <<: {}',
    '6:5: merge keys (<<) are not read; write the lines out, or let routes inherit',
  ),
  bad(
    'an unknown key at the top',
    36,
    'audience:',
    '36:1: unknown key "audience", did you mean "audiences"?',
    '41:15: no audience is called "executives"; add it or name another (there is none yet)',
  ),
  bad(
    'an unknown key of the workspace',
    3,
    '  time_zone: UTC',
    '3:3: unknown key "time_zone", did you mean "timezone"?',
  ),
  bad(
    'an unknown key of an aspect',
    6,
    '    seeds: [webinar]\n    seed: [x]',
    '7:5: unknown key "seed", did you mean "seeds"?',
  ),
  bad(
    'an unknown key of a department',
    9,
    '    aspect: [sales]',
    '9:5: unknown key "aspect", did you mean "aspects"?',
  ),
  bad(
    'an unknown key of a source, though its kind would drop it',
    15,
    '    path: a.csv\n    fromat: csv',
    '16:5: unknown key "fromat", did you mean "format"?',
  ),
  bad(
    'an unknown receiver kind',
    21,
    '    slak:',
    '21:5: there is no receiver kind "slak"; did you mean "slack"?',
  ),
  bad(
    'an unknown option of a receiver',
    19,
    '      - pth: outbox.ndjson',
    '19:9: unknown key "pth", did you mean "path"?',
    '19:9: "path" is missing; add it (text)',
  ),
  bad(
    'a mask that is neither on nor off',
    19,
    '      - path: outbox.ndjson\n        mask_pii: sometimes',
    '20:19: "mask_pii" must be true or false',
  ),
  bad(
    'an unknown key of the root route',
    24,
    '  reciever: outbox',
    '24:3: unknown key "reciever", did you mean "receiver"?',
  ),
  bad(
    'an unknown key of a deep route',
    34,
    '          group_wiat: 0s',
    '34:11: unknown key "group_wiat", did you mean "group_wait"?',
  ),
  bad(
    'an unknown key of an audience',
    38,
    '    receiver: [channel]',
    '37:5: "receivers" is missing; add it (a list)',
    '38:5: unknown key "receiver", did you mean "receivers"?',
  ),
  bad(
    'an unknown key of a digest',
    42,
    "    at: '07:30'\n    timezone: UTC",
    '43:5: unknown key "timezone"; remove it, the keys here are name, audience, department, at, zone, every, empty',
  ),
  bad(
    'a list as a key',
    2,
    '  name: Fernhill\n  ? [a, b]\n  : c',
    '3:5: a key must be a plain word; write "key: value"',
  ),
  bad(
    'the prototype as a key',
    5,
    '  __proto__:',
    '5:3: a key must be a plain word; write "key: value"',
    '9:22: no aspect is called "marketing"; add it or name another (there is product, sales, pricing, service)',
  ),
  ...['business_hours', 'accounts', 'retention'].map((key) =>
    bad(
      `${key}, which nothing acts on`,
      43,
      `${key}: {}`,
      `43:1: "${key}" is not supported yet, it would have no effect; remove it`,
    ),
  ),
  bad(
    "Alertmanager's old match",
    28,
    '    - match: { aspect: sales }',
    '28:7: "match" is the old spelling of Alertmanager; write matchers: [\'label="value"\']',
  ),
];

it.each([...KEYS])('tells line and remedy of $name', ({ text, faults }) => {
  const found = faultsOf(text);
  expect(found).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
});
