import { expect, it } from 'vitest';
import { faultsOf, GOOD, withLine } from './config-fixture.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly faults: readonly string[];
}

/** A good config with one line replaced, and the faults that this must give. */
function bad(name: string, line: number, replacement: string, ...faults: string[]): Case {
  return { name, text: withLine(line, replacement), faults };
}

const NO_YAML: Case[] = [
  {
    name: 'an empty file',
    text: '',
    faults: ['1:1: the file is empty; write at least workspace, departments, receivers and route'],
  },
  {
    name: 'comments alone',
    text: '# nothing\n\n',
    faults: ['1:1: the file is empty; write at least workspace, departments, receivers and route'],
  },
  {
    name: 'a NUL byte',
    text: withLine(2, '  name: Fern\0hill'),
    faults: ['2:13: a control character stands here, so this is no text file; save it as UTF-8 text'],
  },
  {
    name: 'binary content',
    text: '\u007fELF\u0002\u0001\u0001',
    faults: ['1:1: a control character stands here, so this is no text file; save it as UTF-8 text'],
  },
  {
    name: 'ten million characters',
    text: `${GOOD}${'#'.repeat(10_000_000)}`,
    faults: [
      `1:1: the file has ${GOOD.length + 10_000_000} characters, at most 1048576 are read; is it the right file?`,
    ],
  },
  bad(
    'a tab as indentation',
    8,
    '\t- name: sales',
    '8:1: not valid YAML: a tab stands where spaces must; indent with spaces',
  ),
  bad(
    'an unclosed bracket',
    9,
    '    aspects: [sales, marketing',
    '10:3: not valid YAML: the indentation does not fit the lines above, or a bracket is not closed; align it and close the bracket',
  ),
  bad(
    'an unclosed quote at the end',
    42,
    "    at: '07:30",
    '43:1: not valid YAML: a quote or bracket is not closed, or a ":" or "," is missing; add it',
  ),
  bad(
    'a second colon',
    2,
    '  name: Fernhill: Software',
    '2:9: not valid YAML: a second ": " stands on the line; put the value in quotes, or move it to the next line',
  ),
  bad(
    'a reserved character',
    37,
    '  - name: @executives',
    '37:11: not valid YAML: the value begins with a character that YAML reserves; put the value in quotes',
  ),
  bad(
    'a second document',
    7,
    '---\ndepartments:',
    '7:1: not valid YAML: a second document begins here ("---"); keep one document a file',
  ),
  bad('a tag', 2, '  name: !secret Fernhill', '2:9: not read here: unresolved tag: !secret; remove it'),
  {
    name: 'an older YAML version',
    text: `%YAML 1.1\n---\n${GOOD}`,
    faults: ['1:1: YAML 1.1 reads values such as 07:30 as numbers; remove the %YAML line'],
  },
  {
    name: 'a nesting without end',
    text: `a: ${'['.repeat(20_000)}`,
    faults: ['not valid YAML: the nesting is too deep to read; flatten it'],
  },
];

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
    '43:5: unknown key "timezone"; remove it, the keys here are name, audience, department, at, zone, empty',
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
  ...['inhibit_rules', 'time_intervals', 'business_hours', 'entities', 'accounts', 'retention'].map((key) =>
    bad(
      `${key}, which nothing acts on`,
      43,
      `${key}: {}`,
      `43:1: "${key}" is not supported yet, it would have no effect; remove it`,
    ),
  ),
  ...['mute_time_intervals', 'active_time_intervals'].map((key) =>
    bad(
      `${key} of a route`,
      31,
      `      ${key}: [night]`,
      `31:7: "${key}" is not supported yet, it would have no effect; remove it`,
    ),
  ),
  bad(
    "Alertmanager's old match",
    28,
    '    - match: { aspect: sales }',
    '28:7: "match" is the old spelling of Alertmanager; write matchers: [\'label="value"\']',
  ),
];

const VALUES: Case[] = [
  bad('a key without value', 3, '  timezone:', '3:12: no value stands here; write one or remove the line'),
  bad('a number for text', 2, '  name: 123', '2:9: "name" must be text, not a number; put it in quotes'),
  bad(
    'text for a list',
    38,
    '    receivers: channel',
    '38:16: "receivers" must be a list, not text; write it as a list, "- …" lines or [a, b]',
  ),
  bad(
    'text for a map',
    19,
    '      - outbox.ndjson',
    '19:9: "0" must be a map of keys, not text; write "key: value" lines below it',
  ),
  bad(
    'text for a boolean',
    35,
    '          continue: yes',
    '35:21: "continue" must be true or false, not text; write it without quotes',
  ),
  bad(
    'a map for the ways out of a kind',
    19,
    '        path: outbox.ndjson',
    '19:9: "file" must be a list of ways out; write "- …" below it',
  ),
  bad('an empty list', 38, '    receivers: []', '38:16: "receivers" is empty; write at least one'),
  bad(
    'a missing section',
    23,
    'rout:',
    '1:1: "route" is missing; add it (a map of keys)',
    '23:1: unknown key "rout", did you mean "route"?',
  ),
  {
    name: 'a list for the whole file',
    text: '- a',
    faults: ['1:1: the file is no map of sections; write at least workspace'],
  },
  {
    name: 'a word for the whole file',
    text: 'x',
    faults: ['1:1: the file is no map of sections; write at least workspace'],
  },
  bad(
    'a bad zone',
    3,
    '  timezone: Europe/Lundon',
    '3:13: "timezone" is no IANA time zone, did you mean "Europe/London"?',
  ),
  bad(
    'an offset for a zone',
    3,
    "  timezone: '+01:00'",
    '3:14: "timezone" is no IANA time zone, write it like Europe/London',
  ),
  bad(
    'a bad duration',
    31,
    '      group_wait: 5 minutes',
    '31:19: "group_wait" is no duration; write it like 30s, 5m, 1h30m or 7d',
  ),
  bad(
    'a duration without unit',
    31,
    '      group_wait: 30',
    '31:19: "group_wait" must be text, not a number; put it in quotes',
  ),
  bad(
    'a repeat interval of zero',
    31,
    '      repeat_interval: 0s',
    '31:24: "repeat_interval" must be longer than 0',
  ),
  bad(
    'a time of day without its zero',
    42,
    "    at: '7:30'",
    '42:10: "at" must be a time of day from 00:00 to 23:59, written like \'07:30\'',
  ),
  bad('a time of day that is none', 42, '    at: 24:00', '42:9: "at" must be a time of day'),
  bad(
    'a word out of a closed list',
    42,
    "    at: '07:30'\n    empty: lines",
    '43:12: "empty" must be one of line, skip; did you mean "line"?',
  ),
  bad(
    'a name with a line break',
    37,
    '  - name: "a\\nb"',
    '37:11: "name" must be 1 to 64 letters, digits, spaces',
    '41:15: no audience is called "executives"; add it or name another (there is a b)',
  ),
  bad(
    'an aspect called other',
    5,
    '  other:',
    '5:3: aspect name "other" is what belongs to no aspect; rename it',
    '9:22: no aspect is called "marketing"',
  ),
  bad(
    'a new aspect without seeds',
    6,
    '    description: Campaigns',
    '5:3: aspect "marketing" is new, so it needs seeds to be told by; add seeds: [word, …]',
  ),
  bad(
    'a mail address for a domain',
    3,
    '  ours: { domains: [me@firm.example] }',
    '3:21: "0" must be a mail domain such as firm.example, without "@"',
  ),
];

const ROUTING: Case[] = [
  bad(
    'a matcher with a bad regex',
    33,
    '        - matchers: [\'tier=~"1|(gold"\']',
    '33:29: matcher, column 7: not an RE2 regular expression: missing closing ): `1|(gold`',
  ),
  bad(
    'a look-ahead, which RE2 has not',
    33,
    '        - matchers: [\'text=~"(?=x)"\']',
    '33:29: matcher, column 7: not an RE2 regular expression: invalid or unsupported Perl syntax: `(?=`',
  ),
  bad(
    'an unknown label',
    28,
    '    - matchers: [\'aspct="sales"\']',
    '28:19: matcher, column 1: unknown label "aspct", did you mean "aspect"?',
  ),
  bad(
    'the second matcher of a list',
    28,
    '    - matchers: [\'{aspect="sales", teir="1"}\']',
    '28:36: matcher, column 18: unknown label "teir", did you mean "tier"?',
  ),
  bad(
    'a matcher without operator',
    28,
    '    - matchers: [sales]',
    '28:18: matcher, column 1: unknown label "sales"',
  ),
  bad(
    'a value that the label never has',
    28,
    '    - matchers: [\'polarity="negativ"\']',
    '28:19: matcher: polarity is never "negativ", did you mean "negative"?',
  ),
  bad(
    'an aspect that nobody defined',
    28,
    '    - matchers: [\'aspect="delivery"\']',
    '28:19: matcher: aspect is never "delivery", use one of product, sales, pricing, service, marketing, other',
  ),
  bad(
    'matchers on the root',
    26,
    '  matchers: [\'aspect="sales"\']',
    '26:3: the root route takes everything and has no "matchers"; move it to a route below',
  ),
  bad(
    'continue on the root',
    26,
    '  continue: false',
    '26:3: the root route takes everything and has no "continue"; move it to a route below',
  ),
  bad(
    'a root without department',
    25,
    '  group_wait: 30s',
    '24:3: the root route needs a department, so that nothing stays unrouted; add "department: …"',
  ),
  bad(
    'an unknown label in group_by',
    26,
    '  group_by: [department, aspects]',
    '26:26: unknown label "aspects", did you mean "aspect"?',
  ),
  bad(
    'every label and one more',
    26,
    "  group_by: ['...', aspect]",
    '26:13: "..." groups by every label already; remove the others',
  ),
  bad(
    'a label twice in group_by',
    26,
    '  group_by: [aspect, aspect]',
    '26:22: "aspect" stands in group_by twice; remove one',
  ),
];

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
    'an unknown source kind',
    14,
    '    kind: fil',
    '14:11: there is no source kind "fil"; did you mean "file"?',
  ),
];

const ALIASES: Case[] = [
  {
    name: 'an alias bomb',
    text: `a: &a [${'1,'.repeat(9)}1]\n${['b', 'c', 'd', 'e'].map((key, index) => `${key}: &${key} [${`*${'abcd'[index]},`.repeat(9)}*${'abcd'[index]}]\n`).join('')}`,
    faults: ['5:14: the aliases unfold to more than 50000 values; write out what is needed'],
  },
  bad(
    'an alias without anchor',
    2,
    '  name: *company',
    '2:9: alias *company has no anchor &company above it; write the value out',
  ),
  bad(
    'an alias that holds itself',
    9,
    '    aspects: &own [sales, *own]',
    '9:27: more than 64 levels deep; flatten it',
    '9:27: "1" must be text, not a list',
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

it.each([...NO_YAML, ...KEYS, ...VALUES, ...ROUTING, ...REFERENCES, ...ALIASES, ...SECRETS])(
  'tells line and remedy of $name',
  ({ text, faults }) => {
    const found = faultsOf(text);
    expect(found).toHaveLength(faults.length);
    for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
  },
);
