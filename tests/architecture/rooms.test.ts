import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

describe('the rooms', () => {
  it('import only downwards, and the check really looked at them', () => {
    const { stdout } = spawnSync(
      'npx',
      ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'workers'],
      {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const { summary } = JSON.parse(stdout) as {
      summary: { totalCruised: number; totalDependenciesCruised: number; violations: unknown[] };
    };

    expect(summary.violations).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(150);
    expect(summary.totalDependenciesCruised).toBeGreaterThan(400);
  });

  it('are the folders that docs/architecture.md names, and no others', async () => {
    const folders = (await readdir('src', { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);

    expect(folders.toSorted()).toEqual([
      'analysis',
      'app',
      'cli',
      'config',
      'contract',
      'digest',
      'domain',
      'http',
      'lib',
      'pipeline',
      'queue',
      'receivers',
      'routing',
      'sources',
      'store',
      'web',
    ]);
  });
});
