import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findConfig, settleConfig } from '../../../src/app/config-in-force.ts';
import { readEnv } from '../../../src/config/env.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { CONFIG } from './cli-fixture.ts';

describe('the config in force', () => {
  let fresh: FreshDatabase;
  let folder: string;
  beforeEach(async () => {
    fresh = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'earshot-config-'));
  });
  afterEach(async () => {
    await fresh.close();
    await rm(folder, { recursive: true });
  });

  /** As if the command ran in `folder`, where nobody named a config file. */
  const env = () => ({ ...readEnv({}), configFile: join(folder, 'earshot.yaml') });
  const settle = () => settleConfig(fresh.database, env(), {});
  const versions = async () =>
    (
      await fresh.database.query<{ yaml: string }>('SELECT yaml FROM config_version ORDER BY accepted_at')
    ).map(({ yaml }) => yaml);

  it('is the file of the working directory, then what was accepted last when the file is gone', async () => {
    await writeFile(env().configFile, CONFIG);
    const first = await settle();
    await rm(env().configFile);

    const second = await settle();

    expect(second).toEqual(first);
    expect(second.config.workspace.name).toBe('Fernhill');
    expect(await versions()).toEqual([CONFIG]);
  });

  it.each<[string, (file: string) => Promise<unknown>, RegExp]>([
    ['a link to nowhere', (file) => symlink(join(folder, 'gone.yaml'), file), /earshot\.yaml: no such file/],
    [
      'a link in a circle',
      (file) => symlink(file, file),
      /earshot\.yaml: is there and may not be read \(ELOOP\)/,
    ],
    ['a folder', (file) => mkdir(file), /earshot\.yaml: is a folder/],
  ])('is not silently another one where earshot.yaml is %s', async (_what, make, message) => {
    await make(env().configFile);

    await expect(settle()).rejects.toThrow(message);
    expect(await versions()).toEqual([]);
  });

  it('goes back to an earlier text as to a version that is known', async () => {
    const other = CONFIG.replace('Fernhill', 'Fernhill Ltd');
    const ids: number[] = [];
    for (const text of [CONFIG, other, CONFIG]) {
      await writeFile(env().configFile, text);
      ids.push((await settle()).versionId);
    }

    expect(ids[2]).toBe(ids[0]);
    expect(ids[1]).not.toBe(ids[0]);
    expect(await versions()).toEqual([other, CONFIG]);
  });

  it('can be looked at without putting it in force', async () => {
    await writeFile(env().configFile, CONFIG);

    expect(await findConfig(fresh.database, env(), {})).toMatchObject({ text: CONFIG, versionId: null });
    expect(await versions()).toEqual([]);
  });
});
