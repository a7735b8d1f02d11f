import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';
import { AppError } from '../lib/app-error.ts';

const FORMAT = 1;
const ROWS_A_LINE = 500;

const Header = z.object({
  earshot: z.literal(FORMAT),
  migrations: z.array(z.string()),
  xmax: z.string(),
  tables: z.array(z.string()),
});
const Rows = z.object({ table: z.string(), rows: z.array(z.unknown()) });

export interface BackupCounts {
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes every table to a gzip file of JSON lines, as of one instant, while others go on writing. The file appears under its name
 * only when it is whole. Wake-ups are not in it: they can be found anew.
 */
export async function writeBackup(
  databaseUrl: string,
  path: string,
  onRows: (rows: number) => void,
): Promise<BackupCounts> {
  return withClient(databaseUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables = await tablesInOrder(client);
    let rows = 0;
    async function* lines(): AsyncGenerator<string> {
      const { rows: cutOff } = await client.query<{ xmax: string }>(
        `SELECT earshot_cut_off()->>'xmax' AS xmax`,
      );
      yield line({
        earshot: FORMAT,
        migrations: await readMigrations(client),
        xmax: cutOff[0]?.xmax ?? '0',
        tables,
      });
      for (const table of tables) {
        await client.query(`DECLARE backup CURSOR FOR SELECT row_to_json(t) AS row FROM ${table} t`);
        for (;;) {
          const { rows: found } = await client.query<{ row: unknown }>(`FETCH ${ROWS_A_LINE} FROM backup`);
          if (found.length === 0) break;
          rows += found.length;
          onRows(rows);
          yield line({ table, rows: found.map(({ row }) => row) });
        }
        await client.query('CLOSE backup');
      }
    }
    const draft = `${path}.part`;
    try {
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(draft, { mode: 0o600 }));
      await rename(draft, path);
    } catch (cause) {
      await rm(draft, { force: true });
      throw cause instanceof AppError
        ? cause
        : new AppError(
            'invalid-input',
            `The backup could not be written to ${path}; check the folder and the space on its disk`,
            { cause },
          );
    }
    return { tables: tables.length, rows };
  });
}

/** Reads a backup into an empty workspace of the same version: all of it or nothing. Throws AppError that says what stands in the way. */
export async function readBackup(
  databaseUrl: string,
  path: string,
  onRows: (rows: number) => void,
): Promise<BackupCounts> {
  return withClient(databaseUrl, async (client) => {
    await refuseIfInUse(client);
    const lines = createInterface({
      input: createReadStream(path).pipe(createGunzip()),
      crlfDelay: Number.POSITIVE_INFINITY,
    })[Symbol.asyncIterator]();
    try {
      await client.query('BEGIN');
      const header = Header.parse(parse((await lines.next()).value));
      const known = await readMigrations(client);
      if (header.migrations.join() !== known.join()) {
        throw new AppError(
          'conflict',
          `The backup was made by another version of Earshot (its last migration is ${header.migrations.at(-1)}, here it is ${known.at(-1)}); restore it with that version, then update`,
        );
      }
      await client.query('DELETE FROM workspace');
      let rows = 0;
      for (let next = await lines.next(); !next.done; next = await lines.next()) {
        const part = Rows.parse(parse(next.value));
        if (!header.tables.includes(part.table))
          throw new AppError('invalid-input', `The backup has rows of an unknown table ${part.table}`);
        await client.query(
          `INSERT INTO ${part.table} SELECT * FROM json_populate_recordset(NULL::${part.table}, $1::json)`,
          [JSON.stringify(part.rows)],
        );
        rows += part.rows.length;
        onRows(rows);
      }
      // From here on transaction ids go on where the backup's left off, so that the cut-offs of its digests still hold.
      await client.query('UPDATE workspace SET xid_offset = $1::bigint', [header.xmax]);
      await restartSequences(client, header.tables);
      await client.query('COMMIT');
      return { tables: header.tables.length, rows };
    } catch (cause) {
      await client.query('ROLLBACK');
      if (cause instanceof AppError) throw cause;
      throw new AppError(
        'invalid-input',
        `${path} could not be restored and nothing was changed; is it a whole file made by \`earshot backup\`?`,
        { cause },
      );
    }
  });
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return work(client).finally(() => client.end());
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function parse(text: unknown): unknown {
  return JSON.parse(String(text));
}

async function refuseIfInUse(client: pg.Client): Promise<void> {
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

/** Our tables, each after those it refers to. */
async function tablesInOrder(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
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

async function restartSequences(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await client.query<{ column: string; sequence: string }>(
      `SELECT column_name AS "column", pg_get_serial_sequence($1, column_name) AS sequence FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = $1 AND pg_get_serial_sequence($1, column_name) IS NOT NULL`,
      [table],
    );
    for (const { column, sequence } of rows) {
      await client.query(`SELECT setval($1, coalesce((SELECT max(${column}) FROM ${table}), 0) + 1, false)`, [
        sequence,
      ]);
    }
  }
}
