import { describe, expect, it } from 'vitest';
import { describeFile } from '../../../../src/sources/file/index.ts';
import { tempFolder } from './temp-file.ts';

const temp = tempFolder();

describe('describing a file', () => {
  it('tells what an import would make of a table', async () => {
    const long = 'x'.repeat(300);
    temp.write('a.csv', `Nr,Comment,Day\n1,${long},2026-03-30\n2,,2026-03-30\n`);

    const description = await describeFile('a.csv', { map: { text: 'Comment', date: 'Day' } }, temp.deps);

    expect(description).toMatchObject({
      format: 'csv',
      columns: ['Nr', 'Comment', 'Day'],
      mapping: { text: 'Comment', date: 'Day' },
      platform: 'import',
      kind: 'post',
      sampled: 2,
      rejected: 1,
      rejectedSample: [{ where: 'line 3', reason: 'the text is empty' }],
      isWhole: true,
    });
    expect(description.first?.text).toBe(`${'x'.repeat(200)}…`);
  });

  it('tells that it saw only the beginning of a longer file', async () => {
    temp.write('long.csv', `text,date\n${'a,2026-03-30\n'.repeat(600)}`);

    expect(await describeFile('long.csv', {}, temp.deps)).toMatchObject({ sampled: 500, isWhole: false });
  });

  it.each([
    ['told by its name', 'a.tsv', 'text\tdate\na\t2026-03-30\n', {}, 'csv'],
    ['told by its beginning', 'export', '{"text":"a","date":"2026-03-30"}\n', {}, 'jsonl'],
    [
      'told by its beginning',
      'inbox',
      'From a@b Mon Mar 30 10:00:00 2026\nFrom: a@b.example\n\nx\n',
      {},
      'mbox',
    ],
    [
      'told by the option, against its name',
      'a.txt',
      '{"text":"a","date":"2026-03-30"}\n',
      { format: 'jsonl' },
      'jsonl',
    ],
  ])('knows a format %s', async (_what, name, content, options, format) => {
    temp.write(name, content);

    expect(await describeFile(name, options, temp.deps)).toMatchObject({ format, sampled: 1, rejected: 0 });
  });
});
