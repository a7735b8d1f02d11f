import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseOptions } from '../../../src/sources/plug-in.ts';
import { sourceKinds } from '../../../src/sources/registry.ts';

const ROOM = new URL('../../../src/sources/', import.meta.url);
const folders = readdirSync(ROOM, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe('the registry of sources', () => {
  it('lists every folder under its own name, and nothing else', () => {
    expect([...sourceKinds.keys()].toSorted()).toEqual(folders.toSorted());
    for (const [name, kind] of sourceKinds) expect(kind.kind).toBe(name);
  });

  it('has a row in the README for every kind', () => {
    const readme = readFileSync(new URL('README.md', ROOM), 'utf8');

    for (const name of folders) expect(readme).toContain(`| \`${name}\` |`);
  });
});

describe('the options of a source', () => {
  it('name every wrong one at once', () => {
    const options = z.strictObject({ path: z.string(), pages: z.number() });

    expect(() => parseOptions('sample', options, { path: 1, pages: 'many', colour: 'red' })).toThrow(
      /path: .*pages: .*colour/s,
    );
  });
});
