import { stat } from 'node:fs/promises';
import { openServer } from '../app/open-database.ts';
import { readEnv } from '../config/env.ts';
import { count } from '../digest/words.ts';
import { AppError } from '../lib/app-error.ts';
import { type BackupCounts, readBackup, writeBackup } from '../store/backup.ts';
import { createProgress, type Terminal } from './terminal.ts';

/** `earshot backup FILE`: the whole workspace in one file, without stopping anybody. */
export async function backupCommand(path: string, terminal: Terminal): Promise<number> {
  if (await stat(path).catch(() => null))
    throw new AppError('conflict', `${path} exists already; choose another name`);
  return withServer(
    terminal,
    async (url, onRows) => ({ verb: 'saved to', counts: await writeBackup(url, path, onRows) }),
    path,
  );
}

/** `earshot restore FILE`: into an empty workspace. */
export async function restoreCommand(path: string, terminal: Terminal): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('not-found', `${path}: no such file; name a file made by \`earshot backup\``, {
      cause,
    });
  });
  if (!found.isFile())
    throw new AppError(
      'invalid-input',
      `${path}: is a folder or a device; name a file made by \`earshot backup\``,
    );
  return withServer(
    terminal,
    async (url, onRows) => ({ verb: 'restored from', counts: await readBackup(url, path, onRows) }),
    path,
  );
}

type Work = (url: string, onRows: (rows: number) => void) => Promise<{ verb: string; counts: BackupCounts }>;

async function withServer(terminal: Terminal, work: Work, path: string): Promise<number> {
  const progress = createProgress(terminal);
  const server = await openServer(readEnv(terminal.env));
  try {
    const { verb, counts } = await work(server.url, (rows) => progress.show(count(rows, 'row')));
    progress.done(`${count(counts.rows, 'row')} of ${counts.tables} tables ${verb} ${path}`);
    return 0;
  } finally {
    await server.close();
  }
}
