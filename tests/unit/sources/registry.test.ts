import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { defineSourceKind } from '../../../src/sources/plug-in.ts';
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

describe('making a source', () => {
  const kind = defineSourceKind({
    kind: 'sample',
    options: z.strictObject({ path: z.string(), pages: z.number() }),
    everyMs: 60_000,
    create: () => {
      throw new Error('not reached');
    },
  });

  it('names every wrong option at once', () => {
    const http = createHttpClient({ privateNetworks: [] });
    const deps = { now: () => new Date(0), folder: '/', http, privateNetworks: [] };

    expect(() => kind.create({ path: 1, pages: 'many', colour: 'red' }, deps)).toThrow(
      /path: .*pages: .*colour/s,
    );
  });
});
