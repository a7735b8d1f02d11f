import type { Person, Role } from '../domain/access.ts';
import type { SessionStore, SignInLimit } from '../domain/ports/identity-store.ts';
import { AppError } from '../lib/app-error.ts';
import { isCommonPassword } from '../lib/common-passwords.ts';
import type { Passwords } from '../lib/passwords.ts';

export interface SignInDeps {
  readonly sessions: SessionStore;
  readonly limit: SignInLimit;
  readonly passwords: Passwords;
}

/** Where a request comes from: the far end of its connection, and the session it carried, which a new one replaces. */
export interface Origin {
  readonly address: string;
  readonly token: string | null;
}

/** Opens a session and gives its token. Who is not known and who types a wrong password get the same answer, as late. */
export async function signIn(
  { sessions, limit, passwords }: SignInDeps,
  { email, password }: { readonly email: string; readonly password: string },
  { address, token }: Origin,
): Promise<string> {
  await limit.take(email, address);
  const known = await sessions.findCredentials(email);
  const isRight = await passwords.verify(known?.passwordHash ?? null, password);
  if (!known || !isRight) throw new AppError('auth', 'The mail address or the password is wrong');
  await limit.giveBack(email, address);
  return sessions.open(known.id, token);
}

/** The first administrator chooses name, address and password, by the link that the operator was shown. */
export async function makeAdministrator(
  { sessions, limit, passwords }: SignInDeps,
  given: { readonly token: string; readonly name: string; readonly email: string; readonly password: string },
  { address, token }: Origin,
): Promise<string> {
  await limit.take('first run', address);
  if ((await sessions.findInvited(given.token)) !== 'administrator') throw spentLink();
  refuseCommon(given.password, given);
  const { name, email } = given;
  const passwordHash = await passwords.hash(given.password);
  const id = await sessions.makeAdministrator(given.token, { name, email, passwordHash });
  if (id === null) throw spentLink();
  await limit.giveBack('first run', address);
  return sessions.open(id, token);
}

/** Somebody who was invited chooses their password. */
export async function acceptInvitation(
  { sessions, limit, passwords }: SignInDeps,
  given: { readonly token: string; readonly password: string },
  { address, token }: Origin,
): Promise<string> {
  await limit.take('invitation', address);
  const invited = await sessions.findInvited(given.token);
  if (invited === null || invited === 'administrator') throw spentLink();
  refuseCommon(given.password, invited);
  const id = await sessions.acceptInvitation(given.token, await passwords.hash(given.password));
  if (id === null) throw spentLink();
  await limit.giveBack('invitation', address);
  return sessions.open(id, token);
}

/** Ends every session of the person and opens a new one here. */
export async function changePassword(
  { sessions, limit, passwords }: SignInDeps,
  { person, current, next }: { readonly person: Person; readonly current: string; readonly next: string },
  { address, token }: Origin,
): Promise<string> {
  await limit.take(person.email, address);
  const known = await sessions.findCredentials(person.email);
  if (!known || !(await passwords.verify(known.passwordHash, current)))
    throw new AppError('forbidden', 'The current password is wrong');
  await limit.giveBack(person.email, address);
  refuseCommon(next, person);
  await sessions.setPassword(person.id, await passwords.hash(next));
  return sessions.open(person.id, token);
}

/** One click into the sample workspace. */
export async function signInToSample(
  { sessions }: Pick<SignInDeps, 'sessions'>,
  role: Role,
  { token }: Origin,
): Promise<string> {
  const id = await sessions.findSamplePerson(role);
  if (id === null)
    throw new AppError('forbidden', `Only the sample workspace has a ${role} whom everybody may be`);
  return sessions.open(id, token);
}

function refuseCommon(password: string, person: { readonly email: string; readonly name: string }): void {
  if (isCommonPassword(password, person))
    throw new AppError(
      'invalid-input',
      'This password is among the first that anybody guesses; choose another',
    );
}

function spentLink(): AppError {
  return new AppError('forbidden', 'This link was used or is too old; ask for a new one');
}
