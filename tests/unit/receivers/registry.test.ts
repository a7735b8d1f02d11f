import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { receiverKinds } from '../../../src/receivers/registry.ts';

const room = new URL('../../../src/receivers/', import.meta.url);

describe('receiver registry', () => {
  const folders = readdirSync(room, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map((folder) => folder.name).toSorted((a, b) => a.localeCompare(b));

  it('knows every folder and nothing else, each under its own name', () => {
    expect(names.length).toBeGreaterThan(0);
    expect([...receiverKinds.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual(names);
    for (const [name, { kind }] of receiverKinds) expect(kind).toBe(name);
  });

  it('has a row in the README for every kind', () => {
    const readme = readFileSync(new URL('README.md', room), 'utf8');

    const rows = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind ?? '');
    expect(rows.toSorted((a, b) => a.localeCompare(b))).toEqual(names);
  });

  it('refuses unknown options in every kind', () => {
    for (const { options } of receiverKinds.values()) {
      const codes = options.safeParse({ nonsense: true }).error?.issues.map(({ code }) => code);
      expect(codes).toContain('unrecognized_keys');
    }
  });
});
