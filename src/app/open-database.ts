import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../config/env.ts';
import { openEmbeddedPostgres } from '../store/embedded/embedded-postgres.ts';
import { migrate } from '../store/migrate.ts';

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The absolute data folder; a relative one stands in the project's folder, so that every command finds the same. */
export function dataFolderOf(env: Environment): string {
  return isAbsolute(env.dataFolder) ? env.dataFolder : join(PROJECT, env.dataFolder);
}

interface OpenedServer {
  readonly url: string;
  /** Names of the migrations that were applied just now. */
  readonly migrated: readonly string[];
  close(): Promise<void>;
}

/** Opens the database of `DATABASE_URL`, or the embedded one, and brings it to this version's schema. */
export async function openServer(env: Environment): Promise<OpenedServer> {
  const server = env.databaseUrl
    ? { url: env.databaseUrl.reveal(), close: async () => undefined }
    : await openEmbeddedPostgres(dataFolderOf(env));
  try {
    return { ...server, migrated: await migrate(server.url) };
  } catch (error) {
    await server.close();
    throw error;
  }
}
