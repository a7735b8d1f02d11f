import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { WEB_FOLDER } from '../app/http-deps.ts';
import { PROJECT } from '../app/open-database.ts';
import type { Terminal } from './terminal.ts';

const REMEDY = 'run `npm ci && npm run build`; until then the API answers and the pages do not';

/** Builds the pages when they are not there, as in a fresh checkout. Several processes may do so at once. */
export async function buildPages({ stderr }: Terminal, signal: AbortSignal): Promise<void> {
  if (signal.aborted || existsSync(join(WEB_FOLDER, 'index.html'))) return;
  const vite = findVite();
  if (vite === null) {
    stderr.write(`earshot: the pages are not built, and this installation cannot; ${REMEDY}\n`);
    return;
  }
  stderr.write('Building the pages, this once\n');
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
  if (code === 0) await rename(draft, WEB_FOLDER).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
  if (code !== 0 && !signal.aborted)
    stderr.write(`earshot: the pages could not be built (see above); ${REMEDY}\n`);
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
