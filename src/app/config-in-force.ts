import { lstat, stat } from 'node:fs/promises';
import type { EarshotConfig } from '../config/config.ts';
import { defaultConfigText } from '../config/default-config.ts';
import { parseConfig } from '../config/earshot-yaml.ts';
import type { Environment, ProcessEnv } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import { AppError } from '../lib/app-error.ts';
import { receiverKinds } from '../receivers/registry.ts';
import { sourceKinds } from '../sources/registry.ts';
import { acceptConfig, readLatestConfig } from '../store/config-store.ts';
import type { Database, Sql } from '../store/database.ts';

export const REGISTRIES = { receivers: receiverKinds, sources: sourceKinds };

/** The config that holds and the id of its row. */
export interface ConfigInForce {
  readonly config: EarshotConfig;
  readonly text: string;
  readonly versionId: number;
}

/** A config as it was found, before it is accepted. */
interface FoundConfig {
  readonly config: EarshotConfig;
  readonly text: string;
  /** Where it was read from, as messages call it. */
  readonly origin: string;
  /** The row of this very text, when it is the one accepted last. */
  readonly versionId: number | null;
}

/**
 * Settles which config holds: the file, when there is one; else the one the workspace accepted last; else the built-in one.
 * Throws AppError with every fault of the file; what was in force before then stays so.
 */
export async function settleConfig(
  database: Database,
  env: Environment,
  processEnv: ProcessEnv,
): Promise<ConfigInForce> {
  const found = await findConfig(database, env, processEnv);
  return { config: found.config, text: found.text, versionId: await putInForce(database, found) };
}

/** Makes a config that was found the one in force, once all that it names could be made; the id of its version. */
export async function putInForce(
  database: Database,
  { config, text, origin, versionId }: FoundConfig,
): Promise<number> {
  return versionId ?? acceptConfig(database, { yaml: text, origin, parts: config });
}

/** The config accepted last, whatever file there is by now; the built-in one in a new workspace. */
export async function readAccepted(database: Sql, processEnv: ProcessEnv): Promise<ConfigInForce> {
  const accepted = await readLatestConfig(database);
  const origin = accepted?.origin ?? 'built-in config';
  const text = accepted?.yaml ?? defaultConfigText({ zone: localZone() });
  const config = parseConfig(text, { file: origin, env: processEnv, registries: REGISTRIES });
  return { config, text, versionId: accepted?.id ?? 0 };
}

/** As {@link settleConfig}, but writes nothing: what the next start would put in force. */
export async function findConfig(
  database: Sql,
  env: Environment,
  processEnv: ProcessEnv,
): Promise<FoundConfig> {
  const accepted = await readLatestConfig(database);
  const hasFile = env.isConfigFileNamed || (await isThere(env.configFile));
  if (accepted && !hasFile) {
    const origin = `${accepted.origin} (accepted earlier)`;
    const config = parseConfig(accepted.yaml, { file: origin, env: processEnv, registries: REGISTRIES });
    return { config, text: accepted.yaml, origin, versionId: accepted.id };
  }
  const { config, text, file } = await loadConfig({
    file: env.configFile,
    isNamed: hasFile,
    env: processEnv,
    registries: REGISTRIES,
    zone: localZone(),
  });
  return { config, text, origin: file, versionId: accepted?.yaml === text ? accepted.id : null };
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A link to nowhere counts as there: somebody meant it to be, and to go on without it would change who gets what. */
async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    await stat(file);
    return true;
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return syscall === 'stat';
    throw new AppError(
      'invalid-input',
      `${file}: is there and may not be read (${code}); allow this user to read it, or set EARSHOT_CONFIG to another file`,
      { cause },
    );
  }
}
