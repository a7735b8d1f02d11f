import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, openWorkspace, type Workspace } from './cli-fixture.ts';

const HEADER = 'id,text,date\n';
const LONG = 'x'.repeat(50_000_000);
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const FILES: Readonly<Record<string, () => string | Uint8Array>> = {
  'fine.csv': () => `${HEADER}1,Atlas is slow,2026-11-01\n`,
  'utf16.csv': () => utf16(`${HEADER}1,fine,2026-11-01\n`),
  'latin1.csv': () => latin1(`${HEADER}1,fine,2026-11-01\n2,sch\xf6n,2026-11-01\n`),
  'nul.csv': () => `${HEADER}1,a\0b,2026-11-01\n`,
  'long.csv': () => `${HEADER}1,${LONG},2026-11-01\n`,
  'long.jsonl': () => `{"text":"${LONG}","date":"2026-11-01"}\n`,
  'empty.csv': () => '',
  'utf16.jsonl': () => utf16('{"text":"a"}\n'),
  'mixed.jsonl': () => Buffer.concat([Buffer.from('{"text":"a\0"}\n{"text":'), latin1('"sch\xf6n"}\n')]),
  'accounts-utf16.csv': () => utf16('name,domains\nAcme,acme.example\n'),
  'accounts-nul.csv': () => 'name,domains\nAcme,acme.example\nBi\0rch,birch.example\n',
  'accounts-long.csv': () => `name,domains\nAcme,acme.example\n${LONG},b.example\n`,
  'broken.yaml': () => 'workspace:\n  name: "Fernhill\nroute: [\n',
  'utf16.yaml': () => utf16('workspace: { name: Fernhill }\n'),
  'latin1.yaml': () => latin1('workspace:\n  name: Sch\xf6n\n'),
  'nul.yaml': () => 'workspace:\n  name: "a\0b"\n',
};

describe('bad input is told with file, line and remedy, and nothing is written', () => {
  let workspace: Workspace;
  let before: object | undefined;
  beforeAll(async () => {
    workspace = await openWorkspace();
    for (const [name, content] of Object.entries(FILES)) await workspace.write(name, content());
    await mkdir(workspace.path('folder.csv'));
    // The config is accepted now, so that from here on a correct run of any command would be the only one that writes.
    await workspace.run(['routes', 'test', '--labels', 'aspect=sales']);
    before = await workspace.counts();
  });
  afterAll(() => workspace.close());

  it.each([
    [['import', 'utf16.csv'], /utf16\.csv, line 1: .*iconv -f utf-16/],
    [['import', 'latin1.csv'], /latin1\.csv, line 3: .*save it as UTF-8.*iconv -f latin1/],
    [['import', 'nul.csv'], /nul\.csv, line 2: .*NUL bytes.*\n.*nothing was imported; mend it/],
    [['import', 'long.csv'], /long\.csv, line 2: the row is longer than 1 MB.*\n.*nothing was imported/],
    [['import', 'long.jsonl'], /long\.jsonl, line 1: the line is longer than 1 MB.*\n.*nothing was imported/],
    [['import', 'empty.csv'], /empty\.csv is empty/],
    [['import', 'folder.csv'], /folder\.csv is a folder: name a file in it/],
    [['import', 'gone.csv'], /no file .*gone\.csv: check the path/],
    [
      ['import', 'fine.csv', '--map', 'text=Comment'],
      /no column "Comment"; its columns are "id", "text", "date"/,
    ],
    [['accounts import', 'accounts-utf16.csv'], /accounts-utf16\.csv:1: .*UTF-16.*save the file as UTF-8/],
    [['accounts import', 'accounts-nul.csv'], /accounts-nul\.csv:3: holds a NUL byte; export the file again/],
    [['accounts import', 'accounts-long.csv'], /accounts-long\.csv:3: line 3 is longer/],
    [['evaluate', 'gone.csv'], /gone\.csv: cannot be opened; give the path/],
    [['evaluate', 'utf16.jsonl'], /line 1 begins with a UTF-16 .* save the file as UTF-8/],
    [['classify', 'folder.csv'], /folder\.csv: is a directory/],
    [['config check', 'broken.yaml'], /broken\.yaml:\d+:\d+: not valid YAML: /],
    [['config check', 'utf16.yaml'], /utf16\.yaml:1:1: not UTF-8; save the file/],
    [['config check', 'latin1.yaml'], /latin1\.yaml:2:12: not UTF-8; save the file/],
    [['config check', 'nul.yaml'], /nul\.yaml:2:11: a control character.*save it as UTF-8/],
    [['config check', 'folder.csv'], /folder\.csv: is a folder; name the file in it/],
    [['restore', 'gone.backup'], /gone\.backup: no such file; name a file made by/],
  ])('%j', async ([command = '', file = '', ...flags], says) => {
    const ended = await workspace.run([...command.split(' '), workspace.path(file), ...flags]);

    expectRefusal(ended, { code: 1, says });
    expect(await workspace.counts()).toEqual(before);
  });

  it('classify answers each bad line in its place and ends with 1', async () => {
    const { code, stdout, stderr } = await workspace.run(['classify', workspace.path('mixed.jsonl')]);

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { line: 1, error: expect.stringContaining('line 1 is not JSON; each line is {') },
      { line: 2, error: expect.stringContaining('line 2 is not valid UTF-8') },
    ]);
  });

  it('an earshot.yaml with faults is refused and the one accepted before stays', async () => {
    const bad = await workspace.write(
      'bad.yaml',
      'workspace: { name: Fernhill }\nroute: { reciever: all }\n',
    );

    const ended = await workspace.run(['import', workspace.path('fine.csv')], { EARSHOT_CONFIG: bad });

    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/bad\.yaml:2:\d+: .*"?reciever"?.*receiver/);
    expect(
      ended.stderr
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith(`earshot: ${bad}:`)),
    ).toBe(true);
    expect(await workspace.counts()).toEqual(before);
  });
});
