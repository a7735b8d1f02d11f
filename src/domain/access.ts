/** What a person may do; docs/architecture.md has the table. */
export const ROLES = ['admin', 'executive', 'lead', 'agent'] as const;
export type Role = (typeof ROLES)[number];

/** What an API key may do: push mentions, or read what an executive may read. */
export const SCOPES = ['intake', 'read'] as const;
export type Scope = (typeof SCOPES)[number];

/** Somebody who is signed in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Names of the departments they belong to. */
  readonly departments: readonly string[];
}

/** Who asks: a person, or an API key, which reads as an executive does. */
export type Caller = Person | 'key';

/** What of the caller decides on what they read. */
export type Reader = Pick<Person, 'role' | 'departments'> | 'key';

/** Whose cases the caller may see: every department's, or those they belong to. */
export function visibleDepartments(caller: Reader): 'all' | readonly string[] {
  const seesAll = caller === 'key' || caller.role === 'admin' || caller.role === 'executive';
  return seesAll ? 'all' : caller.departments;
}

/** Whether the caller reads what belongs to no one department: the company's digest, whatever message, what was held back. */
export function isOverseer(caller: Reader): boolean {
  return caller === 'key' || caller.role !== 'agent';
}
