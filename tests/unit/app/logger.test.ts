import { expect, it } from 'vitest';
import { createLogger } from '../../../src/app/logger.ts';
import { AppError } from '../../../src/lib/app-error.ts';

it('logs what an error says and not the connection that a driver hangs on it', () => {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  const error = new AppError('unavailable', 'The database does not answer', { cause: new Error('refused') });

  log.error({ err: Object.assign(error, { client: { secretKey: 7, host: 'db' } }) }, 'away');

  const { err } = JSON.parse(lines[0] ?? '') as { err: Record<string, unknown> };
  expect(err).toMatchObject({ message: 'The database does not answer: refused', kind: 'unavailable' });
  expect(err['stack']).toContain('caused by: Error: refused');
  expect(err).not.toHaveProperty('client');
});
