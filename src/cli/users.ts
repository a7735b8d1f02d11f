import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { App } from '../app/app.ts';
import { ROLES } from '../domain/access.ts';
import type { Invitation } from '../domain/ports/identity-store.ts';
import { invitationLink } from '../http/handlers/people-handlers.ts';
import { AppError } from '../lib/app-error.ts';
import { createPeopleStore } from '../store/person-store.ts';
import type { Terminal } from './terminal.ts';

const ACTOR = 'command line';

const NewUser = z.object({
  email: z.email('is not a mail address'),
  name: z.string().trim().min(1, 'is empty').max(200),
  role: z.enum(ROLES, `must be one of ${ROLES.join(', ')}`),
  departments: z.array(z.string()),
});

type Around = Pick<App, 'database' | 'env'>;

/** `earshot users add EMAIL`: a person with a role, in departments. Throws InvalidArgumentError for what cannot be meant. */
export async function usersAddCommand(
  given: Record<keyof z.infer<typeof NewUser>, unknown>,
  app: Around,
  terminal: Terminal,
): Promise<number> {
  const parsed = NewUser.safeParse(given);
  if (!parsed.success)
    throw new InvalidArgumentError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '),
    );
  const { email, role, departments } = parsed.data;
  const invitation = await createPeopleStore(app.database).add(parsed.data, ACTOR);
  terminal.stdout.write(
    `${email} is ${role}${departments.length > 0 ? ` in ${departments.join(', ')}` : ''}\n`,
  );
  return showLink(invitation, app, terminal);
}

/** `earshot users invite EMAIL`: a new link to choose a password, for who lost theirs. */
export async function usersInviteCommand(email: string, app: Around, terminal: Terminal): Promise<number> {
  const people = createPeopleStore(app.database);
  const person = (await people.list()).find((known) => known.email === email.toLowerCase());
  if (!person)
    throw new AppError('not-found', `Nobody is known as ${email}; \`earshot users add\` adds somebody`);
  return showLink(await people.invite(person.id, ACTOR), app, terminal);
}

function showLink(
  { person, token, expiresAt }: Invitation,
  { env }: Around,
  { stdout, stderr }: Terminal,
): number {
  stdout.write(`${invitationLink(env.publicUrl, token)}\n`);
  stderr.write(
    `By this link ${person.name} chooses a password, once, until ${expiresAt.toISOString().slice(0, 10)}. It is shown this once.\n`,
  );
  return 0;
}
