import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { OutboundMessage, Receipt } from '../../domain/delivery.ts';
import { AppError } from '../../lib/app-error.ts';
import { envelopeOf } from '../envelope.ts';
import { defineReceiver } from '../plug-in.ts';

/** What time or an administrator mends; every other fault means that the path is wrong. */
const PASSING = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EMFILE',
  'ENFILE',
  'EAGAIN',
  'ENOMEM',
  'EBUSY',
  'ETXTBSY',
]);

const fileOptions = z.strictObject({
  /** Relative to the data folder and never outside it. */
  path: z
    .string()
    .min(1)
    .refine(staysInside, { error: 'must be relative to the data folder and stay inside it' }),
});

/** Appends one JSON line a message. A repeat adds a line with the same id: readers keep the first. */
export const file = defineReceiver({
  kind: 'file',
  options: fileOptions,
  create({ path: relative }, { dataDir }) {
    return {
      async send(message: OutboundMessage, signal: AbortSignal): Promise<Receipt> {
        if (signal.aborted)
          throw new AppError('unavailable', `Writing to ${relative} was stopped before it began.`);
        try {
          await append(await openInside(dataDir, relative), JSON.stringify(envelopeOf(message)));
        } catch (error) {
          throw writeError(error, relative);
        }
        return { status: 0, detail: `appended to ${relative}` };
      },
      async close() {},
    };
  },
});

function staysInside(relative: string): boolean {
  const normal = path.normalize(relative);
  const isAbove = normal === '.' || normal === '..' || normal.startsWith(`..${path.sep}`);
  return !path.isAbsolute(relative) && !isAbove && !relative.includes('\0') && !/[/\\]$/.test(relative);
}

/** The name is checked when the options are read; this catches a link inside the folder that leads out of it. */
async function openInside(dataDir: string, relative: string): Promise<FileHandle> {
  const target = path.join(dataDir, relative);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const root = await realpath(dataDir);
  const folder = await realpath(path.dirname(target));
  if (folder !== root && !folder.startsWith(root + path.sep)) {
    throw new AppError('not-found', `${relative} leads out of the data folder; take the link away.`);
  }
  const { O_APPEND, O_CREAT, O_RDWR, O_NOFOLLOW } = constants;
  return open(path.join(folder, path.basename(target)), O_APPEND | O_CREAT | O_RDWR | O_NOFOLLOW, 0o600);
}

/** One write, so that writers side by side do not mix; it starts a fresh line after one that a crash tore. */
async function append(handle: FileHandle, line: string): Promise<void> {
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const isTorn = size > 0 && last[0] !== 0x0a;
    const bytes = Buffer.from(`${isTorn ? '\n' : ''}${line}\n`);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten < bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function writeError(error: unknown, relative: string): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const kind = PASSING.has(code) ? 'unavailable' : 'not-found';
  return new AppError(kind, `Could not append to ${relative} in the data folder (${code}).`);
}
