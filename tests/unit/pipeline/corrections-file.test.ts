import { describe, expect, it } from 'vitest';
import { readCorrections } from '../../../src/pipeline/corrections-file.ts';

const ASPECTS = ['product', 'sales', 'pricing', 'service', 'delivery'];
const read = (...lines: string[]) => readCorrections(lines.join('\n'), ASPECTS);

describe('a file of corrections', () => {
  it('gives one label a line, with the line it stands on', () => {
    const { lines, faults } = read(
      '\ufeffPlatform,External_ID,aspect,polarity,words',
      'x,17,Delivery,negative,"two days, late"',
      '',
      'email,<a@b>,sales,none,',
    );

    expect(faults).toEqual([]);
    expect(lines).toEqual([
      {
        line: 2,
        given: {
          platform: 'x',
          externalId: '17',
          label: { aspect: 'delivery', polarity: 'negative' },
          words: 'two days, late',
        },
      },
      {
        line: 4,
        given: {
          platform: 'email',
          externalId: '<a@b>',
          label: { aspect: 'sales', polarity: null },
          words: null,
        },
      },
    ]);
  });

  it.each([
    ['nothing', [''], ['1: there is no label in it']],
    ['only names', ['platform,id,aspect,polarity'], ['1: there is no label in it']],
    [
      'another table',
      ['name,tier', 'Acme,1'],
      ['1: has no column platform, id, aspect, polarity; name them'],
    ],
    [
      'faulty lines',
      ['platform,id,aspect,polarity', 'x,,sales,negative', 'x,1,price,positive', 'x,1,sales,good'],
      ['2: id is empty', '3: aspect "price" is none of this workspace', '4: polarity must be'],
    ],
    ['a line that is too short', ['platform,id,aspect,polarity', 'x,1,sales'], ['2: Invalid Record Length']],
    ['an open quote', ['platform,id,aspect,polarity', 'x,1,sales,"nega'], ['2: Quote Not Closed']],
  ])('says what is wrong with %s', (_, lines, expected) => {
    const said = read(...lines).faults.map(({ line, message }) => `${line}: ${message}`);

    expect(said).toHaveLength(expected.length);
    for (const [at, fault] of expected.entries())
      expect(said[at]).toContain(fault.replace('name them', 'name'));
  });
});
