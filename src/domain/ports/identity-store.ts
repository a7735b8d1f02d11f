import type { Person, Role, Scope } from '../access.ts';

/** A person as administrators see them. */
export interface PersonRow extends Person {
  /** Has chosen a password. */
  readonly isReady: boolean;
  readonly isDisabled: boolean;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
}

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly departments: readonly string[];
}

export interface PersonChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly departments?: readonly string[] | undefined;
  readonly isDisabled?: boolean | undefined;
}

export interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A link that works once; what it carries is known to nobody but its reader. */
export interface Invitation {
  readonly person: PersonRow;
  readonly token: string;
  readonly expiresAt: Date;
}

/** `actor` is whom the audit log names. */
export interface PeopleStore {
  list(): Promise<readonly PersonRow[]>;
  /** Throws `conflict` for a known address, `invalid-input` for an unknown department. */
  add(person: NewPerson, actor: string): Promise<Invitation>;
  /** A new link; older ones stop working. Throws `not-found`, and `conflict` for who is disabled. */
  invite(id: string, actor: string): Promise<Invitation>;
  /** Ends the person's sessions when what they may do changes. Throws `not-found`, and `conflict` for the last administrator. */
  change(id: string, change: PersonChange, actor: string): Promise<PersonRow>;
  listKeys(): Promise<readonly KeyRow[]>;
  /** The key is known to nobody after this. Throws `conflict` when the name is taken. */
  addKey(
    key: { name: string; scopes: readonly Scope[] },
    actor: string,
  ): Promise<{ id: string; key: string }>;
  /** Throws `not-found`. */
  revokeKey(id: string, actor: string): Promise<void>;
}

/** What signing in needs to know of a person. */
export interface Credentials {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string | null;
}

export interface SessionStore {
  /** By mail address; null when there is nobody, or they are disabled. */
  findCredentials(email: string): Promise<Credentials | null>;
  /** Opens a session and gives its token, which is kept nowhere. Ends the one of `replaced`. */
  open(personId: string, replaced: string | null): Promise<string>;
  /** Whose session it is, noting that they were seen; null when it is over. */
  read(token: string): Promise<Person | null>;
  /** Whether it still goes on, noting nothing. */
  isAlive(token: string): Promise<boolean>;
  end(token: string): Promise<void>;
  endAllOf(personId: string): Promise<void>;
  /** Ends every session of the person. */
  setPassword(personId: string, passwordHash: string): Promise<void>;
  /** Whether nobody can sign in as administrator. */
  needsAdministrator(): Promise<boolean>;
  /** A token that makes the first administrator; it replaces the one before. */
  offerFirstRun(): Promise<string>;
  /** Who the token invites, without using it up; `administrator` for the first run. Null when it does not hold. */
  findInvited(token: string): Promise<Credentials | 'administrator' | null>;
  /** Uses the token up; the person's id, or null when it does not hold any more. */
  acceptInvitation(token: string, passwordHash: string): Promise<string | null>;
  /** Uses the token up; null when it does not hold any more, or there is an administrator by now. */
  makeAdministrator(
    token: string,
    person: { readonly name: string; readonly email: string; readonly passwordHash: string },
  ): Promise<string | null>;
  /** Somebody of the sample workspace with that role. */
  findSamplePerson(role: Role): Promise<string | null>;
}

/** Counts tries over all processes, so that parallel ones are counted as well. */
export interface SignInLimit {
  /** Counts a try. Throws AppError `rate-limited` when there were too many. */
  take(email: string, address: string): Promise<void>;
  /** The try was right: it counts against nobody. */
  giveBack(email: string, address: string): Promise<void>;
}
