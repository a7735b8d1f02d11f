import { PrismaPg } from '@prisma/adapter-pg';
import { AppError } from '../lib/app-error.ts';
import { PrismaClient } from './generated/client.ts';

/**
 * Runs SQL through Prisma's raw queries. Conventions: ids are selected as text, counts as int, money as float8; rows go in as one
 * JSON parameter read with `json_to_recordset`, so that a statement takes hundreds of them.
 */
export interface Sql {
  query<Row>(statement: string, ...parameters: readonly unknown[]): Promise<Row[]>;
  /** Resolves to the number of rows touched. */
  execute(statement: string, ...parameters: readonly unknown[]): Promise<number>;
}

export interface Database extends Sql {
  /** Typed access for what is not hot. */
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

/** Connects lazily: the first query opens the first connection. Whatever it waits for, it waits a bounded time and throws `unavailable`. */
export function openDatabase(url: string, { connections = 10 }: DatabaseOptions = {}): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: connections,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    connectionTimeoutMillis: CONNECT_MS,
    lock_timeout: LOCK_MS,
    statement_timeout: TRANSACTION_MS,
    idle_in_transaction_session_timeout: TRANSACTION_MS,
  });
  const prisma = new PrismaClient({ adapter });
  const sql = sqlOf(prisma);
  return {
    query: (statement, ...parameters) => again(() => sql.query(statement, ...parameters)),
    execute: (statement, ...parameters) => again(() => sql.execute(statement, ...parameters)),
    prisma,
    transaction: (work) => again(() => transact(prisma, work)),
    close: () => prisma.$disconnect(),
  };
}

async function transact<T>(prisma: PrismaClient, work: (sql: Sql) => Promise<T>): Promise<T> {
  let failed: { readonly thrown: unknown } | null = null;
  try {
    return await prisma.$transaction(
      (transaction) =>
        work(sqlOf(transaction)).catch((thrown: unknown) => {
          failed = { thrown };
          throw thrown;
        }),
      { timeout: TRANSACTION_MS, maxWait: CONNECT_MS },
    );
  } catch (thrown) {
    // What Prisma says after `work` has failed is about its rollback.
    if (failed) return rethrow((failed as { thrown: unknown }).thrown);
    return rethrowStatement(thrown);
  }
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

type RawClient = Pick<PrismaClient, '$queryRawUnsafe' | '$executeRawUnsafe'>;

function sqlOf(client: RawClient): Sql {
  return {
    query: <Row>(statement: string, ...parameters: readonly unknown[]) =>
      client.$queryRawUnsafe<Row[]>(statement, ...parameters).catch(rethrowStatement),
    execute: (statement, ...parameters) =>
      client.$executeRawUnsafe(statement, ...parameters).catch(rethrowStatement),
  };
}

/** The driver reports a connection that broke off, or could not be had in time, as a plain Error without any code. */
function rethrowStatement(thrown: unknown): never {
  if (thrown instanceof Error && thrown.name === 'Error' && !('code' in thrown)) {
    throw new AppError('unavailable', 'The connection to the database broke off', { cause: thrown });
  }
  return rethrow(thrown);
}

/** Postgres undid the work because it stood in the way of somebody else's: a deadlock, or what could not be put in an order. */
const UNDONE = new Set(['P2034', '40001', '40P01']);

/** Connection trouble, waits that took too long and a full disk are theirs and pass; everything else about a statement of ours is ours. */
const PASSES = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
  'P2039',
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
const PASSING_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout']);

interface Trouble {
  readonly codes: readonly (string | undefined)[];
  readonly kind: string | undefined;
}

/** Where Prisma keeps what Postgres or the driver said. */
function troubleOf(thrown: unknown): Trouble {
  const error = (thrown ?? {}) as {
    code?: string;
    meta?: { code?: string; driverAdapterError?: { cause?: { originalCode?: string; kind?: string } } };
  };
  const original = error.meta?.driverAdapterError?.cause;
  return { codes: [error.code, error.meta?.code, original?.originalCode], kind: original?.kind };
}

function isUndone(thrown: unknown): boolean {
  const { codes, kind } = troubleOf(thrown);
  return kind === 'TransactionWriteConflict' || codes.some((code) => code !== undefined && UNDONE.has(code));
}

/** Whether a statement failed since its row was there already; ON CONFLICT is the way where that is expected. */
export function isUniqueViolation(thrown: unknown): boolean {
  return thrown instanceof AppError && troubleOf(thrown.cause).codes.includes('23505');
}

function rethrow(thrown: unknown): never {
  if (thrown instanceof AppError) throw thrown;
  const { codes, kind = '' } = troubleOf(thrown);
  const passes = PASSING_KINDS.has(kind) || codes.some((code) => code !== undefined && PASSES.has(code));
  if (passes || isUndone(thrown))
    throw new AppError('unavailable', 'The database does not answer just now', { cause: thrown });
  throw new AppError('bug', 'A database statement failed', { cause: thrown });
}
