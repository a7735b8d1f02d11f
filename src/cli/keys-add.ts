import { InvalidArgumentError } from 'commander';
import { SCOPES, type Scope } from '../domain/access.ts';
import { printable } from '../lib/printable.ts';
import type { Database } from '../store/database.ts';
import { addKey } from '../store/key-store.ts';
import type { Terminal } from './terminal.ts';

/** `earshot keys add NAME`: prints the key, this once. Throws InvalidArgumentError for what cannot be meant. */
export async function keysAddCommand(
  name: string,
  scopes: readonly string[],
  database: Database,
  { stdout, stderr }: Terminal,
): Promise<number> {
  if (name === '' || name !== printable(name))
    throw new InvalidArgumentError(
      'The name of the key is empty or holds control characters; write a plain one',
    );
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope as Scope));
  if (unknown.length > 0)
    throw new InvalidArgumentError(
      `There is no scope "${printable(unknown.join(', '))}"; there are ${SCOPES.join(' and ')}`,
    );
  const { key } = await database.transaction((sql) =>
    addKey(sql, { name, scopes: scopes as readonly Scope[] }, 'command line'),
  );
  stdout.write(`${key}\n`);
  stderr.write(
    `The key "${name}" may ${scopes.join(' and ')}. It is shown this once; only its hash is kept.\n`,
  );
  return 0;
}
