import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeUtf8, loadConfig } from '../../../src/config/load-config.ts';
import { ENV, GOOD, registries } from './config-fixture.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'earshot-config-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function load(file: string, isNamed = true) {
  return loadConfig({ file: path.join(folder, file), isNamed, env: ENV, registries, zone: 'Europe/Berlin' });
}

describe('loadConfig', () => {
  it('answers the config together with the text as it was written', async () => {
    writeFileSync(path.join(folder, 'earshot.yaml'), GOOD);

    const { config, text } = await load('earshot.yaml');

    expect(config.workspace.name).toBe('Fernhill');
    expect(text).toBe(GOOD);
    expect(text).toContain('${SLACK_URL}');
  });

  it('falls back to the built-in config only when nobody named the file', async () => {
    const { config, file } = await load('earshot.yaml', false);

    expect(file).toBe('built-in config');
    expect(config.workspace.timezone).toBe('Europe/Berlin');
    await expect(load('earshot.yaml')).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('earshot.yaml: no such file; '),
    });
  });

  it('says that a folder is none', async () => {
    await expect(load('.')).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringContaining('is a folder'),
    });
  });

  it('does not read a file that is far too large', async () => {
    writeFileSync(path.join(folder, 'earshot.yaml'), Buffer.alloc(10 * 1024 * 1024, 'a'));

    await expect(load('earshot.yaml')).rejects.toThrow('earshot.yaml:1:1: the file has 10485760 bytes');
  });
});

describe('decodeUtf8', () => {
  it.each([
    ['Latin-1', Buffer.from('a: 1\nname: M\u00FCller\n', 'latin1'), '2:8'],
    ['UTF-16', Buffer.from('\uFEFFa: 1', 'utf16le'), '1:1'],
    ['a cut character', Buffer.from('a: é').subarray(0, 4), '1:4'],
    ['a replacement character before the fault', Buffer.from([0xef, 0xbf, 0xbd, 0x0a, 0xff]), '2:1'],
  ])('tells the place of the first bad byte of %s', (_, bytes, place) => {
    expect(() => decodeUtf8(bytes, 'f.yaml')).toThrow(
      `f.yaml:${place}: not UTF-8; save the file with encoding UTF-8`,
    );
  });

  it('drops a byte order mark', () => {
    expect(decodeUtf8(Buffer.from('\uFEFFa: 1'), 'f.yaml')).toBe('a: 1');
  });
});
