import type { EarshotConfig, Registries } from '../config/config.ts';
import type { ProcessEnv } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Route } from '../domain/routing.ts';
import { toAppError } from '../lib/app-error.ts';

export interface ConfigCheckDeps {
  readonly env: ProcessEnv;
  readonly registries: Registries;
  /** Prints one line. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Checks one file and says what is in it, or every fault as `file:line:column: what is wrong, what to do` on `err`.
 * Answers the exit code, 0 or 1; a fault of our own is thrown on.
 */
export async function configCheckCommand(
  file: string,
  { env, registries, out, err }: ConfigCheckDeps,
): Promise<number> {
  try {
    // A file that is checked by name must exist, so the zone of the built-in config is never asked for.
    const { config } = await loadConfig({ file, isNamed: true, env, registries, zone: 'UTC' });
    out(`ok: ${summaryOf(config)}`);
    return 0;
  } catch (error) {
    const failure = toAppError(error);
    if (failure.kind === 'bug') throw error;
    err(failure.message);
    return 1;
  }
}

function summaryOf(config: EarshotConfig): string {
  const counts: readonly (readonly [number, string])[] = [
    [config.departments.length, 'department'],
    [config.aspects.length, 'aspect'],
    [config.sources.length, 'source'],
    [config.receivers.length, 'receiver'],
    [countRoutes(config.route), 'route'],
    [config.audiences.length, 'audience'],
    [config.digests.length, 'digest'],
  ];
  return counts.map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`).join(', ');
}

function countRoutes(route: Route): number {
  return route.routes.reduce((sum, child) => sum + countRoutes(child), 1);
}
