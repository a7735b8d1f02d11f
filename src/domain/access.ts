/** What a person may do; docs/architecture.md has the table. */
export const ROLES = ['admin', 'executive', 'lead', 'agent'] as const;
export type Role = (typeof ROLES)[number];

/** What an API key may do: push mentions, or read what an executive may read. */
export const SCOPES = ['intake', 'read'] as const;
export type Scope = (typeof SCOPES)[number];
