import { AppError } from '../lib/app-error.ts';
import type { Sql } from '../store/database.ts';
import { addKey, SCOPES, type Scope } from '../store/key-store.ts';
import type { Terminal } from './terminal.ts';

/** `earshot keys add NAME`: prints the key, this once. */
export async function keysAddCommand(
  name: string,
  scopes: readonly string[],
  sql: Sql,
  { stdout, stderr }: Terminal,
): Promise<number> {
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope as Scope));
  if (unknown.length > 0)
    throw new AppError(
      'invalid-input',
      `There is no scope ${unknown.join(', ')}; there are ${SCOPES.join(' and ')}`,
    );
  const key = await addKey(sql, name, scopes as readonly Scope[]);
  stdout.write(`${key}\n`);
  stderr.write(
    `The key "${name}" may ${scopes.join(' and ')}. It is shown this once; only its hash is kept.\n`,
  );
  return 0;
}
