import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Names of failpoints, as CONTRIBUTING.md lists them and as the code passes them. */
const POINT = /`([a-z]+\.[a-z]+)`/g;
const PASSED = /failpoint\('([a-z.]+)'\)/g;

const read = (file: string): Promise<string> => readFile(file, 'utf8');

describe('what docs/deploy hands out', () => {
  it('sets only variables that Earshot reads', async () => {
    const environment = await read('src/config/env.ts');
    const { services } = parse(await read('compose.yaml'), { merge: true }) as {
      services: Record<string, Service>;
    };
    const unit = await read('docs/deploy/earshot@.service');
    const inUnit = [...unit.matchAll(/\b(EARSHOT_[A-Z]+)=/g)].map(([, name = '']) => name);
    const inCompose = ['api', 'worker'].flatMap((name) => Object.keys(services[name]?.environment ?? {}));

    expect(inCompose).toContain('REDIS_URL');
    for (const name of [...inUnit, ...inCompose]) expect(environment).toContain(`  ${name}: `);
    expect([services.api?.command, services.worker?.command]).toEqual([['api'], ['worker']]);
  });
});

describe('the kill points', () => {
  it('are all listed in CONTRIBUTING.md', async () => {
    const table = (await read('CONTRIBUTING.md')).split('\n').filter((line) => line.startsWith('|'));
    const listed = table.flatMap((line) => [...line.matchAll(POINT)].map(([, name = '']) => name));
    const files = ['src/pipeline', 'src/http', 'src/store'].flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.name.endsWith('.ts'))
        .map((entry) => join(folder, entry.name)),
    );
    const code = await Promise.all(files.map(read));
    const passed = code.flatMap((text) => [...text.matchAll(PASSED)].map(([, name = '']) => name));

    expect([...new Set(passed)].toSorted()).toEqual(listed.toSorted());
  });
});
