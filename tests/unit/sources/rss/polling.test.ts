import { describe, expect, it } from 'vitest';
import type { SourcePage } from '../../../../src/domain/mention.ts';
import { rssOf } from '../../../support/stub-feed.ts';
import { faultOf, feedUnderTest, live } from './open-feed.ts';
import { NOW } from './read.ts';

const feed = feedUnderTest();
const HOUR = 3_600_000;
const items = (...numbers: number[]) =>
  numbers.map((number) => ({ guid: `a:${number}`, title: `Item ${number}` }));
const upTo = (count: number) => items(...Array.from({ length: count }, (_, index) => index));
const textsOf = ({ mentions }: SourcePage) => mentions.map(({ text }) => text);
const secondsOf = ({ retryAt }: { retryAt?: Date | undefined }) =>
  retryAt === undefined ? undefined : (retryAt.getTime() - NOW.getTime()) / 1000;

describe('polling a feed', () => {
  it('asks only for what changed, and gives nothing for 304', async () => {
    const { stub, openUnthreaded } = feed();
    const modified = 'Mon, 30 Mar 2026 10:00:00 GMT';
    stub.publish({ body: rssOf(items(1)), headers: { 'last-modified': modified } });
    const first = await openUnthreaded().fetchPage(null, live());

    const second = await openUnthreaded().fetchPage(first.nextCursor, live());

    expect(textsOf(first)).toEqual(['Item 1']);
    expect(second).toEqual({ mentions: [], rejected: [], nextCursor: first.nextCursor, hasMore: false });
    expect(stub.requests.at(-2)?.headers['if-none-match']).toBeUndefined();
    expect(stub.requests.at(-1)?.headers).toMatchObject({
      'if-none-match': expect.stringMatching(/^"/),
      'if-modified-since': modified,
      'accept-encoding': 'gzip, br',
    });
  });

  it('hears an item once, though the feed sends all of it each time', async () => {
    const { stub, openUnthreaded } = feed();
    stub.publish({ body: rssOf(items(2, 1)), hasTag: false });
    const first = await openUnthreaded().fetchPage(null, live());
    stub.publish({ body: rssOf(items(3, 2, 1), '<lastBuildDate>now</lastBuildDate>'), hasTag: false });

    const second = await openUnthreaded().fetchPage(first.nextCursor, live());
    const third = await openUnthreaded().fetchPage(second.nextCursor, live());

    expect([first, second, third].map(textsOf)).toEqual([['Item 2', 'Item 1'], ['Item 3'], []]);
    expect(third.nextCursor).toBe(second.nextCursor);
  });

  it('says that items may have passed unheard when none of the last poll is left', async () => {
    const { stub, openUnthreaded } = feed();
    stub.publish(rssOf(items(2, 1)));
    const first = await openUnthreaded().fetchPage(null, live());
    stub.publish(rssOf(items(9, 8)));

    const second = await openUnthreaded().fetchPage(first.nextCursor, live());

    expect([first.gap, second.gap]).toEqual([undefined, expect.stringContaining('unheard')]);
    expect(textsOf(second)).toEqual(['Item 9', 'Item 8']);
  });

  it('gives a long feed in pages, whatever happens to the feed between them', async () => {
    const { stub, openUnthreaded } = feed();
    stub.publish(rssOf(upTo(1200)));
    const first = await openUnthreaded().fetchPage(null, live());
    stub.publish(rssOf([...items(9999), ...upTo(1200)]));
    const second = await openUnthreaded().fetchPage(first.nextCursor, live());
    stub.publish(rssOf([...items(9999), ...upTo(1100)]));
    const third = await openUnthreaded().fetchPage(second.nextCursor, live());

    expect([first, second, third].map(({ mentions, hasMore }) => [mentions.length, hasMore])).toEqual([
      [500, true],
      [500, true],
      [101, false],
    ]);
    expect(new Set([first, second, third].flatMap(textsOf)).size).toBe(1101);
  });

  it('reads at most 5,000 items and says so', async () => {
    const { stub, openUnthreaded } = feed();
    stub.publish(rssOf(upTo(5100)));
    let cursor: string | null = null;
    let heard = 0;
    let last: SourcePage | undefined;
    for (let hasMore = true; hasMore; ) {
      last = await openUnthreaded().fetchPage(cursor, live());
      heard += last.mentions.length;
      ({ nextCursor: cursor, hasMore } = last);
    }

    expect([heard, last?.gap]).toEqual([5000, expect.stringContaining('more than 5000 items')]);
    expect(cursor?.length).toBeLessThan(61_000);
  });

  it('starts again when the options change, since another feed may stand there', async () => {
    const { stub, openUnthreaded } = feed();
    stub.publish(rssOf(items(1)));
    const { nextCursor } = await openUnthreaded({ include: ['nothing'] }).fetchPage(null, live());

    expect(textsOf(await openUnthreaded().fetchPage(nextCursor, live()))).toEqual(['Item 1']);
  });

  it('keeps no validator that would not fit a header', async () => {
    const { stub, openUnthreaded } = feed();
    const headers = { etag: `"${'x'.repeat(600)}"`, 'last-modified': 'gestern, um drei Ühr' };
    stub.publish({ body: rssOf(items(1)), headers, hasTag: false });
    const first = await openUnthreaded().fetchPage(null, live());

    await openUnthreaded().fetchPage(first.nextCursor, live());

    expect(stub.requests.at(-1)?.headers).not.toHaveProperty('if-none-match');
    expect(stub.requests.at(-1)?.headers).not.toHaveProperty('if-modified-since');
  });

  it('takes a 304 that nobody asked for as a fault', async () => {
    const { stub, openUnthreaded } = feed();
    stub.failWith({ status: 304, body: '' });

    expect(await faultOf(openUnthreaded().fetchPage(null, live()))).toMatchObject({ kind: 'unavailable' });
  });
});

describe('when a feed may be asked again', () => {
  it.each([
    ['nothing is said', {}, '', undefined],
    ['max-age', { 'cache-control': 'public, max-age=600' }, '', 600],
    ['what is left of max-age', { 'cache-control': 'max-age=600', age: '100' }, '', 500],
    ['a copy that is stale already', { 'cache-control': 'max-age=600', age: '700' }, '', undefined],
    ['no-cache', { 'cache-control': 'no-cache, max-age=600' }, '', undefined],
    ['ttl in minutes', {}, '<ttl>30</ttl>', 1800],
    ['the longer of the two', { 'cache-control': 'max-age=7200' }, '<ttl>30</ttl>', 7200],
    ['Retry-After', { 'retry-after': '7200' }, '', 7200],
    ['never', { 'cache-control': 'max-age=31536000' }, '', 86_400],
    ['a ttl below nothing', {}, '<ttl>-5</ttl>', undefined],
    ['a ttl without end', {}, '<ttl>1e999</ttl>', 86_400],
  ])('is told by the feed, within a day: %s', async (_what, headers, channel, seconds) => {
    const { stub, openUnthreaded } = feed();
    stub.publish({ body: rssOf(items(1), channel), headers });
    const first = await openUnthreaded().fetchPage(null, live());
    const second = await openUnthreaded().fetchPage(first.nextCursor, live());

    expect([first, second].map(secondsOf)).toEqual([seconds, seconds]);
  });

  it('is at once while more of it waits', async () => {
    const { stub, openUnthreaded } = feed();
    stub.publish({ body: rssOf(upTo(600)), headers: { 'cache-control': 'max-age=600' } });
    const first = await openUnthreaded().fetchPage(null, live());
    const second = await openUnthreaded().fetchPage(first.nextCursor, live());

    expect([first, second].map(secondsOf)).toEqual([undefined, 600]);
  });
});

describe('what a feed server answers', () => {
  it.each([
    [401, {}, 'auth', undefined],
    [403, {}, 'auth', undefined],
    [404, {}, 'not-found', undefined],
    [410, {}, 'not-found', undefined],
    [400, {}, 'invalid-input', undefined],
    [429, {}, 'rate-limited', 30],
    [429, { 'retry-after': '120' }, 'rate-limited', 120],
    [429, { 'retry-after': '0' }, 'rate-limited', 1],
    [429, { 'retry-after': '9999999' }, 'rate-limited', 86_400],
    [429, { 'retry-after': new Date(NOW.getTime() + 2 * HOUR).toUTCString() }, 'rate-limited', 7200],
    [503, { 'retry-after': '120' }, 'unavailable', 120],
    [503, {}, 'unavailable', undefined],
    [204, {}, 'unavailable', undefined],
    [302, {}, 'unavailable', undefined],
  ])('%i %j is %s', async (status, headers, kind, seconds) => {
    const { stub, openUnthreaded } = feed();
    stub.failWith({ status, headers, body: '' });

    const fault = await faultOf(
      openUnthreaded({ url: `${stub.url}?token=hush-hush` }).fetchPage(null, live()),
    );

    expect([fault.kind, secondsOf(fault)]).toEqual([kind, seconds]);
    expect(fault.message).toContain('127.0.0.1');
    expect(fault.message).not.toContain('hush-hush');
  });

  it.each([
    ['a reset', 'unavailable', { reset: 'before-answer' }],
    ['a reset in the body', 'unavailable', { reset: 'in-body', body: rssOf(items(1)) }],
    ['nothing', 'unavailable', { body: '' }],
    ['6 MB', 'invalid-input', { body: rssOf(items(1), ' '.repeat(6_000_000)) }],
    [
      'a way into the house',
      'invalid-input',
      { status: 301, headers: { location: 'http://169.254.169.254/latest' } },
    ],
    ['a file', 'invalid-input', { status: 301, headers: { location: 'file:///etc/passwd' } }],
  ] as const)('%s is %s', async (_what, kind, answer) => {
    const { stub, openUnthreaded } = feed();
    stub.failWith(answer);

    expect(await faultOf(openUnthreaded().fetchPage(null, live()))).toMatchObject({ kind });
  });

  it('stops when it is told to, while it waits and while it reads', async () => {
    const { stub, open } = feed();
    stub.failWith({ hang: true });
    const stop = new AbortController();
    const before = stub.requests.length;
    const waiting = faultOf(open().fetchPage(null, stop.signal));
    await expect.poll(() => stub.requests.length).toBe(before + 1);
    stop.abort();

    expect(await waiting).toMatchObject({ kind: 'unavailable' });
  });
});

describe('a feed that moved', () => {
  it('is followed through five redirects and asked with its validators at the end', async () => {
    const { stub, openUnthreaded } = feed();
    stub.publish(rssOf(items(1)));
    for (let hop = 1; hop <= 5; hop += 1)
      stub.answerAt(`/hop${hop}`, {
        status: 302,
        headers: { location: hop === 5 ? stub.url : `hop${hop + 1}` },
        body: '',
      });
    const source = openUnthreaded({ url: `${stub.origin}/hop1` });

    const first = await source.fetchPage(null, live());
    const second = await source.fetchPage(first.nextCursor, live());

    expect([textsOf(first), textsOf(second)]).toEqual([['Item 1'], []]);
  });

  it('is not followed in circles', async () => {
    const { stub, openUnthreaded } = feed();
    stub.answerAt('/round', { status: 301, headers: { location: '/round' }, body: '' });

    const fault = await faultOf(openUnthreaded({ url: `${stub.origin}/round` }).fetchPage(null, live()));

    expect(fault).toMatchObject({
      kind: 'invalid-input',
      message: expect.stringContaining('more than 5 times'),
    });
  });

  it('is named by check when it moved for good, without what may be a key', async () => {
    const { stub, openUnthreaded } = feed();
    stub.publish(rssOf([{ guid: 'a:1', title: 'A', date: 'Mon, 30 Mar 2026 10:00:00 GMT' }, ...items(2)]));
    stub.answerAt('/old', { status: 301, headers: { location: `${stub.url}?key=hush-hush` }, body: '' });
    stub.answerAt('/detour', { status: 302, headers: { location: '/old' }, body: '' });
    const checkAt = (path: string) => openUnthreaded({ url: `${stub.origin}${path}` }).check(live());

    const found = '"Acme news" is a feed (RSS) of 2 items, the newest of 2026-03-30';
    expect(await checkAt('/feed')).toBe(found);
    expect(await checkAt('/detour')).toBe(found);
    expect(await checkAt('/old')).toBe(`${found}; it has moved for good to ${stub.url}?…, name that`);
  });
});
