import { expect, it } from 'vitest';
import { bad, type Case, faultsOf, withLine } from './config-fixture.ts';

const REFERENCES: Case[] = [
  bad(
    'a receiver of a route that is not there',
    29,
    '      receiver: chanel',
    '29:17: no receiver is called "chanel"; did you mean "channel"?',
  ),
  bad(
    'a department of a route that is not there',
    30,
    '      department: legal',
    '30:19: no department is called "legal"; add it or name another (there is sales, service)',
  ),
  bad(
    'a receiver of an audience that is not there',
    38,
    '    receivers: [channel, board]',
    '38:26: no receiver is called "board"',
  ),
  bad(
    'a receiver without mail for subscriptions',
    38,
    '    receivers: [channel]\n    subscriptions: { by: channel }',
    '39:26: receiver "channel" has no email, by which subscriptions are sent; add it or name another',
  ),
  bad(
    'an audience that is not there',
    41,
    '    audience: executive',
    '41:15: no audience is called "executive"; did you mean "executives"?',
  ),
  bad(
    'a department of a digest that is not there',
    42,
    "    at: '07:30'\n    department: sale",
    '43:17: no department is called "sale"; did you mean "sales"?',
  ),
  bad('an aspect nobody defined', 11, '    aspects: [support]', '11:15: no aspect is called "support"'),
  bad(
    'an aspect with two owners',
    11,
    '    aspects: [service, sales]',
    '11:24: aspect "sales" belongs to department "sales" already; keep one owner',
  ),
  bad(
    'two departments of one name',
    10,
    '  - name: sales',
    '10:11: a second department is called "sales"; rename one',
    '25:15: no department is called "service"',
  ),
  bad(
    'two receivers of one name',
    20,
    '  - name: outbox',
    '20:11: a second receiver is called "outbox"; rename one',
    '29:17: no receiver',
    '38:17: no receiver',
  ),
  {
    name: 'a root receiver and an audience that nothing would reach',
    text: withLine(22, '      - url: ${SLACK_URL}\n  - name: nobody')
      .replace('receiver: outbox', 'receiver: nobody')
      .replace('receivers: [channel]', 'receivers: [nobody]'),
    faults: [
      '25:13: receiver "nobody" has no way out, so nothing would arrive; add one (such as file:) to it',
      '39:17: receiver "nobody" has no way out, so nothing would arrive; add one (such as file:) to it',
    ],
  },
  bad(
    'two entities of one name, and one of no known kind',
    36,
    'entities:\n  - { name: Atlas, kind: product }\n  - { name: Atlas, kind: competitor }\n  - { name: Birch, kind: rival }\naudiences:',
    '38:13: a second entity is called "Atlas"; rename one',
    '39:26: "kind" must be one of product, competitor, campaign',
  ),
  bad(
    'an unknown source kind',
    14,
    '    kind: fil',
    '14:11: there is no source kind "fil"; did you mean "file"?',
  ),
];

const SECRETS: Case[] = [
  bad(
    'a missing variable',
    22,
    '      - url: ${SLACK_SALES_URL}',
    '22:14: environment variable SLACK_SALES_URL is not set; set it, or remove ${SLACK_SALES_URL}',
  ),
  bad(
    'a variable without its end',
    22,
    '      - url: ${SLACK_URL',
    '22:14: a variable is written ${NAME} with letters, digits and _; write $${ for the two characters ${',
  ),
  bad(
    'a literal Slack address',
    22,
    '      - url: https://hooks.slack.com/services/T/B/C',
    '22:14: "url" is a secret and must not stand in the file; write ${SLACK_URL} and set SLACK_URL in the environment',
  ),
  bad(
    'a literal mail password',
    21,
    '    email:\n      - smtp: smtp://me:pw@mail.example:587\n        to: [a@b.example]\n    slack:',
    '22:15: "smtp" is a secret and must not stand in the file; write ${EMAIL_SMTP}',
  ),
  bad(
    'a literal webhook secret',
    21,
    '    webhook:\n      - url: https://hook.example/\n        secret: [whsec_abc]\n    slack:',
    '23:18: "secret" is a secret and must not stand in the file; write ${WEBHOOK_SECRET}',
  ),
  bad(
    'a password in an address that is no secret option',
    14,
    '    kind: feed\n    url: https://me:pw@feed.example/',
    '15:10: "url" is a secret and must not stand in the file; write ${FEED_URL}',
    '16:5: unknown key "path"',
  ),
];

it.each([...REFERENCES, ...SECRETS])('tells line and remedy of $name', ({ text, faults }) => {
  const found = faultsOf(text);
  expect(found).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
});
