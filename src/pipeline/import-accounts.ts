import type { Account, AccountImportReport, StoredAccount } from '../domain/account.ts';
import type { AccountStore } from '../domain/ports/account-store.ts';
import { AppError } from '../lib/app-error.ts';
import { type AccountFault, type AccountRow, readAccountsFile } from './accounts-file.ts';

const MOST_SHOWN = 100;
const FIELDS = ['name', 'domains', 'handles', 'tier', 'revenue', 'owner'] as const;

export interface AccountsImport {
  /** The file's name, for messages. */
  readonly file: string;
  readonly stream: AsyncIterable<Uint8Array | string>;
  readonly dryRun: boolean;
}

/**
 * Adds and changes accounts as a CSV file says and links authors anew; accounts that the file does not name stay. Throws
 * AppError `invalid-input` with every fault, `file:line: what, remedy` a line, and then nothing has changed.
 */
export async function importAccounts(
  { file, stream, dryRun }: AccountsImport,
  store: AccountStore,
): Promise<AccountImportReport> {
  const { rows, ignoredColumns, faults } = await readAccountsFile(stream);
  let plan: AccountPlan = { write: [], added: [], changed: [], unchanged: 0 };
  const links = await store.change(
    (stored) => {
      refuseFaults(file, [...faults, ...findContested(stored, rows)]);
      plan = planAccounts(stored, rows);
      return plan.write;
    },
    { dryRun },
  );
  const { added, changed, unchanged } = plan;
  return { dryRun, rows: rows.length, added, changed, unchanged, links, ignoredColumns };
}

function refuseFaults(file: string, faults: readonly AccountFault[]): void {
  if (faults.length === 0) return;
  const lines = faults
    .toSorted((a, b) => a.line - b.line)
    .slice(0, MOST_SHOWN)
    .map(({ line, message }) => `${file}:${line}: ${message}`);
  if (faults.length > MOST_SHOWN) lines.push(`${file}: and ${faults.length - MOST_SHOWN} more faults`);
  throw new AppError('invalid-input', lines.join('\n'));
}

interface Claimant {
  readonly name: string;
  /** Undefined for an account that the file does not name. */
  readonly line?: number;
}

/** A domain or handle that two accounts would hold once the file is in. */
function findContested(stored: readonly StoredAccount[], rows: readonly AccountRow[]): AccountFault[] {
  const rowOf = new Map(rows.map((row) => [row.nameKey, row]));
  const storedOf = new Map(stored.map((account) => [account.nameKey, account]));
  const untouched = stored.filter(({ nameKey }) => !rowOf.has(nameKey));
  const faults: AccountFault[] = [];
  for (const field of ['domains', 'handles'] as const) {
    const holders = new Map<string, Claimant>(
      untouched.flatMap(({ name, [field]: claims }) => claims.map((claim) => [claim, { name }] as const)),
    );
    for (const { line, name, nameKey, [field]: claims = storedOf.get(nameKey)?.[field] ?? [] } of rows) {
      for (const claim of claims) {
        const holder = holders.get(claim);
        if (holder === undefined) holders.set(claim, { name, line });
        else faults.push({ line, message: contest(field, claim, holder) });
      }
    }
  }
  return faults;
}

function contest(field: 'domains' | 'handles', claim: string, { name, line }: Claimant): string {
  const what = field === 'domains' ? `domain ${claim}` : `handle @${claim}`;
  return line === undefined
    ? `${what} belongs to the account "${name}", which is not in this file; add "${name}" without it, or remove it here`
    : `${what} is claimed by "${name}" on line ${line} as well; leave it to one of the two`;
}

interface AccountPlan extends Pick<AccountImportReport, 'added' | 'changed' | 'unchanged'> {
  readonly write: readonly Account[];
}

function planAccounts(stored: readonly StoredAccount[], rows: readonly AccountRow[]): AccountPlan {
  const before = new Map(stored.map((account) => [account.nameKey, account]));
  const merged = rows.map((row) => {
    const { line: _, ...fields } = row;
    const old = before.get(row.nameKey);
    const blank = { domains: [], handles: [], tier: '', revenue: null, owner: '' };
    const account: Account = { ...blank, ...old, ...fields };
    return {
      account,
      isNew: old === undefined,
      fields: old === undefined ? [] : FIELDS.filter((field) => differs(old[field], account[field])),
    };
  });
  const changed = merged.filter(({ fields }) => fields.length > 0);
  const added = merged.filter(({ isNew }) => isNew);
  return {
    write: [...added, ...changed].map(({ account }) => account),
    added: added.map(({ account }) => account.name),
    changed: changed.map(({ account, fields }) => ({ name: account.name, fields })),
    unchanged: merged.length - added.length - changed.length,
  };
}

type FieldValue = Account[(typeof FIELDS)[number]];

/** Lists are sets: their order is nothing. */
function differs(a: FieldValue, b: FieldValue): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a !== b;
  return a.length !== b.length || a.some((entry) => !b.includes(entry));
}
