import { expect, it } from 'vitest';
import { bad, type Case, faultsOf, GOOD, withLine } from './config-fixture.ts';

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

it.each([...NO_YAML, ...ALIASES])('tells line and remedy of $name', ({ text, faults }) => {
  const found = faultsOf(text);
  expect(found).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
});
