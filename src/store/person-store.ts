import type { Role } from '../domain/access.ts';
import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';

interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly departments: readonly string[];
}

/** Adds a person and the departments they belong to. Throws `conflict` for a known address, `invalid-input` for an unknown department. */
export async function addPerson(sql: Sql, { email, name, role, departments }: NewPerson): Promise<void> {
  const known = await sql.query<{ name: string }>(
    'SELECT name FROM department WHERE retired_at IS NULL ORDER BY name',
  );
  const unknown = departments.filter((department) => !known.some((row) => row.name === department));
  if (unknown.length > 0) {
    throw new AppError(
      'invalid-input',
      `There is no department ${unknown.join(', ')}; there are ${known.map((row) => row.name).join(', ')}`,
    );
  }
  const [person] = await sql.query<{ id: number }>(
    `WITH added AS (
       INSERT INTO person (email, name, role) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING RETURNING id),
     joined AS (
       INSERT INTO department_member (person_id, department_id)
       SELECT added.id, d.id FROM added, department d WHERE d.name IN (SELECT jsonb_array_elements_text($4::jsonb)))
     SELECT id FROM added`,
    email.toLowerCase(),
    name,
    role,
    JSON.stringify(departments),
  );
  if (!person) throw new AppError('conflict', `${email} is known already`);
}
