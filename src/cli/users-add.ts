import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { ROLES } from '../domain/access.ts';
import type { Sql } from '../store/database.ts';
import { addPerson } from '../store/person-store.ts';
import type { Terminal } from './terminal.ts';

const NewUser = z.object({
  email: z.email('is not a mail address'),
  name: z.string().trim().min(1, 'is empty').max(200),
  role: z.enum(ROLES, `must be one of ${ROLES.join(', ')}`),
  departments: z.array(z.string()),
});

/** `earshot users add EMAIL`: a person with a role, in departments. Throws InvalidArgumentError for what cannot be meant. */
export async function usersAddCommand(
  given: Record<keyof z.infer<typeof NewUser>, unknown>,
  sql: Sql,
  { stdout }: Terminal,
): Promise<number> {
  const parsed = NewUser.safeParse(given);
  if (!parsed.success)
    throw new InvalidArgumentError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '),
    );
  const { email, role, departments } = parsed.data;
  await addPerson(sql, parsed.data);
  stdout.write(`${email} is ${role}${departments.length > 0 ? ` in ${departments.join(', ')}` : ''}\n`);
  return 0;
}
