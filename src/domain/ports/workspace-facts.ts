/** Departments with the people of each, and what lists can be filtered by. */
export interface WorkspaceFacts {
  readonly departments: readonly {
    readonly name: string;
    readonly aspects: readonly string[];
    readonly members: readonly { readonly id: string; readonly name: string }[];
  }[];
  readonly tiers: readonly string[];
  readonly sources: readonly string[];
}
