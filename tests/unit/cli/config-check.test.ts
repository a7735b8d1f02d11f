import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configCheckCommand } from '../../../src/cli/config-check.ts';
import { ENV, GOOD, registries } from '../config/config-fixture.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'earshot-check-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function check(
  text: string | undefined,
): Promise<{ code: number; out: string[]; err: string[]; file: string }> {
  const file = path.join(folder, 'earshot.yaml');
  if (text !== undefined) writeFileSync(file, text);
  const out: string[] = [];
  const err: string[] = [];
  const code = await configCheckCommand(file, {
    env: ENV,
    registries,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err, file };
}

describe('config check', () => {
  it('says what a good file holds', async () => {
    expect(await check(GOOD)).toMatchObject({
      code: 0,
      out: ['ok: 2 departments, 5 aspects, 1 source, 2 receivers, 3 routes, 1 audience, 1 digest'],
      err: [],
    });
  });

  it('tells every fault with file, line and column', async () => {
    const { code, out, err, file } = await check(
      GOOD.replace('Europe/London', 'Mars').replace("'07:30'", 'noon'),
    );

    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(err.join('\n').split('\n')).toEqual([
      expect.stringContaining(`${file}:3:13: "timezone" is no IANA time zone`),
      expect.stringContaining(`${file}:42:9: "at" must be a time of day`),
    ]);
  });

  it('names a file that is not there', async () => {
    const { code, err, file } = await check(undefined);

    expect(code).toBe(1);
    expect(err).toEqual([`${file}: no such file; check the path, or copy docs/earshot.example.yaml there`]);
  });
});
