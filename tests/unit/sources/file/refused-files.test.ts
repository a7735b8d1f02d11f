import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/lib/app-error.ts';
import { fileFault } from '../../../../src/sources/file/open-file.ts';
import { readAll, tempFolder } from './temp-file.ts';

const temp = tempFolder();
const TABLE = 'text,date\n';
const ROW = 'fine,2026-03-30\n';
const LATIN1 = Buffer.from('sch\xf6n,2026-03-30\n', 'latin1');
const MANY_ROWS = ROW.repeat(200_000);

describe('files that are refused', () => {
  it.each([
    ['empty', 'empty.csv', '', 'empty.csv is empty'],
    ['blank', 'blank.csv', ' \r\n\n', 'blank.csv is empty'],
    ['a header alone', 'header.csv', TABLE, 'header.csv holds no rows below its header'],
    [
      'UTF-16 with a mark',
      'wide.csv',
      Buffer.from(`\uFEFF${TABLE}${ROW}`, 'utf16le'),
      'wide.csv, line 1: .*iconv -f utf-16',
    ],
    [
      'UTF-16 without a mark',
      'wide.csv',
      Buffer.from(`${TABLE}${ROW}`, 'utf16le'),
      'wide.csv, line 1: .*iconv -f utf-16',
    ],
    [
      'Latin-1',
      'latin.csv',
      Buffer.concat([Buffer.from(TABLE + ROW), LATIN1]),
      'latin.csv, line 3: .*iconv -f latin1',
    ],
    [
      'Latin-1 far down',
      'late.csv',
      Buffer.concat([Buffer.from(TABLE + MANY_ROWS), LATIN1]),
      'late.csv, line 200002: .*UTF-8',
    ],
    [
      'Latin-1 JSON lines',
      'latin.jsonl',
      Buffer.from('{"text":"sch\xf6n","date":"2026-03-30"}', 'latin1'),
      'line 1: .*UTF-8',
    ],
    ['a workbook', 'book.csv', 'PK\x03\x04rest', 'workbook'],
    ['gzip', 'packed.csv', Buffer.from([0x1f, 0x8b, 8, 0]), 'gunzip'],
    ['a JSON array', 'array.jsonl', '[{"text":"a"}]', 'write one object a line'],
    ['a JSON array under no name', 'array', '[\n {"text":"a"}]', 'write one object a line'],
    ['no mbox', 'not.mbox', 'Dear all,\n', 'not an mbox'],
    [
      'no column of dates',
      'dates.csv',
      'text,author\na,b\n',
      'no column of dates .*"text", "author".*--map date=',
    ],
    [
      'no column of texts',
      'texts.csv',
      'words,date\na,b\n',
      'no column of texts .*"words", "date".*--map text=',
    ],
    [
      'JSON lines without dates',
      'dates.jsonl',
      '{"text":"a","by":"b"}\n',
      'no column of dates .*"text", "by"',
    ],
    ['an endless header', 'long.csv', `${'a,'.repeat(300_000)}\n`, '256 KB'],
    ['NUL in the header', 'nul.csv', `te\0xt,date\n${ROW}`, 'line 1: .*NUL'],
    ['an open quote in the header', 'quote.csv', `text,"date\n${ROW}`, 'line 1: .*quotes'],
  ])('%s', async (_what, name, content, message) => {
    const failure = await temp.read(name, content).catch((thrown: unknown) => thrown);

    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({
      kind: 'invalid-input',
      message: expect.stringMatching(new RegExp(message, 's')),
    });
  });

  it('a file that does not exist', async () => {
    await expect(readAll(temp.source('gone.csv'))).rejects.toMatchObject({
      kind: 'not-found',
      message: /gone\.csv/,
    });
  });

  it('a folder', async () => {
    mkdirSync(join(temp.folder, 'folder.csv'));

    await expect(readAll(temp.source('folder.csv'))).rejects.toMatchObject({
      message: /folder\.csv is a folder/,
    });
  });

  it('a device', async () => {
    await expect(readAll(temp.source('/dev/zero'))).rejects.toMatchObject({ message: /not a regular file/ });
  });

  it.each([
    ['EACCES', 'auth', 'read permission'],
    ['EISDIR', 'invalid-input', 'folder'],
    ['EIO', 'unavailable', 'EIO'],
  ])('%s is told as %s', (code, kind, message) => {
    const fault = fileFault(Object.assign(new Error('x'), { code }), 'a.csv');

    expect(fault).toMatchObject({ kind, message: expect.stringMatching(new RegExp(`a\\.csv.*${message}`)) });
  });

  it('a file that became shorter than the place kept in it', async () => {
    temp.write('shrunk.csv', TABLE + MANY_ROWS);
    const { nextCursor } = await temp.source('shrunk.csv').fetchPage(null, new AbortController().signal);
    temp.write('shrunk.csv', TABLE + ROW);

    await expect(readAll(temp.source('shrunk.csv'), nextCursor)).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('a column mapping that does not fit', () => {
  it.each([
    [
      { text: 'Coment' },
      /table\.csv has no column "Coment" \(did you mean "Comment"\?\); its columns are "Comment", "Day"/,
    ],
    [{ txt: 'Comment' }, /the field "txt".*did you mean text\?.*fields are id, text/],
  ])('%j', async (map, message) => {
    const failure = await temp
      .read('table.csv', 'Comment,Day\na,2026-03-30\n', { map })
      .catch((thrown: unknown) => thrown);

    expect(failure).toMatchObject({ kind: 'invalid-input', message });
  });

  it('any mapping of an mbox', async () => {
    const mbox = 'From a@b Thu Mar 26 09:30:00 2026\nFrom: a@b\n\nx\n';

    await expect(temp.read('a.mbox', mbox, { map: { text: 'x' } })).rejects.toMatchObject({
      kind: 'invalid-input',
    });
  });

  it.each([
    { colour: 'red' },
    { zone: 'Mars/Olympus' },
    { channel: 'song' },
    { platform: 'Two Words' },
    { format: 'xlsx' },
  ])('unknown options %j', (options) => {
    expect(() => temp.source('a.csv', options)).toThrow(/options of a file source are wrong/);
  });
});
