import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores, one embedded Postgres a file: more files side by side only fight for the same cores.
    maxWorkers: 2,
    globalSetup: ['tests/support/global-postgres.ts'],
    setupFiles: ['tests/support/strict.ts'],
  },
});
