import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { AppError } from '../lib/app-error.ts';
import { PrismaClient } from './generated/client.ts';

/**
 * Runs SQL on the driver itself: Prisma's raw queries write and read every parameter as JSON once more, a fifth of what a worker
 * computes. Conventions: ids are selected as text, counts as int, money as float8; rows go in as one JSON parameter read with
 * `json_to_recordset`, so that a statement takes hundreds of them.
 */
export interface Sql {
  query<Row>(statement: string, ...parameters: readonly unknown[]): Promise<Row[]>;
  /** Resolves to the number of rows touched. */
  execute(statement: string, ...parameters: readonly unknown[]): Promise<number>;
}

export interface Database extends Sql {
  /** Typed access for what is not hot, over the same connections. */
  readonly prisma: PrismaClient;
  /** All of `work` commits together or not at all. READ COMMITTED. After a deadlock it is done again from its beginning. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface DatabaseOptions {
  /** Most connections this process opens. */
  readonly connections?: number;
}

/** The longest that a statement waits for a free connection, or for a new one to come about. */
const CONNECT_MS = 2_000;
/** The longest that a statement waits for rows that somebody else holds. */
const LOCK_MS = 10_000;
/** The longest that a statement or a transaction lasts; a transaction of a machine that vanished is let go by Postgres after it. */
const TRANSACTION_MS = 60_000;
/** How long a connection may be silent before it is asked whether it is still there. */
const KEEP_ALIVE_MS = 10_000;
/** How often work is tried that Postgres undid for the sake of somebody else's. */
const TRIES = 3;

/** Whole numbers of eight bytes are bigint, a date is its first moment in UTC; all else is as the driver reads it. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === pg.types.builtins.INT8) return BigInt;
    if (oid === pg.types.builtins.DATE) return (text: string) => new Date(`${text}T00:00:00Z`);
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

/** Connects lazily: the first query opens the first connection. Whatever it waits for, it waits a bounded time and throws `unavailable`. */
export function openDatabase(url: string, { connections = 10 }: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    connectionTimeoutMillis: CONNECT_MS,
    lock_timeout: LOCK_MS,
    statement_timeout: TRANSACTION_MS,
    idle_in_transaction_session_timeout: TRANSACTION_MS,
    types: TYPES,
  });
  pool.on('error', IGNORED);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const sql = sqlOf((query) => pool.query(query));
  let closing: Promise<void> | null = null;
  return {
    query: (statement, ...parameters) => again(() => sql.query(statement, ...parameters)),
    execute: (statement, ...parameters) => again(() => sql.execute(statement, ...parameters)),
    prisma,
    transaction: (work) => again(() => transact(pool, work)),
    close() {
      closing ??= prisma.$disconnect().then(() => pool.end());
      return closing;
    },
  };
}

/** A connection that breaks shows in the statement that needs it; one that nobody uses is simply replaced. */
const IGNORED = (): void => undefined;

async function transact<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(rethrowStatement);
  client.on('error', IGNORED);
  let broken: Error | undefined;
  const run = inTime((query) => client.query(query));
  try {
    await run.query({ text: 'BEGIN' }).catch(rethrowStatement);
    const result = await work(sqlOf(run.query));
    await run.query({ text: 'COMMIT' }).catch(rethrowStatement);
    return result;
  } catch (thrown) {
    // One that cannot even roll back is of no use to anybody.
    await client.query('ROLLBACK').catch((error: Error) => {
      broken = error;
    });
    return rethrow(thrown);
  } finally {
    run.end();
    client.off('error', IGNORED);
    client.release(broken);
  }
}

type Run = (query: pg.QueryConfig) => Promise<pg.QueryResult>;

/** Refuses statements of a transaction that lasts too long or has ended: its connection is somebody else's by then. */
function inTime(run: Run): { readonly query: Run; end(): void } {
  let end = performance.now() + TRANSACTION_MS;
  return {
    async query(query) {
      if (performance.now() > end) throw new AppError('unavailable', 'The transaction is over');
      return run(query);
    },
    end() {
      end = 0;
    },
  };
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES || !(error instanceof AppError) || !isUndone(error.cause)) throw error;
    }
  }
}

function sqlOf(run: Run): Sql {
  return {
    query: async <Row>(text: string, ...parameters: readonly unknown[]) =>
      (await run({ text, values: parameters.map(toValue) }).catch(rethrowStatement)).rows as Row[],
    execute: async (text, ...parameters) =>
      (await run({ text, values: parameters.map(toValue) }).catch(rethrowStatement)).rowCount ?? 0,
  };
}

/** The driver would write a Date as the time of day of this machine. */
function toValue(parameter: unknown): unknown {
  return parameter instanceof Date ? parameter.toISOString() : parameter;
}

/** The driver reports a connection that broke off, or could not be had in time, as a plain Error without any code. */
function rethrowStatement(thrown: unknown): never {
  if (thrown instanceof Error && thrown.name === 'Error' && !('code' in thrown)) {
    throw new AppError('unavailable', 'The connection to the database broke off', { cause: thrown });
  }
  return rethrow(thrown);
}

/** Postgres undid the work because it stood in the way of somebody else's: a deadlock, or what could not be put in an order. */
const UNDONE = new Set(['40001', '40P01']);

/** Connection trouble, waits that took too long and a full disk are theirs and pass; everything else about a statement of ours is ours. */
const PASSES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '57014',
  '55P03',
  '25P03',
  '08006',
  '08001',
  '53100',
  '53200',
  '53300',
]);

/** What Postgres or the system calls the trouble. */
function codeOf(thrown: unknown): string {
  return (thrown as { code?: string } | undefined)?.code ?? '';
}

function isUndone(thrown: unknown): boolean {
  return UNDONE.has(codeOf(thrown));
}

/** Whether a statement failed since its row was there already; ON CONFLICT is the way where that is expected. */
export function isUniqueViolation(thrown: unknown): boolean {
  return thrown instanceof AppError && codeOf(thrown.cause) === '23505';
}

function rethrow(thrown: unknown): never {
  if (thrown instanceof AppError) throw thrown;
  if (PASSES.has(codeOf(thrown)) || isUndone(thrown))
    throw new AppError('unavailable', 'The database does not answer just now', { cause: thrown });
  throw new AppError('bug', 'A database statement failed', { cause: thrown });
}
