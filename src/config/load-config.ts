import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../lib/app-error.ts';
import type { EarshotConfig, Registries } from './config.ts';
import { defaultConfigText } from './default-config.ts';
import { parseConfig } from './earshot-yaml.ts';
import type { ProcessEnv } from './env.ts';

const LARGEST_BYTES = 4 * 1024 * 1024;

/** A config in force: what it says, and the text it was read from, variables not filled in, fit to be stored. */
export interface LoadedConfig {
  readonly config: EarshotConfig;
  readonly text: string;
  /** How messages call it: the path, or `built-in config`. */
  readonly file: string;
}

/**
 * Reads and checks the config file; where there is none and none was named, the built-in config. Throws AppError
 * `not-found` for a named file that is missing, `invalid-input` for one that cannot be read or has faults.
 */
export async function loadConfig(options: {
  readonly file: string;
  /** Whether somebody asked for this very file. */
  readonly isNamed: boolean;
  readonly env: ProcessEnv;
  readonly registries: Registries;
  /** IANA zone of the built-in config. */
  readonly zone: string;
}): Promise<LoadedConfig> {
  const { env, registries } = options;
  const found = await readConfigText(options.file);
  if (found === undefined && options.isNamed) {
    throw new AppError(
      'not-found',
      `${options.file}: no such file; check the path, or copy docs/earshot.example.yaml there`,
    );
  }
  const file = found === undefined ? 'built-in config' : options.file;
  const text = found ?? defaultConfigText({ zone: options.zone });
  return { config: parseConfig(text, { file, env, registries }), text, file };
}

/** The text of a file; undefined when there is no file. */
async function readConfigText(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_BYTES) {
      throw new AppError(
        'invalid-input',
        `${file}:1:1: the file has ${size} bytes, too many for a config; is it the right file?`,
      );
    }
    return decodeUtf8(await readFile(file), file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    if (code === 'EISDIR')
      throw new AppError('invalid-input', `${file}: is a folder; name the file in it`, { cause: error });
    if (code === 'EACCES') {
      throw new AppError('invalid-input', `${file}: may not be read; allow this user to read it`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** Decodes UTF-8 with or without byte order mark; throws AppError `invalid-input` with the line of the first bad byte. */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new AppError(
      'invalid-input',
      `${file}:${placeOfBadByte(bytes)}: not UTF-8; save the file with encoding UTF-8`,
      {
        cause: error,
      },
    );
  }
}

/** A line feed is never part of another UTF-8 character, so each line can be looked at for itself. */
function placeOfBadByte(bytes: Uint8Array): string {
  let line = 1;
  for (let start = 0; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const part = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (!isUtf8(part) || end === -1) return `${line}:${new TextDecoder().decode(part).indexOf('\uFFFD') + 1}`;
    start = end + 1;
  }
}
