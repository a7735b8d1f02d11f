import { describe, expect, it } from 'vitest';
import { faultOf, feedUnderTest, live } from './open-feed.ts';
import { only, readAny, rssItem } from './read.ts';

const feed = feedUnderTest();
const open = '<rss version="2.0"><channel><title>T</title>';
const close = '</channel></rss>';
const MILLION = 1_000_000;
const names = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join('');

/** Documents that are small or as large as allowed, by what they are made to break. */
const documents: readonly (readonly [what: string, write: () => string])[] = [
  ['100,000 nested elements', () => `${open}${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}${close}`],
  [
    '100,000 nested elements of an item',
    () => rssItem(`<description>${'<b>'.repeat(100_000)}x${'</b>'.repeat(100_000)}</description>`),
  ],
  [
    '100,000 attributes',
    () => `${open}<item ${names(100_000, (index) => `a${index}="x" `)}><title>A</title></item>${close}`,
  ],
  [
    '150,000 name spaces',
    () => open.replace('>', ` ${names(150_000, (index) => `xmlns:a${index}="x" `)}>`) + close,
  ],
  ['a million empty items', () => `${open}${'<item/>'.repeat(MILLION / 2)}${close}`],
  [
    '400,000 different elements',
    () => `${open}<item>${names(400_000, (index) => `<x${index}/>`)}</item>${close}`,
  ],
  [
    'JSON nested a million deep',
    () => `{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(MILLION)}${']'.repeat(MILLION)}}`,
  ],
  [
    'names that JavaScript knows',
    () => rssItem('<__proto__>x</__proto__><constructor>y</constructor><title>A</title>'),
  ],
  ['comments that never close', () => `${open}${'<!--'.repeat(MILLION)}`],
  ['links that never close', () => `<html>${'<link '.repeat(MILLION / 2)}`],
  ['a link of 1 MB', () => rssItem(`<title>A</title><link>https://a.example/${'x'.repeat(MILLION)}</link>`)],
  ['NUL', () => rssItem('<guid>a\0</guid><title>A\0B</title>')],
];

describe('a hostile document', () => {
  it.each(documents)('ends in mentions or one plain fault: %s', (_what, write) => {
    const answer = readAny(write());

    const lines =
      typeof answer === 'string' ? answer : answer.mentions.map(({ externalId }) => externalId).join('');
    expect(lines).toMatch(typeof answer === 'string' ? /^invalid-input: [^\n]{1,200}$/ : /^[^\0]*$/);
  });

  it.each([
    [
      'grows a thousand million times',
      `<!DOCTYPE r [<!ENTITY l0 "lol">${names(9, (index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`)}]>`,
      '&l9;',
    ],
    ['grows by its square', `<!DOCTYPE r [<!ENTITY l9 "${'x'.repeat(50_000)}">]>`, '&l9;'.repeat(50_000)],
  ])('has no entity replaced that %s', (_what, doctype, title) => {
    const document = rssItem(`<title>${title}</title>`).replace('<rss', `${doctype}<rss`);

    expect(only(document).text).toBe(title.slice(0, 200_000));
  });

  it('reads no file of ours', () => {
    const doctype = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>';

    expect(
      JSON.stringify(readAny(rssItem('<title>&f;</title>').replace('<rss', `${doctype}<rss`))),
    ).not.toContain('root:');
  });

  it.each([
    ['time', rssItem(`<author>${'('.repeat(2 * MILLION)}</author>`)],
    ['memory', `${open}${'< '.repeat(2.4 * MILLION)}${close}`],
  ])(
    'that takes the parser more %s than it may is given up, and nobody else waits for it',
    async (_what, document) => {
      const { stub, open: openFeed } = feed();
      stub.publish(document);
      let turns = 0;
      const turning = setInterval(() => (turns += 1), 10);

      const fault = await faultOf(openFeed().fetchPage(null, live()));
      clearInterval(turning);

      expect(fault).toMatchObject({
        kind: 'unavailable',
        message: expect.stringContaining('more time or memory'),
      });
      expect(turns).toBeGreaterThan(50);
    },
  );

  it('is left in the middle when reading is stopped', async () => {
    const { stub, open: openFeed } = feed();
    stub.publish(rssItem(`<author>${'('.repeat(2 * MILLION)}</author>`));
    const stop = new AbortController();
    const before = stub.requests.length;
    const reading = faultOf(openFeed().fetchPage(null, stop.signal));
    await expect.poll(() => stub.requests.length).toBe(before + 1);
    stop.abort();

    expect(await reading).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('stopped') });
  });
});
