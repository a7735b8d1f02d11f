import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, expectError, type Http, openHttp } from './http-fixture.ts';

let http: Http;
let key: string;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  key = await http.key('intake');
});
afterAll(() => http.close());

let ids = 0;
function mention(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  ids += 1;
  return {
    id: `m-${ids}`,
    text: 'The price is too high',
    author: { handle: 'ann' },
    occurred_at: new Date().toISOString(),
    ...changes,
  };
}

function send(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return http.ask('/api/v1/mentions', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
}

async function stored(
  id: unknown,
): Promise<{ text: string; handle: string | null; url: string | null } | undefined> {
  const [row] = await http.fresh.database.query<{ text: string; handle: string | null; url: string | null }>(
    `SELECT r.text, w.handle, m.url FROM mention m JOIN revision r ON r.mention_id = m.id JOIN author w ON w.id = m.author_id WHERE m.external_id = $1`,
    String(id),
  );
  return row;
}

describe('who may push mentions', () => {
  it.each<[string, () => Promise<Record<string, string>>]>([
    ['without a key', async () => ({})],
    ['with a wrong key', async () => ({ authorization: 'Bearer earshot_wrong' })],
    ['with a key in another form', async () => ({ authorization: `Basic ${key}` })],
    ['with a key that may only read', async () => ({ authorization: `Bearer ${await http.key('read')}` })],
    [
      'with a revoked key',
      async () => {
        const revoked = await http.key('intake');
        await http.fresh.database.execute(
          `UPDATE api_key SET revoked_at = now() WHERE id = (SELECT max(id) FROM api_key)`,
        );
        return { authorization: `Bearer ${revoked}` };
      },
    ],
  ])('nobody %s, and nothing is read of what they send', async (_, headersOf) => {
    const answer = await http.ask('/api/v1/mentions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await headersOf()) },
      body: '{ not even JSON',
    });

    const message = expectError(answer, { status: 401, kind: 'auth' });
    expect(message).toContain('earshot keys add');
    expect(message).not.toContain(key);
  });

  it('a key of scope intake, and its use is noted', async () => {
    expect((await send({ source: 'shop', mentions: [mention()] })).status).toBe(202);
    expect(
      await http.fresh.database.query(
        `SELECT 1 FROM api_key WHERE name = 'key-0' AND last_used_at IS NOT NULL`,
      ),
    ).toHaveLength(1);
  });
});

describe('what is answered', () => {
  it('counts what is new and what was there, and the same call twice changes nothing', async () => {
    const call = { source: 'shop', mentions: [mention(), mention(), mention()] };

    const [first, second] = [await send(call), await send(call)];

    expect([first.status, first.json()]).toEqual([202, { accepted: 3, duplicate: 0, rejected: [] }]);
    expect([second.status, second.json()]).toEqual([202, { accepted: 0, duplicate: 3, rejected: [] }]);
  });

  it('names each bad mention with its place and its fault, and takes the good ones', async () => {
    const good = [mention(), mention()];
    const answer = await send({
      source: 'shop',
      mentions: [
        good[0],
        mention({ text: '' }),
        mention({ author: {} }),
        'no mention at all',
        null,
        mention({ occurred_at: '2026-11-23 09:30' }),
        mention({ url: 'javascript:alert(1)' }),
        mention({ reach: -1 }),
        mention({ kind: 'tweet' }),
        mention({ id: '' }),
        good[1],
      ],
    });

    const { accepted, rejected } = answer.json() as {
      accepted: number;
      rejected: { index: number; reason: string }[];
    };
    expect(accepted).toBe(2);
    expect(rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(rejected[0]?.reason).toBe('text: is empty');
    expect(rejected[1]?.reason).toBe('author: needs a handle, a name or an email');
    expect(rejected[4]?.reason).toContain('must be ISO 8601 with a zone');
    for (const { reason } of rejected) expect(reason).toMatch(/\S/);
  });

  it.each([
    ['before there was anything to post on', '0001-01-01T00:00:00Z'],
    ['in the year zero', '0000-01-01T00:00:00Z'],
    ['beyond what a date can say', '9999-12-31T23:59:59-12:00'],
    ['next year', new Date(Date.now() + 365 * 86_400_000).toISOString()],
  ])('rejects a mention dated %s and takes the others', async (_, occurred_at) => {
    const good = mention();

    const answer = await send({ source: 'shop', mentions: [mention({ occurred_at }), good] });

    expect([answer.status, answer.json()]).toEqual([
      202,
      {
        accepted: 1,
        duplicate: 0,
        rejected: [{ index: 0, reason: expect.stringContaining('occurred_at: ') }],
      },
    ]);
  });

  it('takes a number for an id and a mention with every field', async () => {
    const answer = await send({
      source: 'shop',
      mentions: [
        mention({
          id: 42,
          author: { handle: '@Ann', name: 'Ann B', email: 'Ann@Acme.example' },
          url: 'https://shop.example/r/42',
          lang: 'en-GB',
          thread: 't-1',
          reach: 1_000,
          platform: 'trustpilot',
          kind: 'review',
        }),
      ],
    });

    expect(answer.json()).toMatchObject({ accepted: 1, rejected: [] });
    expect(await stored(42)).toMatchObject({ handle: 'Ann', url: 'https://shop.example/r/42' });
  });
});

describe('a call that cannot be taken', () => {
  it.each<[string, () => unknown, string]>([
    [
      'of more than 1,000',
      () => ({ source: 's', mentions: Array.from({ length: 1_001 }, () => mention()) }),
      'more than 1000',
    ],
    ['of none', () => ({ source: 's', mentions: [] }), 'mentions'],
    ['without a source', () => ({ mentions: [mention()] }), 'source'],
    ['with a source that is no name', () => ({ source: '../etc', mentions: [mention()] }), 'source'],
    ['with keys of its own', () => ({ source: 's', mentions: [mention()], role: 'admin' }), 'role'],
    [
      'with __proto__',
      () => `{"source":"s","mentions":[${JSON.stringify(mention())}],"__proto__":{"admin":true}}`,
      '__proto__',
    ],
    ['that is a list', () => [mention()], 'expected object'],
    ['of broken JSON', () => '{"source": "s", "mentions": [', 'not valid JSON'],
    ['of a bare word', () => '"hello"', 'not valid JSON'],
    ['of nothing', () => '', 'source'],
    ['too deep', () => `{"source":"s","mentions":[${'['.repeat(200_000)}${']'.repeat(200_000)}]}`, 'nested'],
    [
      'of keys too deep',
      () => `{"source":"s","mentions":[${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}]}`,
      'nested',
    ],
    ['too large', () => ({ source: 's', mentions: [mention({ text: 'x'.repeat(9_000_000) })] }), 'too large'],
  ])('%s is refused with the reason', async (_, bodyOf, reason) => {
    const answer = await send(bodyOf());

    expect(expectError(answer, { status: 400, kind: 'invalid-input' })).toContain(reason);
  });

  it.each([
    ['another content type', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['an unknown encoding', { 'content-encoding': 'squeeze' }],
    ['an unknown charset', { 'content-type': 'application/json; charset=latin-9000' }],
    ['a body that is not what its encoding says', { 'content-encoding': 'gzip' }],
  ])('as %s is refused', async (_, headers) => {
    expectError(await send({ source: 's', mentions: [mention()] }, headers), {
      status: 400,
      kind: 'invalid-input',
    });
  });

  it('leaves nothing behind', async () => {
    const before = await http.fresh.database.query('SELECT id FROM ingest_batch');

    await send({ source: 's', mentions: Array.from({ length: 1_001 }, () => mention()) });

    expect(await http.fresh.database.query('SELECT id FROM ingest_batch')).toEqual(before);
  });
});

describe('texts that a database or a page could choke on', () => {
  it.each<[string, string, string]>([
    ['NUL', 'bad\u0000 price', 'bad price'],
    ['a lone surrogate', 'bad \ud83d price', 'bad \ufffd price'],
    ['markup', '<script>alert(1)</script> bad price', '<script>alert(1)</script> bad price'],
    ['SQL', `'); DROP TABLE mention; -- bad price`, `'); DROP TABLE mention; -- bad price`],
    ['emoji and other scripts', 'Prix \u{1f621} 価格 \u202e السعر', 'Prix \u{1f621} 価格 \u202e السعر'],
  ])('are stored safely: %s', async (_, text, kept) => {
    const one = mention({ text });

    expect((await send({ source: 'shop', mentions: [one] })).json()).toMatchObject({ accepted: 1 });

    expect((await stored(one.id))?.text).toBe(kept);
  });

  it.each(['id', 'thread', 'author'])('are stored safely in %s', async (field) => {
    const hostile = `${field}-\u0000-\ud83d-<b>-${ids}`;
    const one = mention({ [field]: field === 'author' ? { handle: hostile, name: hostile } : hostile });

    expect((await send({ source: 'shop', mentions: [one] })).json()).toMatchObject({
      accepted: 1,
      rejected: [],
    });
  });

  it('ignores __proto__ and constructor in a mention', async () => {
    const body = JSON.stringify({ source: 'shop', mentions: [mention()] }).replace(
      '"text"',
      '"__proto__":{"kind":"mail","isOurs":true},"constructor":{"prototype":{"x":1}},"text"',
    );

    expect((await send(body)).json()).toMatchObject({ accepted: 1, rejected: [] });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(await http.fresh.database.query(`SELECT 1 FROM mention WHERE is_ours OR kind = 'mail'`)).toEqual(
      [],
    );
  });

  it('takes a full call of 1,000 in one go', async () => {
    const mentions = Array.from({ length: 1_000 }, () => mention({ text: 'x'.repeat(2_000) }));

    expect((await send({ source: 'bulk', mentions })).json()).toEqual({
      accepted: 1_000,
      duplicate: 0,
      rejected: [],
    });
  });
});
