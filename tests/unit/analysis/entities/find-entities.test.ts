import { describe, expect, it } from 'vitest';
import { createEntityFinder } from '../../../../src/analysis/entities/find-entities.ts';

const find = createEntityFinder([
  { kind: 'product', name: 'Atlas', aliases: ['the new dashboard'] },
  { kind: 'competitor', name: 'Birchboard', aliases: ['Birch Board'] },
  { kind: 'competitor', name: 'GO', aliases: [] },
  { kind: 'campaign', name: 'Spring Fling 2026', aliases: [] },
  { kind: 'account', name: 'Target Corp.', aliases: [] },
  { kind: 'account', name: 'Kestrel Logistics GmbH', aliases: [] },
]);

const told = (text: string): string[] =>
  find(text).map(({ kind, name, how, start, end }) => {
    expect(start).toBeLessThan(end);
    return `${kind} ${name}${how === 'near' ? ` (${text.slice(start, end)})` : ''}`;
  });

describe('names', () => {
  it.each<[string, readonly string[]]>([
    ['Atlas crashes', ['product Atlas']],
    ['my atlas, again: ATLAS!', ['product Atlas', 'product Atlas']],
    ["Atlas's charts and #Atlas", ['product Atlas', 'product Atlas']],
    ['love the new dashboard', ['product Atlas']],
    ['moving to birch board', ['competitor Birchboard']],
    ['spring fling 2026 was fun', ['campaign Spring Fling 2026']],
    ['we at Target use GO', ['account Target Corp.', 'competitor GO']],
    [
      'Kestrel Logistics and Kestrel Logistics GmbH',
      ['account Kestrel Logistics GmbH', 'account Kestrel Logistics GmbH'],
    ],
  ])('are found as they are called: %s', (text, names) => {
    expect(told(text)).toEqual(names);
  });

  it.each<[string, readonly string[]]>([
    ['Atlus is slow', ['product Atlas (Atlus)']],
    ['birchbord is cheaper', ['competitor Birchboard (birchbord)']],
    ['Birchbaord too', ['competitor Birchboard (Birchbaord)']],
    ['Kestral Logistics called', ['account Kestrel Logistics GmbH (Kestral Logistics)']],
  ])('are found misspelt: %s', (text, names) => {
    expect(told(text)).toEqual(names);
  });

  it.each([
    'we go on target',
    'Go away',
    'Atlanta and the atlantic',
    'an atlus of maps',
    'atlases',
    'the board of Birch',
    'a kestrel flew by, logistics aside',
    'spring fling',
    '',
  ])('are not found in: %s', (text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('forms', () => {
  it.each<[string, readonly string[]]>([
    ['order #4711-88 cost $1,299.00', ['order 4711-88', 'money $1,299.00']],
    ['Bestellung Nr. AB-2291 vom 23.11.2026', ['order AB-2291', 'date 23.11.2026']],
    ['pedido nº 99812 de 12 de marzo', ['order 99812', 'date 12 de marzo']],
    ['since March 12th, 2026 it is 49 € a month', ['date March 12th, 2026', 'money 49 €']],
    ['2026-11-23: 20 dollars, R$ 1.299,90', ['date 2026-11-23', 'money 20 dollars', 'money R$ 1.299,90']],
    ['2 of 3 in version 2.14.3 may fail in order to', []],
  ])('are found: %s', (text, forms) => {
    expect(told(text)).toEqual(forms);
  });
});

it('finds nothing when nothing is named, and takes any text', () => {
  expect(createEntityFinder([])('Atlas')).toEqual([]);
  for (const text of [
    '\ud800 Atlas',
    '🙂'.repeat(5_000),
    'A '.repeat(50_000),
    '1'.repeat(50_000),
    "'s".repeat(20_000),
  ])
    expect(Array.isArray(find(text))).toBe(true);
});
