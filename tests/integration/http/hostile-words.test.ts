import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Http, openHttp } from './http-fixture.ts';

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
let pages: readonly string[];
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
    'SELECT id::text FROM mention ORDER BY mention.id',
  );
  pages = ids.map(({ id }) => `/mentions/${id}`);
});
afterAll(() => http.close());

/** Names of the elements and attributes that a page opens; words of customers may never add to them. */
function markupOf(page: string): { elements: Set<string>; attributes: Set<string> } {
  const body = page.slice(page.indexOf('<body>'));
  const tags = [...body.matchAll(/<([a-z!/][^\s>]*)([^>]*)>/gi)];
  return {
    elements: new Set(tags.map(([, name = '']) => name.replace('/', '').toLowerCase())),
    attributes: new Set(
      tags.flatMap(([, , rest = '']) =>
        [...rest.matchAll(/\s([a-z-]+)=/gi)].map(([, name = '']) => name.toLowerCase()),
      ),
    ),
  };
}

const OUR_ELEMENTS = new Set(
  'body main h1 h2 div span a mark dl dt dd p em b br html table tr td th strong ul li section svg'.split(
    ' ',
  ),
);
const OUR_ATTRIBUTES = new Set('class title href rel style role width height colspan align lang'.split(' '));

function expectHarmless(page: string): void {
  const { elements, attributes } = markupOf(page);
  expect([...elements].filter((name) => !OUR_ELEMENTS.has(name))).toEqual([]);
  expect([...attributes].filter((name) => !OUR_ATTRIBUTES.has(name))).toEqual([]);
  expect(page).not.toMatch(/<script|<img|<base|<!--|<meta http-equiv/i);
  for (const [, href = ''] of page.matchAll(/href="([^"]*)"/g))
    expect(href).toMatch(/^(https?:\/\/|\/|\?|#)/);
  expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
}

describe('the page of a mention', () => {
  it('shows hostile words as words, wherever they stand', async () => {
    for (const path of pages) {
      const { status, headers, text } = await http.ask(path);

      expect(status).toBe(200);
      expect(headers['content-type']).toMatch(/^text\/html; charset=utf-8/);
      expectHarmless(text);
    }
  });

  it('keeps the words readable', async () => {
    const { text } = await http.ask(pages[0] ?? '');

    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('<mark class="negative"');
  });

  it('links to the original without telling who sent the reader', async () => {
    const [row] = await http.fresh.database.query<{ id: string }>(
      `SELECT id::text FROM mention WHERE external_id = 'plain link'`,
    );

    const { text } = await http.ask(`/mentions/${row?.id}`);

    expect(text).toContain(
      '<a href="http://shop.example/plain" rel="noopener noreferrer nofollow">original</a>',
    );
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>',
    'ftp://x.example/',
    '//evil.example',
    'httpsx://evil',
  ])('links no address such as %s', async (url) => {
    await http.fresh.database.execute(`UPDATE mention SET url = $1 WHERE external_id = 'plain link'`, url);
    const [row] = await http.fresh.database.query<{ id: string }>(
      `SELECT id::text FROM mention WHERE external_id = 'plain link'`,
    );

    const { text } = await http.ask(`/mentions/${row?.id}`);

    expect(text).not.toContain('>original</a>');
    expectHarmless(text);
  });

  it('shows a marker where the words were erased', async () => {
    const [last] = pages.slice(-1);
    await http.fresh.database.execute(
      `UPDATE revision SET text = '', erased_at = now() WHERE mention_id = (SELECT max(id) FROM mention)`,
    );

    const { text } = await http.ask(last ?? '');

    expect(text).toContain('<em>erased</em>');
  });
});

describe('the digest and its evidence', () => {
  it.each([
    `/digests/executive/${TODAY}`,
    `/digests/executive/${TODAY}/evidence`,
    `/digests/executive/${TODAY}/evidence?aspect=sales&polarity=negative`,
    `/digests/executive/${TODAY}/evidence?aspect=${encodeURIComponent('<script>alert(1)</script>')}`,
    `/digests/executive/${TODAY}/evidence?outcome=no-opinion&x=${encodeURIComponent('"><script>')}`,
  ])('show hostile words as words: %s', async (path) => {
    const { status, text } = await http.ask(path);

    expect(status).toBe(200);
    expectHarmless(text);
  });

  it('show the hostile words that a number stands for', async () => {
    const { text } = await http.ask(`/digests/executive/${TODAY}/evidence?aspect=sales`);

    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('&lt;!channel&gt;');
  });
});
