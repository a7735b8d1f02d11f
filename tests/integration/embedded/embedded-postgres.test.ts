import { chmod, lstat, mkdtemp, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.ts';
import { type Running, start } from '../../support/run-script.ts';

const open = (folder: string, stayMs: number): Running =>
  start(process.execPath, ['--import', 'tsx', 'tests/fixtures/open-embedded.ts', folder, String(stayMs)]);

const isRoot = process.getuid?.() === 0;

describe('the embedded Postgres', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-embedded-'));
    await chmod(folder, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made, started and migrated once when four processes open it together, and stops with the last', async () => {
    const four = [1, 2, 3, 4].map(() => open(folder, 3_000));

    const ended = await Promise.all(four.map(({ ended }) => ended));

    expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      ended.map(() => ({ code: 0, stderr: '' })),
    );
    const said = ended.map(({ stdout }) => JSON.parse(stdout) as { applied: string[]; port: string });
    expect(new Set(said.map(({ port }) => port)).size).toBe(1);
    expect(said.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
    await expect(stat(join(folder, 'postgres', 'data', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  });

  it('goes on with its data after the process that started it was killed', async () => {
    const first = open(folder, 60_000);
    const said = await first.says('applied');
    first.child.kill('SIGKILL');
    await first.ended;

    const second = await open(folder, 0).ended;

    expect(JSON.parse(second.stdout)).toEqual({
      applied: [],
      port: (JSON.parse(said) as { port: string }).port,
    });
  });

  it('says in one line which folder cannot be written', async () => {
    await expect(openEmbeddedPostgres('/proc/earshot')).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringMatching(
        /^The data folder \/proc\/earshot cannot be written \(\w+\); .*EARSHOT_DATA/,
      ),
    });
  });

  it.runIf(isRoot)(
    'stands outside a private home when root runs it from there, and is found again',
    async () => {
      await chmod(folder, 0o700);
      const inside = join(folder, 'data');

      const server = await openEmbeddedPostgres(inside);
      await server.close();

      expect((await lstat(join(inside, 'postgres'))).isSymbolicLink()).toBe(true);
      const again = await openEmbeddedPostgres(inside);
      await again.close();
      await rm(await readlink(join(inside, 'postgres')), { recursive: true });
    },
  );
});
