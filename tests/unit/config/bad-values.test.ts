import { expect, it } from 'vitest';
import { bad, type Case, faultsOf } from './config-fixture.ts';

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
    'an aspect with four examples',
    6,
    '    seeds: [webinar]\n    examples: [a webinar, an advert, a banner, a jingle]',
    '7:15: "examples" must have at least 5 entries',
  ),
  bad(
    'a network that is none',
    3,
    '  private_networks: [10.0.0.0/99]',
    '3:22: "0" is no network; write it like 10.0.0.0/8 or 192.0.2.7',
  ),
  bad(
    'a mail address for a domain',
    3,
    '  ours: { domains: [me@firm.example] }',
    '3:21: "0" must be a mail domain such as firm.example, without "@"',
  ),
];

it.each([...VALUES])('tells line and remedy of $name', ({ text, faults }) => {
  const found = faultsOf(text);
  expect(found).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
});
