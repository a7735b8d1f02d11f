import { describe, expect, it } from 'vitest';
import { readAccountsFile } from '../../../src/pipeline/accounts-file.ts';

async function* bytes(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

const read = (...parts: (string | Buffer)[]) => readAccountsFile(bytes(...parts));

describe('readAccountsFile', () => {
  it.each([
    { name: 'commas', text: 'name,domains,revenue\nAcme,"acme.example, acme.test",1.2M\n' },
    { name: 'semicolons', text: 'Company;Website;ARR\r\nAcme;acme.example acme.test;1.200.000\r\n' },
    {
      name: 'tabs and a byte order mark',
      text: '\u{feff}client\tdomain\tYearly Revenue\nAcme\tacme.example;acme.test\t€ 1200k\n',
    },
  ])('reads $name', async ({ text }) => {
    const { rows, faults } = await read(text);
    expect(faults).toEqual([]);
    expect(rows).toEqual([
      { line: 2, name: 'Acme', nameKey: 'acme', domains: ['acme.example', 'acme.test'], revenue: 1_200_000 },
    ]);
  });

  it('takes the words of sales tools for columns and tells what it ignored', async () => {
    const { rows, ignoredColumns } = await read(
      'Account Name,Twitter,Segment,CSM,Country,Domans\nAcme,@Acme,gold,Jo,DE,acme.example\n',
    );
    expect(rows).toEqual([
      { line: 2, name: 'Acme', nameKey: 'acme', handles: ['acme'], tier: 'gold', owner: 'Jo' },
    ]);
    expect(ignoredColumns).toEqual([{ column: 'Country' }, { column: 'Domans', meant: 'domains' }]);
  });

  it('tells every fault at once, each with its line', async () => {
    const { faults } = await read(
      [
        'name,domains,handles,revenue',
        'Acme,gmail.com,@,lots',
        '"Two',
        'lines",co.uk,,',
        ',x.example,,',
        'ACME,,,$5',
        'Birch,a,b,1,2',
        'Cato,,,€7',
      ].join('\n'),
    );
    expect(faults.map(({ line, message }) => `${line} ${message.replace(/;.*/, '')}`)).toEqual([
      '2 "lots" is no yearly revenue',
      '2 "gmail.com" is a free-mail domain that anybody can have',
      '2 "@" is no handle',
      '3 "co.uk" is a suffix that anybody can register under',
      '5 the name is empty',
      '6 "ACME" stands already on line 2',
      '7 has 5 cells for 4 columns',
      '7 "a" is no domain',
      '8 revenue is in several currencies: USD (line 6), EUR (line 8)',
    ]);
    for (const { message } of faults) expect(message).toMatch(/;/);
  });

  it.each([
    { name: 'nothing', parts: [''], line: 1, words: 'empty' },
    { name: 'only column names', parts: ['name,tier\n'], line: 1, words: 'no account' },
    { name: 'no name column', parts: ['tier,owner\ngold,Jo\n'], line: 1, words: 'no column gives the name' },
    {
      name: 'two columns of one meaning',
      parts: ['company,client\nA,B\n'],
      line: 1,
      words: 'both read as name',
    },
    {
      name: 'Latin-1',
      parts: [Buffer.from('name\nM\u00fcller\n', 'latin1')],
      line: 2,
      words: 'not valid UTF-8',
    },
    { name: 'UTF-16', parts: [Buffer.from('\u{feff}name\nAcme\n', 'utf16le')], line: 1, words: 'UTF-16' },
    { name: 'NUL bytes', parts: ['name\nAc\0me\n'], line: 2, words: 'NUL' },
    {
      name: 'a 50 MB line',
      parts: ['name\n', Buffer.alloc(50 * 1024 * 1024, 97)],
      line: 2,
      words: 'longer than',
    },
    { name: 'an open quote', parts: ['name\nAcme\n"Birch\n'], line: 3, words: 'quote' },
    { name: 'a name without end', parts: [`name\n${'a'.repeat(300)}\n`], line: 2, words: 'longer than 200' },
  ])('says what is wrong with $name', async ({ parts, line, words }) => {
    const { faults } = await read(...parts);
    expect(faults[0]).toEqual({ line, message: expect.stringContaining(words) });
  });
});
