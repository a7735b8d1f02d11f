import type { Account, LinkCounts, StoredAccount } from '../account.ts';

export interface AccountStore {
  /**
   * Hands every stored account to `decide`, writes the accounts it returns (found again by `nameKey`) and links all authors
   * anew: one transaction, one at a time. With `dryRun` all of it is done, counted and undone. What `decide` throws undoes
   * everything and is thrown on.
   */
  change(
    decide: (stored: readonly StoredAccount[]) => readonly Account[],
    options: { readonly dryRun: boolean },
  ): Promise<LinkCounts>;
}
