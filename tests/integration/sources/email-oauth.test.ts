import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Dovecot, hasDovecot, NEEDS_DOVECOT, startDovecot } from '../../support/dovecot.ts';
import { emailDeps, faultOf, openMailbox } from '../../support/mailbox.ts';
import { type HttpStub, startHttpStub } from '../../support/stub-http.ts';
import { type ImapStub, startImapStub } from '../../support/stub-imap.ts';

const live = (): AbortSignal => new AbortController().signal;
const json = (status: number, body: object) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

let giver: HttpStub;
beforeEach(async () => {
  giver = await startHttpStub();
  return () => giver.close();
});

function refreshing(): Readonly<Record<string, unknown>> {
  const refresh = { client_id: 'earshot', client_secret: 'client-secret', refresh_token: 'refresh-1' };
  return { password: undefined, oauth: { ...refresh, token_url: `${giver.url}/token` } };
}

describe('login by access token', () => {
  let imap: ImapStub;
  beforeEach(async () => {
    imap = await startImapStub({ logins: 'AUTH=XOAUTH2' });
    return () => imap.close();
  });

  const saslOf = (stub: ImapStub): string[] =>
    stub.lines
      .filter((line) => line.includes('AUTHENTICATE'))
      .map((line) => Buffer.from(line.split(' ').at(-1) ?? '', 'base64').toString());

  it('sends the token as XOAUTH2 wants it', async () => {
    const options = { password: undefined, oauth: { token: 'token-1' } };

    await openMailbox(imap.port, 'anna@acme.example', { options }).check(live());

    expect(saslOf(imap)).toEqual(['user=anna@acme.example\u0001auth=Bearer token-1\u0001\u0001']);
  });

  it('buys a token with the refresh token and keeps it until it expires', async () => {
    giver.answerWith([
      json(200, { access_token: 'token-1', expires_in: 3600, refresh_token: 'refresh-2' }),
      json(200, { access_token: 'token-2', expires_in: 3600 }),
    ]);
    let now = Date.now();
    const deps = emailDeps(() => new Date(now));
    const source = openMailbox(imap.port, 'anna', { options: refreshing(), deps });

    await source.check(live());
    now += 50 * 60_000;
    await source.check(live());
    now += 10 * 60_000;
    await source.check(live());

    expect(saslOf(imap).map((sasl) => /token-\d/.exec(sasl)?.[0])).toEqual(['token-1', 'token-1', 'token-2']);
    const asked = giver.requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
    const client = { grant_type: 'refresh_token', client_id: 'earshot', client_secret: 'client-secret' };
    expect(asked).toEqual([
      { ...client, refresh_token: 'refresh-1' },
      { ...client, refresh_token: 'refresh-2' },
    ]);
  });

  it('buys another token when the server no longer takes the kept one, and asks for a person when it takes no fresh one', async () => {
    giver.answerWith(json(200, { access_token: 'token-1', expires_in: 3600 }));
    const source = openMailbox(imap.port, 'anna', { options: refreshing() });
    await source.check(live());
    imap.answerWith({ logins: 'AUTH=XOAUTH2', login: 'NO [AUTHENTICATIONFAILED] Bearer token-1 is expired' });

    expect(await faultOf(source.check(live()))).toMatchObject({ kind: 'unavailable' });
    const fault = await faultOf(source.check(live()));

    expect(fault).toMatchObject({ kind: 'auth', message: expect.stringContaining('sign in again') });
    expect(String(fault)).not.toContain('token-1');
    expect(giver.requests).toHaveLength(2);
  });

  it.each([
    [
      json(400, { error: 'invalid_grant', error_description: 'refresh-1' }),
      'auth',
      /400 invalid_grant.*sign in again/,
    ],
    [json(401, { error: 'invalid_client' }), 'auth', /401 invalid_client/],
    [json(400, { error: 'client-secret!' }), 'auth', /\(400\)/],
    [json(503, {}), 'unavailable', /\(503\)/],
    [json(429, {}), 'unavailable', /\(429\)/],
    [{ status: 200, body: 'not json' }, 'unavailable', /gave no access token/],
  ])('says what a refused refresh means: %j', async (answer, kind, message) => {
    giver.answerWith(answer);

    const fault = await faultOf(openMailbox(imap.port, 'anna', { options: refreshing() }).check(live()));

    expect(fault).toMatchObject({ kind, message: expect.stringMatching(message) });
    expect(fault).not.toHaveProperty('cause');
    expect(String(fault)).not.toMatch(/refresh-1|client-secret/);
    expect(imap.lines).toEqual([]);
  });

  it('says when the server takes no access tokens', async () => {
    imap.answerWith({ logins: 'AUTH=PLAIN' });
    const options = { password: undefined, oauth: { token: 'token-1' } };

    expect(await faultOf(openMailbox(imap.port, 'anna', { options }).check(live()))).toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('no login by access token'),
    });
  });

  it('tells a server that is busy from a wrong password', async () => {
    imap.answerWith({ login: 'NO [UNAVAILABLE] later' });

    expect(await faultOf(openMailbox(imap.port, 'anna').check(live()))).toMatchObject({
      kind: 'unavailable',
    });
  });
});

describe.skipIf(!hasDovecot)(`a Dovecot that takes access tokens${NEEDS_DOVECOT}`, () => {
  let dovecot: Dovecot;
  let introspection: HttpStub;
  beforeAll(async () => {
    introspection = await startHttpStub(({ body }) =>
      json(200, { active: new URLSearchParams(body).get('token') === 'token-1', email: 'anna' }),
    );
    dovecot = await startDovecot({ introspectionUrl: `${introspection.url}/introspect` });
  });
  afterAll(async () => {
    await dovecot?.close();
    await introspection?.close();
  });

  it('lets in who has a good one, and nobody else', async () => {
    dovecot.deliver({ user: 'anna' }, 'From: ben@acme.example\r\nSubject: Order\r\n\r\nText.\r\n');
    giver.answerWith(json(200, { access_token: 'token-1' }));
    const expired = { password: undefined, oauth: { token: 'token-0' } };

    const page = await openMailbox(dovecot.port, 'anna', { options: refreshing() }).fetchPage(null, live());
    const fault = await faultOf(openMailbox(dovecot.port, 'anna', { options: expired }).check(live()));

    expect(page.mentions).toMatchObject([{ text: 'Order\n\nText.' }]);
    expect(fault).toMatchObject({ kind: 'auth', message: expect.stringContaining('AUTHENTICATIONFAILED') });
  });
});
