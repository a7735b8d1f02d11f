import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBackup, writeBackup } from '../../../src/store/backup.ts';
import { checksums, fillWorkspace, openWorkspaces, type Workspaces } from './backup-fixture.ts';

const silent = (): void => undefined;

describe('a restore that is refused changes nothing', () => {
  let places: Workspaces;
  let whole: Buffer;
  let lines: readonly string[];
  let before: Readonly<Record<string, string>>;
  beforeAll(async () => {
    places = await openWorkspaces();
    await fillWorkspace(places.used.database);
    await writeBackup(places.used.url, places.file('whole'), silent);
    whole = await readFile(places.file('whole'));
    lines = gunzipSync(whole).toString().trimEnd().split('\n');
    before = await checksums(places.empty.database);
  });
  afterAll(() => places.close());

  const restore = async (content: Buffer): Promise<unknown> => {
    const path = places.file('candidate');
    await writeFile(path, content);
    return readBackup(places.empty.url, path, silent).catch((thrown: unknown) => thrown);
  };
  const packed = (content: readonly string[]): Buffer => gzipSync(`${content.join('\n')}\n`);
  const header = (changes: object): string =>
    JSON.stringify({ ...(JSON.parse(lines[0] ?? '') as object), ...changes });

  const notWhole = { kind: 'invalid-input', message: expect.stringContaining('is it a whole file made by') };
  const other = {
    kind: 'conflict',
    message: expect.stringMatching(/another version of Earshot .* restore it with/),
  };

  it.each<[string, () => Buffer, object]>([
    ['cut after its first bytes', () => whole.subarray(0, 15), notWhole],
    ['cut in its middle', () => whole.subarray(0, Math.floor(whole.length / 2)), notWhole],
    ['cut by one byte', () => whole.subarray(0, -1), notWhole],
    [
      'damaged',
      () => Buffer.from(whole).fill(0x55, Math.floor(whole.length / 2), Math.floor(whole.length / 2) + 200),
      notWhole,
    ],
    ['empty', () => Buffer.alloc(0), notWhole],
    ['plain text', () => Buffer.from('Dear all,\n'), notWhole],
    ['packed text', () => gzipSync('Dear all,\n'), notWhole],
    ['packed UTF-16', () => gzipSync(Buffer.from('\uFEFF{}', 'utf16le')), notWhole],
    ['with a row twice', () => packed([...lines, lines.at(-1) ?? '']), notWhole],
    ['with a line of something else', () => packed([...lines, '{"table":"theme"}']), notWhole],
    ['of a later form', () => packed([header({ earshot: 2 })]), other],
    ['of other migrations', () => packed([header({ migrations: ['2030_later'] }), ...lines.slice(1)]), other],
    [
      'with a table of its own',
      () => packed([header({ tables: ['pg_authid'] })]),
      { kind: 'invalid-input', message: expect.stringContaining('does not know') },
    ],
    [
      'with a statement for a table',
      () => packed([...lines, '{"table":"theme; DROP TABLE theme","rows":[]}']),
      { kind: 'invalid-input', message: expect.stringContaining('unknown table') },
    ],
  ])('%s', async (_what, content, expected) => {
    const failure = await restore(content());

    expect(failure).toMatchObject(expected);
    expect(await checksums(places.empty.database)).toEqual(before);
  });

  it('into a workspace in use', async () => {
    const used = await checksums(places.used.database);

    await expect(readBackup(places.used.url, places.file('whole'), silent)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/empty workspace only.*EARSHOT_DATA or DATABASE_URL/),
    });
    expect(await checksums(places.used.database)).toEqual(used);
  });

  it('and the whole file is taken after all that', async () => {
    expect(await restore(whole)).toMatchObject({ tables: Object.keys(before).length });
    expect(await checksums(places.empty.database)).toEqual(await checksums(places.used.database));
  });
});
