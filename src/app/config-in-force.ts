import { stat } from 'node:fs/promises';
import type { EarshotConfig } from '../config/config.ts';
import { parseConfig } from '../config/earshot-yaml.ts';
import type { Environment, ProcessEnv } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import { receiverKinds } from '../receivers/registry.ts';
import { sourceKinds } from '../sources/registry.ts';
import { acceptConfig, readLatestConfig } from '../store/config-store.ts';
import type { Database } from '../store/database.ts';

export const REGISTRIES = { receivers: receiverKinds, sources: sourceKinds };

/** The config that holds and the id of its row. */
export interface ConfigInForce {
  readonly config: EarshotConfig;
  readonly versionId: number;
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
  const hasFile = env.isConfigFileNamed || (await stat(env.configFile).catch(() => null)) !== null;
  const accepted = hasFile ? null : await readLatestConfig(database);
  if (accepted) {
    const config = parseConfig(accepted.yaml, {
      file: `${accepted.origin} (accepted earlier)`,
      env: processEnv,
      registries: REGISTRIES,
    });
    return { config, versionId: accepted.id };
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { config, text, file } = await loadConfig({
    file: env.configFile,
    isNamed: env.isConfigFileNamed,
    env: processEnv,
    registries: REGISTRIES,
    zone,
  });
  return { config, versionId: await acceptConfig(database, { yaml: text, origin: file, parts: config }) };
}
