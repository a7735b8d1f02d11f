import { expect, it } from 'vitest';
import { closestWord } from '../../../src/lib/closest-word.ts';

const KNOWN = ['receiver', 'receivers', 'route', 'tier', 'department'];

it.each([
  ['reciever', 'receiver'],
  ['recievers', 'receivers'],
  ['Route', 'route'],
  ['teir', 'tier'],
  ['departement', 'department'],
  ['xyz', undefined],
  ['tarot', undefined],
  ['r'.repeat(10_000), undefined],
])('takes %s for %s', (word, meant) => {
  expect(closestWord(word, KNOWN)).toBe(meant);
});
