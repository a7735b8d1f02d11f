import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { SignInLimit } from '../domain/ports/identity-store.ts';
import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';

const WINDOW_SECONDS = 15 * 60;

/** By person and address together, so that nobody locks a person out from elsewhere; by address, against one that tries many people. */
const LIMITS = { pair: 10, address: 100 } as const;

/** The statement of the library counts and reads at once, so that of any number of parallel tries only so many pass. */
export function createSignInLimit(sql: Sql): SignInLimit {
  const limiter = (name: keyof typeof LIMITS): RateLimiterPostgres =>
    new RateLimiterPostgres({
      storeClient: { query: queryOf(sql) },
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: `sign-in ${name}`,
      points: LIMITS[name],
      duration: WINDOW_SECONDS,
    });
  const [pair, byAddress] = [limiter('pair'), limiter('address')];
  return {
    async take(email, address) {
      const network = networkOf(address);
      await byAddress.consume(network).catch(refuse);
      await pair.consume(pairKey(email, network)).catch(refuse);
    },
    async giveBack(email, address) {
      const network = networkOf(address);
      await byAddress.reward(network);
      await pair.delete(pairKey(email, network));
      await sql.execute('DELETE FROM rate_limit WHERE expire < $1::bigint', String(Date.now()));
    },
  };
}

function refuse(thrown: unknown): never {
  if (!(thrown instanceof RateLimiterRes)) throw thrown;
  const retryAt = new Date(Date.now() + thrown.msBeforeNext);
  throw new AppError(
    'rate-limited',
    `Too many wrong passwords; try again in ${Math.ceil(thrown.msBeforeNext / 60_000)} min`,
    { retryAt },
  );
}

/** The far end, or its /64: whoever has one IPv6 address has all of those. */
function networkOf(address: string): string {
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6'
    ? parsed.toNormalizedString().split(':').slice(0, 4).join(':')
    : parsed.toString();
}

/** No mail address stands in the table. */
function pairKey(email: string, network: string): string {
  return createHash('sha256').update(`${email} ${network}`).digest('hex');
}

/** Our connection in the form of node-postgres, which the library speaks. */
function queryOf(sql: Sql) {
  return async ({ text, values }: { text: string; values: readonly unknown[] }) => {
    const parameters = values.map((value) => (typeof value === 'number' ? BigInt(Math.trunc(value)) : value));
    const rows = await sql.query<{ points: number; expire: bigint | null }>(text, ...parameters);
    return {
      rowCount: rows.length,
      rows: rows.map(({ points, expire }) => ({ points, expire: expire === null ? null : Number(expire) })),
    };
  };
}
