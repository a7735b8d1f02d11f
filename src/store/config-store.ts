import { createHash } from 'node:crypto';
import { createTwoFilesPatch } from 'diff';
import { writeAudit } from './audit-log.ts';
import type { Database, Sql } from './database.ts';

/** What of a config lives in tables of its own; names are never deleted, only retired, since history refers to them. */
interface NamedParts {
  readonly departments: readonly { readonly name: string; readonly aspects: readonly string[] }[];
  readonly audiences: readonly { readonly name: string; readonly receivers: readonly string[] }[];
  readonly digests: readonly { readonly name: string }[];
}

export interface ConfigVersion {
  readonly id: number;
  readonly yaml: string;
  /** Where it was read from. */
  readonly origin: string;
}

/** A config that was not taken, so that the one before is still in force. */
export interface ConfigRefusal {
  readonly origin: string;
  /** Every fault, with its line. */
  readonly message: string;
  readonly refusedAt: Date;
}

/** The config refused last that nobody has mended yet. */
export async function readRefusal(sql: Sql): Promise<ConfigRefusal | null> {
  const [row] = await sql.query<ConfigRefusal>(
    'SELECT origin, message, refused_at AS "refusedAt" FROM config_refusal ORDER BY refused_at DESC LIMIT 1',
  );
  return row ?? null;
}

/** Keeps that a config was refused; the same refusal again is none. Returns whether it is news. */
export async function noteRefusal(database: Database, origin: string, message: string): Promise<boolean> {
  return database.transaction(async (sql) => {
    const noted = await sql.execute(
      `INSERT INTO config_refusal AS r (origin, message) VALUES ($1, $2) ON CONFLICT (origin) DO UPDATE SET message = excluded.message, refused_at = now() WHERE r.message <> excluded.message`,
      origin,
      message,
    );
    if (noted > 0)
      await writeAudit(sql, {
        actor: 'config',
        action: 'config refused',
        subject: origin,
        detail: { message },
      });
    return noted > 0;
  });
}

/** What is read from there is well again. */
export async function forgetRefusal(sql: Sql, origin: string): Promise<void> {
  await sql.execute('DELETE FROM config_refusal WHERE origin = $1', origin);
}

/** The config accepted last, or null in a new workspace. */
export async function readLatestConfig(sql: Sql): Promise<ConfigVersion | null> {
  const [row] = await sql.query<ConfigVersion>(
    'SELECT id, yaml, origin FROM config_version ORDER BY accepted_at DESC, id DESC LIMIT 1',
  );
  return row ?? null;
}

/** Makes `yaml` the config in force and brings departments, audiences and digests to it; the same text is the same version. */
export async function acceptConfig(
  database: Database,
  { yaml, origin, parts }: { yaml: string; origin: string; parts: NamedParts },
): Promise<number> {
  const sha256 = createHash('sha256').update(yaml).digest('hex');
  return database.transaction(async (sql) => {
    await sql.query(`SELECT pg_advisory_xact_lock(20011, 3)::text`);
    // Whatever was refused before is out of date; a file that is still bad is refused again at the next look.
    await sql.execute('DELETE FROM config_refusal');
    const latest = await readLatestConfig(sql);
    if (latest?.yaml === yaml) return latest.id;
    const [version] = await sql.query<{ id: number }>(
      `INSERT INTO config_version (yaml, sha256, origin, accepted_at) VALUES ($1, $2, $3, clock_timestamp()) ON CONFLICT (sha256) DO UPDATE SET accepted_at = clock_timestamp() RETURNING id`,
      yaml,
      sha256,
      origin,
    );
    await syncNames(sql, parts);
    await writeAudit(sql, {
      actor: 'config',
      action: 'config accepted',
      subject: `config version ${version?.id}`,
      detail: { sha256, origin, diff: lineDiff(latest?.yaml ?? '', yaml) },
    });
    return version?.id ?? 0;
  });
}

/** What changes from one text to another, in unified form with three lines around. */
export function lineDiff(before: string, after: string): string {
  if (before === after) return '';
  return createTwoFilesPatch('before', 'after', before, after, undefined, undefined, { context: 3 });
}

async function syncNames(sql: Sql, { departments, audiences, digests }: NamedParts): Promise<void> {
  await sql.execute(
    `INSERT INTO department (name, aspects) SELECT name, ARRAY(SELECT jsonb_array_elements_text(aspects)) FROM jsonb_to_recordset($1::jsonb) AS d(name text, aspects jsonb)
     ON CONFLICT (name) DO UPDATE SET aspects = excluded.aspects, retired_at = NULL`,
    JSON.stringify(departments),
  );
  await sql.execute(
    `INSERT INTO audience (name, receivers) SELECT name, ARRAY(SELECT jsonb_array_elements_text(receivers)) FROM jsonb_to_recordset($1::jsonb) AS a(name text, receivers jsonb)
     ON CONFLICT (name) DO UPDATE SET receivers = excluded.receivers, retired_at = NULL`,
    JSON.stringify(audiences),
  );
  await sql.execute(
    `INSERT INTO digest (name, definition) SELECT d->>'name', d FROM jsonb_array_elements($1::jsonb) d
     ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, retired_at = NULL`,
    JSON.stringify(digests),
  );
  const retire = (table: string, names: readonly { readonly name: string }[]): Promise<number> =>
    sql.execute(
      `UPDATE ${table} SET retired_at = now() WHERE retired_at IS NULL AND name <> ALL (ARRAY(SELECT jsonb_array_elements_text($1::jsonb)))`,
      JSON.stringify(names.map(({ name }) => name)),
    );
  await retire('department', departments);
  await retire('audience', audiences);
  await retire('digest', digests);
}

/** The row that stands for a model in analyses and digests. */
export async function registerModel(sql: Sql, name: string): Promise<number> {
  const [row] = await sql.query<{ id: number }>(
    `INSERT INTO model_version (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`,
    name,
  );
  return row?.id ?? 0;
}
