import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPasswords, type Passwords } from '../../../src/lib/passwords.ts';
import { createSignInLimit } from '../../../src/store/sign-in-limit.ts';
import { expectError, type Http, openHttp } from './http-fixture.ts';

const PASSWORD = 'seven hills and one river';
const EMAIL = 'dana@fernhill.example';
const HOST = { 'x-csrf-token': 'signed-out' };

let http: Http;
let evaluated: number;
beforeAll(async () => {
  const passwords = createPasswords();
  const counting: Passwords = {
    ...passwords,
    verify: (kept, password) => {
      evaluated += 1;
      return passwords.verify(kept, password);
    },
  };
  http = await openHttp({ deps: { passwords: counting } });
  http.admit();
  await http.fresh.database.execute(
    `INSERT INTO person (email, name, role, password_hash) VALUES ($1, 'Dana', 'agent', $2)`,
    EMAIL,
    await passwords.hash(PASSWORD),
  );
});
afterAll(() => http.close());
beforeEach(async () => {
  evaluated = 0;
  await http.fresh.database.execute('DELETE FROM rate_limit');
});

const guess = (password: string, { email = EMAIL, from = '127.0.0.1', headers = {} } = {}) =>
  http.ask('/api/v1/session', {
    method: 'POST',
    json: { email, password },
    from,
    headers: { ...HOST, ...headers },
  });

describe('two hundred guesses at once', () => {
  it('get ten evaluated at most, and the right one afterwards is refused until the wait is over', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => guess(`wrong guess number ${index}`)),
    );

    expect(evaluated).toBeLessThanOrEqual(10);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
    const refused = await guess(PASSWORD);
    expectError(refused, { status: 429, kind: 'rate-limited' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
    await http.fresh.database.execute('UPDATE rate_limit SET expire = 0');
    expect((await guess(PASSWORD)).status).toBe(200);
  });

  it('lock nobody out who comes from elsewhere', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => guess(`wrong guess number ${index}`)));

    expect((await guess(PASSWORD, { from: '127.0.0.2' })).status).toBe(200);
    expectError(await guess(PASSWORD), { status: 429, kind: 'rate-limited' });
  });

  it('are not told apart by what a header says of where they come from', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        guess(`wrong guess number ${index}`, { headers: { 'x-forwarded-for': `203.0.113.${index}` } }),
      ),
    );

    expect(evaluated).toBeLessThanOrEqual(10);
  });

  it('on many people from one address stop as well', async () => {
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, index) =>
        guess('a popular password', { email: `person-${index}@fernhill.example` }),
      ),
    );

    expect(answers.filter(({ status }) => status === 401)).toHaveLength(100);
    expectError(await guess(PASSWORD), { status: 429, kind: 'rate-limited' });
  });
});

describe('the count', () => {
  it('is one for all processes', async () => {
    const [one, other] = [createSignInLimit(http.fresh.database), createSignInLimit(http.fresh.database)];

    const ends = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : other).take(EMAIL, '::ffff:127.0.0.1'),
      ),
    );

    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('starts anew when the person gets in, and holds no mail address', async () => {
    for (let round = 0; round < 9; round++) await guess('wrong password');
    expect((await guess(PASSWORD)).status).toBe(200);
    for (let round = 0; round < 9; round++)
      expectError(await guess('wrong password'), { status: 401, kind: 'auth' });

    const [row] = await http.fresh.database.query<{ all: string }>(
      `SELECT string_agg(r::text, ' ') AS all FROM rate_limit r`,
    );
    expect(row?.all).not.toContain('dana');
  });

  it('takes the addresses that one IPv6 user has for one', async () => {
    const limit = createSignInLimit(http.fresh.database);

    const ends = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => limit.take(EMAIL, `2001:db8:1:2::${index.toString(16)}`)),
    );

    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await expect(limit.take(EMAIL, '2001:db8:1:3::1')).resolves.toBeUndefined();
  });
});

describe('the time to answer', () => {
  it('is a hash in either case, known or not', async () => {
    await guess('wrong password');
    await guess('wrong password', { email: 'nobody@fernhill.example' });

    expect(evaluated).toBe(2);
  });
});
