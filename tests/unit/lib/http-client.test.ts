import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/lib/app-error.ts';
import { createHttpClient, type HttpClient } from '../../../src/lib/http-client.ts';
import { type HttpStub, startHttpStub } from '../../support/stub-http.ts';

/** Names as a hostile or careless DNS would answer them. */
const ZONE: Record<string, readonly string[]> = {
  'localhost.': ['127.0.0.1', '::1'],
  localhost: ['127.0.0.1', '::1'],
  'metadata.google.internal': ['169.254.169.254'],
  'rebind.example': ['127.0.0.1'],
  'mixed.example': ['93.184.216.34', '10.0.0.1'],
  'mixed6.example': ['93.184.216.34', '::1'],
};

const resolve = async (hostname: string) => {
  const addresses = ZONE[hostname];
  if (addresses === undefined)
    throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

async function failureOf(call: Promise<unknown>): Promise<AppError> {
  const error = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error('The call did not end in an AppError.', { cause: error });
  return error;
}

describe('guarded HTTP client', () => {
  let stub: HttpStub;
  let client: HttpClient;
  let open: HttpClient;

  beforeEach(async () => {
    stub = await startHttpStub();
    client = createHttpClient({ privateNetworks: [], resolve });
    open = createHttpClient({ privateNetworks: ['127.0.0.0/8'] });
  });

  afterEach(async () => {
    await Promise.all([client.close(), open.close(), stub.close()]);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://metadata.google.internal/',
    'http://localhost./',
    'http://localhost/',
    'http://hooks.slack.com@127.0.0.1/',
    'http://user:hush-hush@hooks.slack.com/',
    'http:\\\\127.0.0.1\\',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'ftp://127.0.0.1/',
    'http://rebind.example/',
    'http://mixed.example/',
    'http://mixed6.example/',
    'http://93.184.216.34:22/',
    'http://93.184.216.34:25/',
    'http://mixed.example:5432/',
    'http://mixed.example:6379/',
    '/relative',
    '',
  ])('does not call %s', async (url) => {
    const error = await failureOf(client.request({ method: 'GET', url, timeoutMs: 2_000 }));

    expect(error.kind).toBe('invalid-input');
    expect(error.message).not.toMatch(/hush-hush|meta-data|passwd/);
  });

  it('does not follow a redirect into the house', async () => {
    stub.answerWith({ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' });

    const answer = await open.request({ method: 'GET', url: stub.url });

    expect([answer.status, answer.headers.location, stub.requests.length]).toEqual([
      302,
      'http://127.0.0.1:1/',
      1,
    ]);
  });

  it('checks the address each time it connects, not once', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    const turning = createHttpClient({
      privateNetworks: ['127.0.0.1'],
      resolve: async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 })),
    });
    stub.answerWith({ headers: { connection: 'close' } });
    const url = stub.url.replace('127.0.0.1', 'rebind.example');

    const first = await turning.request({ method: 'GET', url });
    const second = await failureOf(turning.request({ method: 'GET', url }));

    expect([first.status, second.kind]).toEqual([200, 'invalid-input']);
    await turning.close();
  });

  it('sends method, headers and body and gives back status, headers and body', async () => {
    stub.answerWith({ status: 418, headers: { 'X-Kind': 'tea' }, body: 'short and stout é' });

    const answer = await open.request({
      method: 'POST',
      url: `${stub.url}/pot?size=1`,
      headers: { 'content-type': 'text/plain' },
      body: 'pour é',
    });

    expect(answer).toMatchObject({ status: 418, body: 'short and stout é', truncated: false });
    expect(answer.headers['x-kind']).toBe('tea');
    expect(stub.requests).toMatchObject([
      { method: 'POST', path: '/pot?size=1', body: 'pour é', headers: { 'content-type': 'text/plain' } },
    ]);
  });

  it.each([
    [4, 'abcd', true],
    [6, 'abcdef', false],
    [0, '', false],
  ])('reads at most %i bytes of a body', async (maxBodyBytes, body, truncated) => {
    stub.answerWith({ body: 'abcdef' });

    expect(await open.request({ method: 'GET', url: stub.url, maxBodyBytes })).toMatchObject({
      body,
      truncated,
    });
  });

  it('gives the bytes of a body as they were sent', async () => {
    const body = Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0xe9]);
    stub.answerWith({ body });

    expect((await open.request({ method: 'GET', url: stub.url })).bytes).toEqual(body);
    expect((await open.request({ method: 'GET', url: stub.url, maxBodyBytes: 2 })).bytes).toEqual(
      body.subarray(0, 2),
    );
  });

  it.each([
    ['no answer', { hang: true }, 'did not answer in time'],
    ['a late answer', { delayMs: 10_000 }, 'did not answer in time'],
    ['a body that drips', { body: 'x'.repeat(1_000), dripMs: 20 }, 'did not answer in time'],
    ['a reset', { reset: 'before-answer' }, 'failed ('],
    ['a reset in the body', { reset: 'in-body' }, 'failed ('],
  ] as const)('calls it unavailable after %s and names the host alone', async (_name, script, words) => {
    stub.answerWith(script);
    const secret = 'key-of-ours';

    const error = await failureOf(
      open.request({
        method: 'POST',
        url: `${stub.url}/${secret}?k=${secret}`,
        headers: { authorization: secret },
        body: secret,
        timeoutMs: 300,
      }),
    );

    expect(error.kind).toBe('unavailable');
    expect(error.message).toContain(words);
    expect(error.message).toContain('127.0.0.1');
    expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain(secret);
  });

  it.each([
    ['https to a server that speaks no TLS', () => stub.url.replace('http:', 'https:')],
    ['a port where nobody listens', () => 'http://127.0.0.1:1/'],
  ])('calls it unavailable: %s', async (_name, url) => {
    expect((await failureOf(open.request({ method: 'GET', url: url() }))).kind).toBe('unavailable');
  });

  it('calls an unknown host unavailable', async () => {
    const error = await failureOf(client.request({ method: 'GET', url: 'https://gone.example/secret' }));

    expect([error.kind, error.message]).toEqual([
      'unavailable',
      'The call to gone.example failed (ENOTFOUND).',
    ]);
  });

  it('calls a header that cannot be sent a bug of ours', async () => {
    const call = open.request({ method: 'GET', url: stub.url, headers: { 'x-id': 'a\r\nb' } });

    expect((await failureOf(call)).kind).toBe('bug');
  });

  it('refuses plain http where TLS is asked for, save on listed networks', async () => {
    const plain = { method: 'GET', url: 'http://93.184.216.34/', requireTls: true } as const;

    expect((await failureOf(client.request(plain))).kind).toBe('invalid-input');
    expect((await open.request({ ...plain, url: stub.url })).status).toBe(200);
  });

  it('stops when it is told to', async () => {
    stub.answerWith({ hang: true });
    const stop = new AbortController();
    const call = failureOf(open.request({ method: 'GET', url: stub.url, signal: stop.signal }));
    await expect.poll(() => stub.requests.length).toBe(1);

    stop.abort();

    expect((await call).message).toContain('was stopped');
  });
});
