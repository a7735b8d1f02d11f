import { afterEach, beforeEach, expect, vi } from 'vitest';

// A stray console line hides real news in the log and often is a swallowed fault, so it fails the test that printed it.
beforeEach(() => {
  for (const level of ['error', 'warn', 'log', 'info'] as const) vi.spyOn(console, level);
});

afterEach(() => {
  for (const level of ['error', 'warn', 'log', 'info'] as const) {
    expect(vi.mocked(console[level]).mock.calls, `console.${level} was called`).toEqual([]);
  }
  vi.restoreAllMocks();
});
