import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { csrfToken } from '../../../src/http/csrf.ts';
import { createSessionStore } from '../../../src/store/session-store.ts';
import { type Answer, expectError, type Http, openHttp, readAnswer } from './http-fixture.ts';

const PASSWORD = 'Straße über 7 Brücken 🌉 gehn';
const SIGNED_OUT = { 'x-csrf-token': 'signed-out' };

let http: Http;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
});
afterAll(() => http.close());
beforeEach(async () => {
  await http.fresh.database.execute('DELETE FROM rate_limit');
});

const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  http.ask(path, { method: 'POST', json, headers: { ...SIGNED_OUT, ...headers } });
const signIn = (email: string, password = PASSWORD, headers = {}) =>
  post('/api/v1/session', { email, password }, headers);
const get = (path: string, cookie: string, headers = {}) =>
  http.ask(path, { headers: { cookie, ...headers } });

/** `name=value` of the cookie that an answer sets. */
function cookieOf({ headers }: Answer): string {
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

const tokenOf = (cookie: string): string => cookie.split('=')[1] ?? '';

let people = 0;
/** Somebody with a password, chosen by an invitation. */
async function somebody(role: 'admin' | 'lead' = 'lead', password = PASSWORD) {
  people += 1;
  const admin = await http.signIn('admin');
  const email = `person-${people}@fernhill.example`;
  const body = { email, name: `Person ${people}`, role, departments: ['sales'] };
  const { link, person } = readAnswer(
    'addPerson',
    await admin.ask('/api/v1/people', { method: 'POST', json: body }),
    201,
  );
  const token = link.split('#')[1] ?? '';
  const answer = await post('/api/v1/session/invitation', { token, password });
  expect(answer.status, answer.text).toBe(200);
  return { id: person.id, email, token, cookie: cookieOf(answer), answer };
}

describe('the first administrator', () => {
  it('is made once, by the token that was printed last', async () => {
    const sessions = createSessionStore(http.fresh.database);
    expect(await sessions.needsAdministrator()).toBe(true);
    const [old, token] = [await sessions.offerFirstRun(), await sessions.offerFirstRun()];
    const given = { name: 'Ada', email: 'ada@fernhill.example', password: PASSWORD };
    const make = (token: string) => post('/api/v1/session/first-run', { ...given, token });

    expectError(await make(old), { status: 403, kind: 'forbidden' });
    expectError(await make('x'.repeat(43)), { status: 403, kind: 'forbidden' });
    const made = await Promise.all([make(token), make(token)]);

    expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    const first = made.find(({ status }) => status === 200);
    expect(first?.json()).toMatchObject({
      me: { name: 'Ada', role: 'admin' },
      needsAdministrator: false,
    });
    expectError(await make(await sessions.offerFirstRun()), { status: 403, kind: 'forbidden' });
    const [kept] = await http.fresh.database.query<{ all: string }>(
      'SELECT string_agg(t::text, $1) AS all FROM person_token t',
      ' ',
    );
    expect(kept?.all ?? '').not.toContain(token);
  });
});

describe('a password', () => {
  it('counts as typed, in whatever script, and is kept as argon2id of the cost we say', async () => {
    const long = `${PASSWORD} ${'a b c '.repeat(30)}`;
    const { email } = await somebody('lead', long);

    expect((await signIn(email, long)).status).toBe(200);
    expectError(await signIn(email, long.slice(0, -1)), { status: 401, kind: 'auth' });
    expectError(await signIn(email, long.toLowerCase()), { status: 401, kind: 'auth' });
    const [row] = await http.fresh.database.query<{ hash: string }>(
      'SELECT password_hash AS hash FROM person WHERE email = $1',
      email,
    );
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
  });

  it.each([
    ['fewer than 12 characters', 'short-word1'],
    ['among the first that anybody guesses', 'Password1234'],
    ['a pattern', 'abababababab'],
    ['a name', 'Person Guess 1!'],
  ])('is refused when it is %s', async (_, password) => {
    const admin = await http.signIn('admin');
    const email = 'person.guess@fernhill.example';
    await http.fresh.database.execute(
      `DELETE FROM person_token WHERE person_id IN (SELECT id FROM person WHERE email = $1)`,
      email,
    );
    await http.fresh.database.execute('DELETE FROM person WHERE email = $1', email);
    const body = { email, name: 'Person Guess', role: 'agent', departments: [] };
    const { link } = readAnswer(
      'addPerson',
      await admin.ask('/api/v1/people', { method: 'POST', json: body }),
      201,
    );

    const answer = await post('/api/v1/session/invitation', { token: link.split('#')[1], password });

    expectError(answer, { status: 400, kind: 'invalid-input' });
  });

  it('is refused alike for who is known, unknown, invited or disabled', async () => {
    const { email } = await somebody();
    const invited = await http.signIn('agent');
    const [row] = await http.fresh.database.query<{ email: string }>(
      'SELECT email FROM person WHERE id = $1::int',
      Number(invited.id),
    );
    const answers = [
      await signIn(email, 'wrong password'),
      await signIn('nobody@fernhill.example', 'wrong password'),
      await signIn(row?.email ?? '', 'wrong password'),
    ];

    const messages = answers.map((answer) => expectError(answer, { status: 401, kind: 'auth' }));
    expect(new Set(messages).size).toBe(1);
  });

  it('that is changed ends every other session and gives this one a new token', async () => {
    const { email, cookie } = await somebody();
    const other = cookieOf(await signIn(email));
    const change = (current: string, next: string) =>
      http.ask('/api/v1/session/password', {
        method: 'PUT',
        json: { current, next },
        headers: { cookie, 'x-csrf-token': csrfToken(tokenOf(cookie)) },
      });
    const next = 'quite another one, longer';

    expectError(await change('wrong password', next), { status: 403, kind: 'forbidden' });
    const changed = await change(PASSWORD, next);

    expect(readAnswer('changePassword', changed).me).toMatchObject({ email });
    for (const gone of [cookie, other])
      expectError(await get('/api/v1/cases', gone), { status: 401, kind: 'auth' });
    expect((await get('/api/v1/cases', cookieOf(changed))).status).toBe(200);
    expectError(await signIn(email, PASSWORD), { status: 401, kind: 'auth' });
    expect((await signIn(email, next)).status).toBe(200);
  });
});

describe('an invitation', () => {
  it('works once, and not after a newer one', async () => {
    const { id, token } = await somebody();
    const password = 'another password, long';

    expectError(await post('/api/v1/session/invitation', { token, password }), {
      status: 403,
      kind: 'forbidden',
    });
    const admin = await http.signIn('admin');
    const invite = async () => {
      const answer = await admin.ask(`/api/v1/people/${id}/invitation`, { method: 'POST' });
      return readAnswer('invitePerson', answer, 201).link.split('#')[1] ?? '';
    };
    const [older, newer] = [await invite(), await invite()];
    expectError(await post('/api/v1/session/invitation', { token: older, password }), {
      status: 403,
      kind: 'forbidden',
    });
    expect((await post('/api/v1/session/invitation', { token: newer, password })).status).toBe(200);
  });

  it('does not hold for ever', async () => {
    const { id } = await somebody();
    const admin = await http.signIn('admin');
    const answer = await admin.ask(`/api/v1/people/${id}/invitation`, { method: 'POST' });
    const token = readAnswer('invitePerson', answer, 201).link.split('#')[1];
    await http.fresh.database.execute('UPDATE person_token SET expires_at = now()');

    expectError(await post('/api/v1/session/invitation', { token, password: PASSWORD }), {
      status: 403,
      kind: 'forbidden',
    });
  });
});

describe('a session', () => {
  it('is a cookie that scripts and other sites do not get, and is kept as a hash alone', async () => {
    const { answer, cookie } = await somebody();

    expect(String(answer.headers['set-cookie'])).toMatch(
      /^earshot=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const rows = await http.fresh.database.query<{ hash: string }>('SELECT hash FROM session');
    expect(rows.map(({ hash }) => hash)).not.toContain(tokenOf(cookie));
    expect(readAnswer('getSession', await get('/api/v1/session', cookie)).me).toMatchObject({
      role: 'lead',
      departments: ['sales'],
    });
  });

  it('is a new one at every sign-in, and the one before is over', async () => {
    const { email, cookie } = await somebody();

    const again = await signIn(email, PASSWORD, { cookie, 'x-csrf-token': csrfToken(tokenOf(cookie)) });

    expect(cookieOf(again)).not.toBe(cookie);
    expectError(await get('/api/v1/cases', cookie), { status: 401, kind: 'auth' });
  });

  it.each([
    ['was not used for 30 minutes', `last_seen_at = now() - interval '30 minutes'`],
    ['is 8 hours old', 'expires_at = now()'],
  ])('that %s is over', async (_, change) => {
    const { cookie } = await somebody();
    expect((await get('/api/v1/cases', cookie)).status).toBe(200);

    await http.fresh.database.execute(`UPDATE session SET ${change}`);

    expectError(await get('/api/v1/cases', cookie), { status: 401, kind: 'auth' });
    expect(readAnswer('getSession', await get('/api/v1/session', cookie)).me).toBeNull();
  });

  it('goes on while it is used, up to its end', async () => {
    const { cookie } = await somebody();
    await http.fresh.database.execute(`UPDATE session SET last_seen_at = now() - interval '29 minutes'`);

    expect((await get('/api/v1/cases', cookie)).status).toBe(200);

    const [row] = await http.fresh.database.query<{ idle: number }>(
      'SELECT min(extract(epoch FROM now() - last_seen_at))::float8 AS idle FROM session',
    );
    expect(row?.idle).toBeLessThan(60);
  });

  it('is over after signing out, here or everywhere', async () => {
    const { email, cookie } = await somebody();
    const second = cookieOf(await signIn(email));
    const third = cookieOf(await signIn(email));
    const leave = (path: string, from: string) =>
      http.ask(path, {
        method: 'DELETE',
        headers: { cookie: from, 'x-csrf-token': csrfToken(tokenOf(from)) },
      });

    const answer = await leave('/api/v1/session', cookie);
    expect(String(answer.headers['set-cookie'])).toContain('Max-Age=0');
    expectError(await get('/api/v1/cases', cookie), { status: 401, kind: 'auth' });
    expect((await get('/api/v1/cases', second)).status).toBe(200);
    await leave('/api/v1/sessions', second);
    expectError(await get('/api/v1/cases', third), { status: 401, kind: 'auth' });
  });

  it('is not had by a cookie that was made up, changed, or is of the other name', async () => {
    const { cookie } = await somebody();
    const wrong = [`${cookie}x`, cookie.slice(0, -1), `earshot=${'A'.repeat(43)}`, `__Host-${cookie}`];

    for (const forged of wrong)
      expectError(await get('/api/v1/cases', forged), { status: 401, kind: 'auth' });
    expectError(await get('/api/v1/cases', cookie, { host: 'earshot.example' }), {
      status: 401,
      kind: 'auth',
    });
  });

  it('is over when the person may do something else, or nothing', async () => {
    const admin = await http.signIn('admin');
    for (const change of [{ role: 'agent' }, { departments: ['product'] }, { isDisabled: true }]) {
      const { id, cookie, email } = await somebody();

      const answer = await admin.ask(`/api/v1/people/${id}`, { method: 'PATCH', json: change });

      expect(readAnswer('changePerson', answer)).toMatchObject({ ...change, id });
      expectError(await get('/api/v1/cases', cookie), { status: 401, kind: 'auth' });
      expect((await signIn(email)).status).toBe('isDisabled' in change ? 401 : 200);
    }
  });
});

describe('from another machine', () => {
  it('nobody signs in over http, and is told why', async () => {
    const { email } = await somebody();

    const answer = await signIn(email, PASSWORD, { host: 'earshot.example' });

    expect(expectError(answer, { status: 403, kind: 'forbidden' })).toContain('https');
  });
});

describe('the sample workspace', () => {
  const click = (headers = {}) => post('/api/v1/session/demo', { role: 'executive' }, headers);

  it('is entered with one click at its own machine alone, and no other workspace is', async () => {
    const executive = await http.signIn('executive');
    expectError(await click(), { status: 403, kind: 'forbidden' });
    await http.fresh.database.execute('UPDATE workspace SET is_sample = true');

    const answer = await click();

    expect(readAnswer('signInToDemo', answer)).toMatchObject({
      me: { id: executive.id, role: 'executive' },
      canDemo: true,
    });
    for (const headers of [{ host: 'earshot.example' }, { 'x-forwarded-for': '203.0.113.7' }])
      expectError(await click(headers), { status: 403, kind: 'forbidden' });
    expect((await post('/api/v1/session/demo', { role: 'agent' })).status).toBe(400);
    await http.fresh.database.execute('UPDATE workspace SET is_sample = false');
  });
});

describe('behind https', () => {
  it('the cookie is one that only this host gets over https', async () => {
    const secure = await openHttp({ env: { EARSHOT_URL: 'https://earshot.example', HOST: '0.0.0.0' } });
    try {
      secure.admit();
      await secure.fresh.database.execute('UPDATE workspace SET is_sample = true');
      const visitor = await secure.signIn('executive');
      const headers = { host: 'earshot.example', cookie: `__Host-earshot=${visitor.token}` };
      const mine = await secure.ask('/api/v1/session', { headers });

      expect(readAnswer('getSession', mine)).toMatchObject({ me: { id: visitor.id }, canDemo: false });
      const left = await secure.ask('/api/v1/session', {
        method: 'DELETE',
        headers: { ...headers, 'x-csrf-token': csrfToken(visitor.token), origin: 'https://earshot.example' },
      });
      expect(String(left.headers['set-cookie'])).toMatch(
        /^__Host-earshot=; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=0$/,
      );
      // Not even at the machine itself, since others reach it as well.
      const click = await secure.ask('/api/v1/session/demo', {
        method: 'POST',
        json: { role: 'executive' },
        headers: SIGNED_OUT,
      });
      expectError(click, { status: 403, kind: 'forbidden' });
    } finally {
      await secure.close();
    }
  });
});
