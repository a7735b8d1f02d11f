import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../lib/app-error.ts';
import { stopIfAborted } from './record-reader.ts';

const HEAD_BYTES = 256 * 1024;
const SCAN_BYTES = 1024 * 1024;
const LF = 0x0a;
const UTF8_REMEDY = 'save it as UTF-8, or convert it with: iconv -f latin1 -t utf-8';
const UTF16_REMEDY = 'save it as UTF-8, or convert it with: iconv -f utf-16 -t utf-8';

/** An open file and how it begins. */
export interface OpenFile {
  readonly handle: FileHandle;
  /** The path as the operator wrote it; what messages name. */
  readonly name: string;
  readonly size: number;
  /** The first 256 KB. */
  readonly head: Buffer;
  /** Length of the byte order mark, 0 or 3. */
  readonly markBytes: number;
}

/**
 * Opens a file for one page. The caller closes `handle`. Throws AppError that names the file and the remedy: `not-found`,
 * `auth` (no permission), `invalid-input` (a folder, empty, UTF-16, a workbook, compressed).
 */
export async function openFile(path: string, name: string): Promise<OpenFile> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw fileFault(error, name);
  });
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new AppError('invalid-input', `${name} is a folder: name a file in it`);
    if (!stat.isFile())
      throw new AppError('invalid-input', `${name} is not a regular file: copy its content into one`);
    const head = Buffer.alloc(Math.min(HEAD_BYTES, stat.size));
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const begin = head.subarray(0, bytesRead);
    refuseOtherFormats(begin, name);
    const markBytes = begin.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
    if (begin.subarray(markBytes).every((byte) => byte === LF || byte === 0x0d || byte === 0x20)) {
      if (bytesRead === stat.size)
        throw new AppError('invalid-input', `${name} is empty: there is nothing to read in it`);
    }
    return { handle, name, size: stat.size, head: begin, markBytes };
  } catch (error) {
    await handle.close();
    throw error instanceof AppError ? error : fileFault(error, name);
  }
}

/** Says in our words why a file cannot be opened or read. */
export function fileFault(error: unknown, name: string): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError('not-found', `there is no file ${name}: check the path`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError('auth', `${name} may not be read by this user: give it read permission`, {
      cause: error,
    });
  }
  if (code === 'EISDIR') {
    return new AppError('invalid-input', `${name} is a folder: name a file in it`, { cause: error });
  }
  return new AppError(
    'unavailable',
    `${name} could not be read (${typeof code === 'string' ? code : 'unknown fault'})`,
    {
      cause: error,
    },
  );
}

function refuseOtherFormats(head: Buffer, name: string): void {
  const [first, second] = head;
  if (first === 0x50 && second === 0x4b) {
    throw new AppError(
      'invalid-input',
      `${name} is a workbook or a zip archive: save the sheet as CSV UTF-8, or unpack it`,
    );
  }
  if (first === 0x1f && second === 0x8b) {
    throw new AppError('invalid-input', `${name} is compressed: unpack it with gunzip`);
  }
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasMark || isMostlyNul(head.subarray(0, 4096))) {
    throw new AppError('invalid-input', `${name}, line 1: the text is UTF-16, not UTF-8: ${UTF16_REMEDY}`);
  }
}

function isMostlyNul(bytes: Buffer): boolean {
  let nuls = 0;
  for (const byte of bytes) if (byte === 0) nuls += 1;
  return nuls > bytes.length / 4;
}

/** What is said of a line whose bytes are not UTF-8. */
export function notUtf8(name: string, line: number): AppError {
  return new AppError('invalid-input', `${name}, line ${line}: the text is not UTF-8: ${UTF8_REMEDY}`);
}

/**
 * Reads the whole file once and throws {@link notUtf8} for its first broken line, so that a file in another encoding is
 * refused before any of its rows is taken in.
 */
export async function requireUtf8({ handle, name, size }: OpenFile, signal: AbortSignal): Promise<void> {
  const chunk = Buffer.allocUnsafe(SCAN_BYTES);
  let offset = 0;
  let line = 1;
  for (;;) {
    stopIfAborted(signal);
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, offset);
    if (bytesRead === 0) return;
    // A character may be cut in two by the end of the chunk; it is then read again with the next one.
    const isLast = offset + bytesRead >= size;
    const whole = (isLast ? 0 : endOfCharacters(chunk.subarray(0, bytesRead))) || bytesRead;
    const bytes = chunk.subarray(0, whole);
    const isValid = isUtf8(bytes);
    for (let from = 0; from < bytes.length; ) {
      const found = bytes.indexOf(LF, from);
      const end = found === -1 ? bytes.length : found + 1;
      if (!isValid && !isUtf8(bytes.subarray(from, end))) throw notUtf8(name, line);
      if (found !== -1) line += 1;
      from = end;
    }
    offset += whole;
  }
}

function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return bytes.length - back;
    if (byte < 0x80) break;
  }
  return bytes.length;
}
