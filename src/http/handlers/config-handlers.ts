import type { Handlers } from '../api-router.ts';

export interface ConfigDeps {
  readonly readConfig: () => Promise<{
    readonly version: number;
    readonly text: string;
    readonly refusal: {
      readonly origin: string;
      readonly message: string;
      readonly refusedAt: Date;
    } | null;
  }>;
  /** Throws AppError with every fault of a config that cannot be taken. */
  readonly reloadConfig: () => Promise<{ readonly version: number; readonly isNew: boolean }>;
}

export function configHandlers({
  readConfig,
  reloadConfig,
}: ConfigDeps): Handlers<'getConfig' | 'reloadConfig'> {
  return {
    async getConfig() {
      const { refusal, ...config } = await readConfig();
      return { ...config, refusal: refusal && { ...refusal, refusedAt: refusal.refusedAt.toISOString() } };
    },
    reloadConfig: () => reloadConfig(),
  };
}
