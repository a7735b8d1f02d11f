/** A client company as the accounts file describes it. */
export interface Account {
  readonly name: string;
  /** {@link accountNameKey} of the name; two spellings of one client are one account. */
  readonly nameKey: string;
  /** Lower-case ASCII mail domains that speak for it; their sub-domains do as well. */
  readonly domains: readonly string[];
  /** Lower-case, without a leading `@`, on whatever platform. */
  readonly handles: readonly string[];
  /** As written in the file, or empty. */
  readonly tier: string;
  /** Yearly, in whole units of the workspace's currency; null when unknown. */
  readonly revenue: number | null;
  /** Who looks after it on our side, or empty. */
  readonly owner: string;
}

export interface StoredAccount extends Account {
  readonly id: number;
}

/** How many links a change made and ended; a link that moved to another account counts in both. */
export interface LinkCounts {
  readonly made: number;
  readonly ended: number;
}

/** What an accounts file changed, or with `dryRun` would change. */
export interface AccountImportReport {
  readonly dryRun: boolean;
  /** Accounts in the file: `added + changed + unchanged`. */
  readonly rows: number;
  readonly added: readonly string[];
  readonly changed: readonly { readonly name: string; readonly fields: readonly string[] }[];
  readonly unchanged: number;
  readonly links: LinkCounts;
  /** Columns that no field of an account is read from, with the field that was perhaps meant. */
  readonly ignoredColumns: readonly { readonly column: string; readonly meant?: string }[];
}

/** The key two spellings of one name share: NFKC, lower case, single blanks. */
export function accountNameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
