import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline as join, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';
import { AppError } from '../lib/app-error.ts';
import { type Line, readLines } from '../lib/line-reader.ts';

const FORMAT = 1;

/** What one line and one fetch aim at; a row of a megabyte is rare, so the next fetch takes fewer of them. */
const LINE_BYTES = 1024 * 1024;
const MOST_ROWS = 200;

/** Longer than any line that is written: a row's texts are bounded where they come in. */
const MOST_LINE_BYTES = 128 * 1024 * 1024;

/** Rows are kept as Postgres writes them, since a JSON number has 53 bits and an id or a sum may need more. */
const ONE_SPELLING = [
  `SET LOCAL DateStyle TO 'ISO, YMD'`,
  `SET LOCAL TimeZone TO 'UTC'`,
  'SET LOCAL extra_float_digits TO 1',
  'SET LOCAL bytea_output TO hex',
];

const Digits = z.string().regex(/^\d{1,19}$/);
const Header = z.object({
  earshot: z.number(),
  migrations: z.array(z.string()),
  xmax: Digits,
  tables: z.array(z.string()),
  sequences: z.array(z.object({ name: z.string(), last: Digits })),
});
const Rows = z.object({ table: z.string(), rows: z.array(z.string()) });

export interface BackupCounts {
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes every table to a gzip file of JSON lines, as of one instant, while others go on writing. The file appears under its name
 * only when it is whole. Wake-ups and rollups are not in it: they can be made anew. Throws AppError `invalid-input` when the file cannot be
 * written, `unavailable` when the database goes away.
 */
export async function writeBackup(
  databaseUrl: string,
  path: string,
  onRows: (rows: number) => void,
): Promise<BackupCounts> {
  return withClient(databaseUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    for (const statement of ONE_SPELLING) await client.query(statement);
    const header = await readHeader(client);
    let rows = 0;
    async function* lines(): AsyncGenerator<string> {
      yield `${JSON.stringify(header)}\n`;
      for (const table of header.tables) {
        for await (const part of readRows(client, table)) {
          rows += part.length;
          onRows(rows);
          yield `${JSON.stringify({ table, rows: part } satisfies z.infer<typeof Rows>)}\n`;
        }
      }
    }
    const draft = `${path}.part`;
    try {
      await rm(draft, { force: true });
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(draft, { mode: 0o600 }));
      await rename(draft, path);
    } catch (cause) {
      await rm(draft, { force: true });
      throw troubleOfWriting(path, cause);
    }
    return { tables: header.tables.length, rows };
  });
}

/**
 * Reads a backup into an empty workspace of the same version: all of it or nothing. Throws AppError that says what stands in the
 * way: `conflict` for a workspace in use or another version's backup, `invalid-input` for a file that is no whole backup.
 */
export async function readBackup(
  databaseUrl: string,
  path: string,
  onRows: (rows: number) => void,
): Promise<BackupCounts> {
  return withClient(databaseUrl, async (client) => {
    await client.query('BEGIN');
    try {
      for (const statement of ONE_SPELLING) await client.query(statement);
      await refuseIfInUse(client);
      const bytes = createGunzip();
      // Trouble with the file ends `bytes` and so comes out where they are read, when no statement is under way.
      join(createReadStream(path), bytes, () => undefined);
      const counts = await fill(client, bytes, onRows);
      await client.query('COMMIT');
      return counts;
    } catch (cause) {
      // A connection that is gone has rolled back already, and what went wrong first is what counts.
      await client.query('ROLLBACK').catch(() => undefined);
      if (cause instanceof AppError) throw cause;
      throw new AppError(
        'invalid-input',
        `${path} could not be restored and nothing was changed; is it a whole file made by \`earshot backup\`?`,
        { cause },
      );
    }
  });
}

async function fill(
  client: pg.Client,
  bytes: AsyncIterable<Uint8Array | string>,
  onRows: (rows: number) => void,
): Promise<BackupCounts> {
  const lines = readLines(bytes, { maxLineBytes: MOST_LINE_BYTES });
  const header = await acceptHeader(client, parse((await lines.next()).value));
  const tables = new Set(header.tables);
  const columns = await readColumns(client);
  await client.query('DELETE FROM workspace');
  let rows = 0;
  for await (const line of lines) {
    const part = Rows.parse(parse(line));
    if (!tables.has(part.table))
      throw new AppError('invalid-input', `The backup has rows of an unknown table ${part.table}`);
    const names = columns.get(part.table);
    await client.query(
      `INSERT INTO ${part.table} (${names}) SELECT ${names} FROM unnest($1::${part.table}[])`,
      [part.rows],
    );
    rows += part.rows.length;
    onRows(rows);
  }
  // From here on transaction ids go on where the backup's left off, so that the cut-offs of its digests still hold.
  await client.query('UPDATE workspace SET xid_offset = $1::bigint', [header.xmax]);
  // Where the sequences stood and not the highest ids: the number of a row that was deleted is never given again.
  await client.query(
    `SELECT setval(format('%I', name)::regclass, last::bigint) FROM json_to_recordset($1) AS s(name text, last text)
      WHERE name IN (SELECT sequencename FROM pg_sequences WHERE schemaname = 'public')`,
    [JSON.stringify(header.sequences)],
  );
  return { tables: header.tables.length, rows };
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // Without a listener a lost connection would end the process; the statement under way fails of it as well, and that is caught.
  client.on('error', () => undefined);
  await client.connect();
  return work(client).finally(() => client.end());
}

async function readHeader(client: pg.Client): Promise<z.infer<typeof Header>> {
  const { rows: cutOff } = await client.query<{ xmax: string }>(`SELECT earshot_cut_off()->>'xmax' AS xmax`);
  const { rows: sequences } = await client.query<{ name: string; last: string }>(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1`,
  );
  return {
    earshot: FORMAT,
    migrations: await readMigrations(client),
    xmax: cutOff[0]?.xmax ?? '0',
    tables: await tablesInOrder(client),
    sequences,
  };
}

/** The rows of a table as Postgres writes them, in parts of about {@link LINE_BYTES}. */
async function* readRows(client: pg.Client, table: string): AsyncGenerator<string[]> {
  await client.query(`DECLARE backup CURSOR FOR SELECT t::text AS row FROM ${table} t`);
  let size = MOST_ROWS;
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${size} FROM backup`);
    if (rows.length === 0) break;
    let [part, held, total]: [string[], number, number] = [[], 0, 0];
    for (const { row } of rows) {
      part.push(row);
      held += row.length;
      total += row.length;
      if (held < LINE_BYTES) continue;
      yield part;
      [part, held] = [[], 0];
    }
    if (part.length > 0) yield part;
    size = Math.max(1, Math.min(MOST_ROWS, Math.floor((LINE_BYTES * rows.length) / total)));
  }
  await client.query('CLOSE backup');
}

function parse(line: Line | void): unknown {
  return JSON.parse(line && 'text' in line ? line.text : '');
}

/** Throws AppError `conflict` for what another version wrote. */
async function acceptHeader(client: pg.Client, first: unknown): Promise<z.infer<typeof Header>> {
  const known = await readMigrations(client);
  const of = (version: string): AppError =>
    new AppError(
      'conflict',
      `The backup was made by another version of Earshot (${version}); restore it with that version, then update`,
    );
  const { earshot } = Header.pick({ earshot: true }).parse(first);
  if (earshot !== FORMAT) throw of(`its form is ${earshot}, here it is ${FORMAT}`);
  const header = Header.parse(first);
  if (header.migrations.join() !== known.join())
    throw of(`its last migration is ${header.migrations.at(-1)}, here it is ${known.at(-1)}`);
  // Names of tables become part of statements, so they must be ours.
  const ours = new Set(await tablesInOrder(client));
  const unknown = header.tables.filter((table) => !ours.has(table));
  if (unknown.length > 0)
    throw new AppError('invalid-input', 'The backup has tables that this version does not know; is it ours?');
  return header;
}

const FILE_TROUBLE = new Set([
  'EACCES',
  'EDQUOT',
  'EIO',
  'EISDIR',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);

function troubleOfWriting(path: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return FILE_TROUBLE.has(code)
    ? new AppError(
        'invalid-input',
        `The backup could not be written to ${path} (${code}); check the folder and the space on its disk`,
        { cause },
      )
    : new AppError('unavailable', 'The database went away, so there is no backup; try it again', { cause });
}

/** Locks what is looked at, so that nobody else begins to use the workspace meanwhile. */
async function refuseIfInUse(client: pg.Client): Promise<void> {
  await client.query('LOCK TABLE mention, config_version IN SHARE ROW EXCLUSIVE MODE');
  const { rows } = await client.query<{ used: boolean }>(
    'SELECT EXISTS (SELECT FROM mention) OR EXISTS (SELECT FROM config_version) AS used',
  );
  if (rows[0]?.used)
    throw new AppError(
      'conflict',
      'A backup is restored into an empty workspace only and this one holds data; set EARSHOT_DATA or DATABASE_URL to a new one',
    );
}

async function readMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1',
  );
  return rows.map(({ name }) => name);
}

/** Of each table the columns that are written; generated ones follow from them. */
async function readColumns(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ table: string; names: string }>(
    `SELECT table_name AS "table", string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS names
       FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY 1`,
  );
  return new Map(rows.map(({ table, names }) => [table, names]));
}

/** Our tables, each after those it refers to. */
async function tablesInOrder(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'rollup', 'rollup_change') ORDER BY 1`,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `SELECT conrelid::regclass::text AS "from", confrelid::regclass::text AS "to" FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  const ordered: string[] = [];
  const place = (name: string): void => {
    if (ordered.includes(name)) return;
    for (const { from, to } of references) if (from === name && to !== name) place(to);
    ordered.push(name);
  };
  for (const { name } of tables) place(name);
  return ordered;
}
