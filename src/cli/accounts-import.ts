import { createReadStream } from 'node:fs';
import { count } from '../digest/words.ts';
import type { AccountImportReport } from '../domain/account.ts';
import type { AccountStore } from '../domain/ports/account-store.ts';
import { AppError, toAppError } from '../lib/app-error.ts';
import { printable } from '../lib/printable.ts';
import { importAccounts } from '../pipeline/import-accounts.ts';

interface AccountsImportFlags {
  readonly dryRun?: boolean | undefined;
  readonly json?: boolean | undefined;
}

export interface AccountsImportDeps {
  readonly accounts: AccountStore;
  /** Prints one line. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * `earshot accounts import FILE`: answers the exit code, 0 or 1. Faults of the file go to `err`, all at once, and nothing has
 * changed then; a fault of our own is thrown on.
 */
export async function accountsImportCommand(
  file: string,
  { dryRun = false, json = false }: AccountsImportFlags,
  { accounts, out, err }: AccountsImportDeps,
): Promise<number> {
  try {
    const report = await importAccounts({ file, stream: openFile(file), dryRun }, accounts);
    for (const { column, meant } of report.ignoredColumns) {
      err(
        `${file}: column "${printable(column)}" is ignored${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      );
    }
    for (const line of json ? [JSON.stringify(report)] : describe(report)) out(line);
    return 0;
  } catch (error) {
    const failure = toAppError(error);
    if (failure.kind === 'bug') throw error;
    for (const line of failure.message.split('\n')) err(printable(line));
    return 1;
  }
}

const FILE_TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path',
  EISDIR: 'is a folder; name the CSV file in it',
  EACCES: 'may not be read; check its permissions',
};

async function* openFile(file: string): AsyncGenerator<Buffer, void, void> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Buffer;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const trouble = FILE_TROUBLE[code];
    if (trouble === undefined) throw error;
    throw new AppError('invalid-input', `${file}: ${trouble}`, { cause: error });
  }
}

function describe({ dryRun, rows, added, changed, unchanged, links }: AccountImportReport): string[] {
  return [
    `${count(rows, 'account')}: ${added.length} added, ${changed.length} changed, ${unchanged} unchanged`,
    ...changed.map(({ name, fields }) => `  ${printable(name)}: ${fields.join(', ')}`),
    `links: ${links.made} made, ${links.ended} ended`,
    ...(dryRun ? ['dry run: nothing was changed'] : []),
  ];
}
