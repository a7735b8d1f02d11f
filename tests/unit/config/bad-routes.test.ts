import { expect, it } from 'vitest';
import { bad, type Case, faultsOf } from './config-fixture.ts';

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

it.each([...ROUTING])('tells line and remedy of $name', ({ text, faults }) => {
  const found = faultsOf(text);
  expect(found).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
});
