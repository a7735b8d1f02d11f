import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { WEB_FOLDER } from '../app/http-deps.ts';
import { PROJECT } from '../app/open-database.ts';
import type { Terminal } from './terminal.ts';

const REMEDY = 'run `npm ci && npm run build`; until then the API answers and the pages do not';

/**
 * Builds the pages when they are not there, as in a fresh checkout, or older than their sources, as after an update of it. Several
 * processes may do so at once.
 */
export async function buildPages({ stderr }: Terminal, signal: AbortSignal): Promise<void> {
  const isBuilt = existsSync(join(WEB_FOLDER, 'index.html'));
  const vite = findVite();
  if (signal.aborted || (isBuilt && (vite === null || !(await isOutdated())))) return;
  if (vite === null) {
    stderr.write(`earshot: the pages are not built, and this installation cannot; ${REMEDY}\n`);
    return;
  }
  stderr.write(
    isBuilt ? 'Building the pages anew, since their sources changed\n' : 'Building the pages, this once\n',
  );
  const draft = `${WEB_FOLDER}.${process.pid}`;
  const child = spawn(
    process.execPath,
    [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'error'],
    {
      cwd: PROJECT,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', stop);
  if (code === 0) {
    const old = `${draft}.old`;
    // Another process may have been faster; its pages are as good.
    await rename(WEB_FOLDER, old).catch(() => undefined);
    await rename(draft, WEB_FOLDER).catch(() => undefined);
    await rm(old, { recursive: true, force: true });
  }
  await rm(draft, { recursive: true, force: true });
  if (code !== 0 && !signal.aborted)
    stderr.write(`earshot: the pages could not be built (see above); ${REMEDY}\n`);
}

/** What the pages are made of. */
const SOURCES = ['src/web', 'src/contract', 'src/domain', 'src/lib', 'package-lock.json', 'vite.config.ts'];

async function isOutdated(): Promise<boolean> {
  const builtAt = (await stat(join(WEB_FOLDER, 'index.html'))).mtimeMs;
  for (const source of SOURCES) {
    const path = join(PROJECT, source);
    const names = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : [''];
    const times = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs));
    if (times.some((at) => at > builtAt)) return true;
  }
  return false;
}

/** Vite is there in a checkout and not where only what runs was installed. */
function findVite(): string | null {
  if (!existsSync(join(PROJECT, 'vite.config.ts'))) return null;
  try {
    const found = createRequire(import.meta.url).resolve('vite/package.json');
    return join(dirname(found), 'bin', 'vite.js');
  } catch {
    return null;
  }
}
