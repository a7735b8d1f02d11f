import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termFilter } from '../../../../src/sources/rss/terms.ts';
import { rssOf } from '../../../support/stub-feed.ts';
import { read } from './read.ts';

describe('terms', () => {
  it.each([
    ['atlas', 'ATLAS is slow', true],
    ['atlas', 'atlases are books', false],
    ['atlas', 'an_atlas', false],
    ['Atlas Pro', 'the atlas\n pro', true],
    ['C++', 'I like c++20', true],
    ['.NET', 'ASP.NET', true],
    ['Müller', 'bei MÜLLER!', true],
    ['Müll', 'Müller', false],
    ['Cafe\u0301', 'Café', true],
    ['地图', '新地图很慢', true],
    ['a.b', 'axb', false],
  ])('%s in %j: %s', (term, text, isSaid) => {
    expect([termFilter([term], [])(text), termFilter([], [term])(text)]).toEqual([isSaid, !isSaid]);
  });

  it('take any text as a term', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (term) => {
        expect(termFilter([term], [])(` ${term} `)).toBe(true);
      }),
    );
  });

  it('narrow a feed to the items that say one and not the other, and leave the rest uncounted', () => {
    const document = rssOf([
      { guid: 'a:1', title: 'Atlas is slow' },
      { guid: 'a:2', title: 'Weather' },
      { guid: 'a:3', title: 'Atlas', body: 'Sponsored: buy now' },
    ]);
    const reading = read(document, { options: { include: ['atlas', 'acme'], exclude: ['sponsored'] } });

    expect(reading.mentions.map(({ text }) => text)).toEqual(['Atlas is slow']);
    expect([reading.rejected, reading.hasMore]).toEqual([[], false]);
  });
});
