import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../../../src/domain/source.ts';
import { createHttpClient } from '../../../../src/lib/http-client.ts';
import { parseOptions } from '../../../../src/sources/plug-in.ts';
import { x } from '../../../../src/sources/x/index.ts';
import { XOptions } from '../../../../src/sources/x/options.ts';
import { faultOf, live, MINUTE, postsUntil, START, xFixture } from './x-fixture.ts';

const { stub, open } = await xFixture();

/** Makes the source as the app does, with only these networks listed. */
function create(options: object, privateNetworks: readonly string[] = ['127.0.0.0/8', '::1/128']): Source {
  const http = createHttpClient({ privateNetworks });
  const deps = { now: () => START, folder: '/', http, privateNetworks };
  return x.create(parseOptions('x', XOptions, { token: 't0ken', ...options }), deps);
}

describe('the options of an x source', () => {
  it.each([
    ['neither query nor mentions_of', {}, 'query: write either query or mentions_of'],
    ['both', { query: 'a', mentions_of: 'b' }, 'query: write either query or mentions_of'],
    ['no token', { query: 'a', token: undefined }, 'token:'],
    ['a token with a line end', { query: 'a', token: 't0ken\n' }, 'token: holds a blank, a line end'],
    ['a page that is too small', { query: 'a', page_size: 9 }, 'page_size:'],
    ['a page that is too large', { query: 'a', page_size: 101 }, 'page_size:'],
    ['a start before seven days', { query: 'a', since: '8d' }, 'since: must be at most 7d'],
    ['a start that is none', { query: 'a', since: 'week' }, 'since: is no duration'],
    ['no budget', { query: 'a', monthly_budget_usd: 0 }, 'monthly_budget_usd:'],
    [
      'a budget of less than a page',
      { query: 'a', monthly_budget_usd: 0.4 },
      'monthly_budget_usd: does not pay for one page',
    ],
    ['a handle with blanks', { mentions_of: 'the firm' }, 'mentions_of:'],
    ['a key in the address', { query: 'a', api_url: 'https://a:b@x.com' }, 'api_url:'],
    ['another scheme', { query: 'a', api_url: 'file:///etc/passwd' }, 'api_url:'],
    ['an unknown key', { query: 'a', budget: 3 }, 'budget'],
  ])('refuse %s', (_what, options, message) => {
    expect(() => create(options)).toThrow(message);
  });

  it.each([
    ['a private address', 'https://10.0.0.1', []],
    ['cloud metadata', 'http://169.254.169.254', ['127.0.0.0/8']],
    ['plain http in public', 'http://203.0.113.9', ['127.0.0.0/8']],
    ['an unlisted loopback', 'http://127.0.0.1:9', []],
  ])('refuse %s', (_what, api_url, networks) => {
    expect(() => create({ query: 'a', api_url }, networks)).toThrow(/check api_url/);
  });

  it('refuse a name that leads to a private address, at the call', async () => {
    const source = create({ query: 'a', api_url: 'https://localhost' }, []);

    expect(await faultOf(source.fetchPage(null, live()))).toMatchObject({
      kind: 'invalid-input',
      message: 'localhost is not a public https address that Earshot may call: check api_url.',
    });
  });

  it.each([
    ['firm', '(firm) -is:retweet'],
    ['firm OR "the firm"', '(firm OR "the firm") -is:retweet'],
    ['firm -is:retweet', 'firm -is:retweet'],
    ['firm (is:reply OR is:retweet)', 'firm (is:reply OR is:retweet)'],
  ])('search %j as %j', async (query, sent) => {
    await open({ query }).fetchPage(null, live());

    expect(stub.calls[0]?.searchParams.get('query')).toBe(sent);
  });

  it('show no token', () => {
    expect(inspect(create({ query: 'a' }), { depth: 20, showHidden: true })).not.toContain('t0ken');
  });
});

describe('what reading costs', () => {
  it.each([
    [{}, { monthlyMicros: 25_000_000, pageMicros: 50_000 }],
    [
      { page_size: 100, monthly_budget_usd: 3.5, usd_per_read: 0.001 },
      { monthlyMicros: 3_500_000, pageMicros: 100_000 },
    ],
  ])('follows from %j', (options, budget) => {
    expect(open(options).budget).toEqual(budget);
  });

  it('is what each page says', async () => {
    stub.publish(postsUntil(new Date(START.getTime() - MINUTE), 3));

    expect((await open({ usd_per_read: 0.01 }).fetchPage(null, live())).cost).toEqual({
      reads: 3,
      micros: 30_000,
    });
  });
});

describe('checking an x source', () => {
  it('counts what matches without reading it', async () => {
    stub.publish(postsUntil(START, 12));

    expect(await open().check(live())).toBe(
      'X can be searched: 12 posts of the last seven days match; a post costs $0.005, so the budget of $25 a month pays for 5,000 posts.',
    );
    expect(stub.billed.size).toBe(0);
    expect(stub.calls[0]?.searchParams.get('query')).toBe('(firm) -is:retweet');
  });

  it.each(['@Firm', 'firm'])('finds the user %s', async (handle) => {
    expect(await open({ mentions_of: handle, usd_per_read: 0 }).check(live())).toBe(
      'X can be read: @firm is user 4242; a post costs $0, so the budget of $25 a month pays for any number of posts.',
    );
  });

  it('finds a user by id', async () => {
    expect(await open({ mentions_of: '77' }).check(live())).toContain('user 77');
  });

  it.each([
    ['auth', { token: 'wrong' }, null],
    ['not-found', { mentions_of: 'nobody' }, null],
    ['unavailable', {}, 'html' as const],
    ['unavailable', { mentions_of: 'firm' }, 'html' as const],
    ['rate-limited', {}, 'rate-limited' as const],
    [
      'invalid-input',
      {},
      { status: 400, body: { errors: [{ parameters: { query: ['('] }, message: 'unbalanced' }] } },
    ],
  ])('says what is wrong: %s with %j', async (kind, options, fault) => {
    stub.plan([fault]);

    expect(await faultOf(open(options).check(live()))).toMatchObject({ kind });
  });
});
