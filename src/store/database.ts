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
  /** All of `work` commits together or not at all. READ COMMITTED. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface DatabaseOptions {
  /** Most connections this process opens. */
  readonly connections?: number;
}

/** Connects lazily: the first query opens the first connection. */
export function openDatabase(url: string, { connections = 10 }: DatabaseOptions = {}): Database {
  const adapter = new PrismaPg({ connectionString: url, max: connections, connectionTimeoutMillis: 5_000 });
  const prisma = new PrismaClient({ adapter });
  return {
    ...sqlOf(prisma),
    prisma,
    transaction: (work) =>
      prisma
        .$transaction((transaction) => work(sqlOf(transaction)), { timeout: 60_000, maxWait: 10_000 })
        .catch(rethrow),
    close: () => prisma.$disconnect(),
  };
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

/** The driver reports a connection that broke in the middle of a statement as an Error without any code. */
function rethrowStatement(thrown: unknown): never {
  if (thrown instanceof Error && !('code' in thrown) && !('clientVersion' in thrown)) {
    throw new AppError('unavailable', 'The connection to the database broke off', { cause: thrown });
  }
  return rethrow(thrown);
}

/** Connection trouble is theirs and passes; everything else about a statement of ours is ours. */
const CONNECTION_TROUBLE = new Set([
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
  '08006',
  '08001',
  '53300',
  '40001',
  '40P01',
]);

function rethrow(thrown: unknown): never {
  if (thrown instanceof AppError) throw thrown;
  const error = thrown as {
    code?: string;
    meta?: { code?: string; driverAdapterError?: { cause?: { originalCode?: string; kind?: string } } };
  };
  const original = error.meta?.driverAdapterError?.cause;
  const codes = [error.code, error.meta?.code, original?.originalCode];
  if (
    codes.some((code) => code !== undefined && CONNECTION_TROUBLE.has(code)) ||
    original?.kind === 'DatabaseNotReachable' ||
    original?.kind === 'ConnectionClosed'
  ) {
    throw new AppError('unavailable', 'The database does not answer just now', { cause: thrown });
  }
  throw new AppError('bug', 'A database statement failed', { cause: thrown });
}
