import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '</div></main></body></html><script src=//evil.example></script>',
  '"><a href="javascript:alert(1)">x</a>',
  `' onmouseover='alert(1)`,
  '<!channel> <!here> <@U123>',
  '<https://evil.example|https://bank.example>',
  '<style>*{display:none}</style><base href=//evil.example>',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '<!--',
  ']]><![CDATA[',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\u202egnp.exe\u2066',
];

const NOW = new Date();
const TODAY = NOW.toISOString().slice(0, 10);

let http: Http;
let reader: Visitor;
let paths: readonly string[];
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  const key = await http.key('intake');
  const mentions = HOSTILE.map((words, index) => ({
    id: `${index} ${words}`,
    text: `Sales never calls back, the sales team is terrible ${words}\nThe price is a joke ${words}`,
    author: { handle: words, name: words },
    occurred_at: NOW.toISOString(),
    thread: `thread ${words}`,
    url: `https://shop.example/${encodeURIComponent(words)}?q="><script>`,
  }));
  const more = [
    { ...mentions[0], id: 'plain link', url: 'http://shop.example/plain', thread: 'plain' },
    ...HOSTILE.map((words, index) => ({
      ...mentions[index],
      id: `reply ${index}`,
      text: `And still: ${words}`,
    })),
  ];
  const answer = await http.ask('/api/v1/mentions', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'shop', mentions: [...mentions, ...more] }),
  });
  expect(answer.json()).toMatchObject({ accepted: HOSTILE.length * 2 + 1, rejected: [] });
  await http.settle();
  await http.fresh.database.execute(
    `INSERT INTO account (name, name_key, domains, handles, tier) VALUES ('<script>alert(2)</script>', 'x', '{}', '{}', '<b>gold</b>')`,
  );
  await http.fresh.database.execute(
    `INSERT INTO account_link (author_id, account_id, rule, detail) SELECT id, 1, 'hand', '' FROM author`,
  );
  const ids = await http.fresh.database.query<{ id: string }>(
    `SELECT id::text FROM mention ORDER BY external_id ~ '^[0-9]' DESC, substring(external_id FROM '^[0-9]+')::int, mention.id`,
  );
  paths = ids.map(({ id }) => `/api/v1/mentions/${id}`);
  reader = await http.signIn('admin');
});
afterAll(() => http.close());

/** Words of customers are data: JSON that no browser takes for a page, whatever stands in it. */
function expectData({ status, headers }: Answer): void {
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
}

describe('a mention', () => {
  it('gives hostile words as they were written, wherever they stand', async () => {
    for (const [index, words] of HOSTILE.entries()) {
      const answer = await reader.ask(paths[index] ?? '');

      expectData(answer);
      const mention = readAnswer('getMention', answer);
      expect(mention.text).toContain(words);
      expect(mention.author).toBe(words);
      expect(mention.account).toMatchObject({ name: '<script>alert(2)</script>', tier: '<b>gold</b>' });
      for (const { start, end, why } of mention.opinions) {
        expect(mention.text?.slice(start, end)).not.toBe('');
        for (const word of why) expect(mention.text).toContain(word);
      }
    }
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>',
    'ftp://x.example/',
    '//evil.example',
    'httpsx://evil',
  ])('gives no address such as %s', async (url) => {
    await http.fresh.database.execute(`UPDATE mention SET url = $1 WHERE external_id = 'plain link'`, url);
    const [row] = await http.fresh.database.query<{ id: string }>(
      `SELECT id::text FROM mention WHERE external_id = 'plain link'`,
    );

    const { url: shown } = readAnswer('getMention', await reader.ask(`/api/v1/mentions/${row?.id}`));

    expect(shown).toBeNull();
  });

  it('is empty where the words were erased', async () => {
    await http.fresh.database.execute(
      `UPDATE revision SET text = '', erased_at = now() WHERE mention_id = (SELECT max(id) FROM mention)`,
    );

    const mention = readAnswer('getMention', await reader.ask(paths.at(-1) ?? ''));

    expect(mention.text).toBeNull();
  });
});

describe('the digest, its evidence and the inbox', () => {
  it.each([
    `/api/v1/digests/executive/${TODAY}`,
    `/api/v1/digests/executive/${TODAY}/evidence`,
    `/api/v1/digests/executive/${TODAY}/evidence?aspect=sales&polarity=negative`,
    `/api/v1/digests/executive/${TODAY}/evidence?aspect=${encodeURIComponent('<script>alert(1)</script>')}`,
    '/api/v1/cases',
    `/api/v1/cases?q=${encodeURIComponent('<script>')}`,
    '/api/v1/cases/1',
  ])('give hostile words as data: %s', async (path) => {
    expectData(await reader.ask(path));
  });

  it('give the hostile words that a number stands for', async () => {
    const path = `/api/v1/digests/executive/${TODAY}/evidence?aspect=sales`;

    const { mentions } = readAnswer('listEvidence', await reader.ask(path));

    const texts = mentions.map(({ text }) => text).join('\n');
    for (const words of HOSTILE) expect(texts).toContain(words);
  });

  it('find the words that were asked for and no pattern', async () => {
    const find = async (q: string) =>
      readAnswer('listCases', await reader.ask(`/api/v1/cases?q=${encodeURIComponent(q)}`)).cases.length;

    expect(await find('<SVG/onload')).toBeGreaterThan(0);
    expect(await find('%')).toBe(0);
    expect(await find('_')).toBe(0);
  });
});
