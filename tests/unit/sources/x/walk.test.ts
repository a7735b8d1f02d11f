import { describe, expect, it } from 'vitest';
import { DAY, faultOf, idsOf, live, MINUTE, poll, postsUntil, START, xFixture } from './x-fixture.ts';

const { stub, now, pass, open } = await xFixture();
const earlier = (milliseconds: number) => new Date(START.getTime() - milliseconds);
const paramsOf = (index: number) => Object.fromEntries(stub.calls.at(index)?.searchParams ?? []);

describe('polling a search on X', () => {
  it('reads the last day at first, then only what is newer than the newest post heard', async () => {
    stub.publish([...postsUntil(earlier(2 * DAY), 5, 100), ...postsUntil(earlier(MINUTE), 25)]);
    const first = await poll(open(), null);
    pass(10 * MINUTE);
    stub.publish(postsUntil(earlier(-9 * MINUTE), 3, 2000));
    const second = await poll(open(), first.cursor);

    expect(idsOf(first.pages)).toHaveLength(25);
    expect(idsOf(second.pages)).toEqual(['2002', '2001', '2000']);
    expect(paramsOf(0)).toMatchObject({
      query: '(firm) -is:retweet',
      start_time: '2026-03-31T12:00:00Z',
      max_results: '10',
    });
    expect(paramsOf(-1)).toMatchObject({ since_id: '1024' });
    expect(paramsOf(-1)).not.toHaveProperty('start_time');
  });

  it('keeps the start of a walk until its last page is in', async () => {
    stub.publish(postsUntil(earlier(DAY / 2), 1));
    const { cursor } = await poll(open(), null);
    stub.publish(postsUntil(earlier(MINUTE), 25, 2000));
    const middle = await open().fetchPage(cursor, live());
    pass(10 * MINUTE);
    stub.publish(postsUntil(now(), 1, 3000));
    const rest = await poll(open(), middle.nextCursor);

    expect(idsOf([middle, ...rest.pages])).toHaveLength(25);
    expect(stub.calls.slice(1).map((call) => call.searchParams.get('since_id'))).toEqual([
      '1000',
      '1000',
      '1000',
    ]);
    pass(MINUTE);
    expect(idsOf((await poll(open(), rest.cursor)).pages)).toEqual(['3000']);
  });

  it('goes on over an empty page that has a next one', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 25));
    stub.plan(['empty-page', null, 'empty-page', 'empty-page']);

    expect(idsOf((await poll(open(), null)).pages)).toHaveLength(25);
  });

  it('takes the newest id from the posts when the page does not name it', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 5));
    stub.plan(['no-newest-id']);
    const { cursor } = await poll(open(), null);
    await poll(open(), cursor);

    expect(paramsOf(-1)).toMatchObject({ since_id: '1004' });
  });

  it('compares ids of 19 and 20 digits by their value', async () => {
    stub.publish([
      { id: '9999999999999999999', at: earlier(3 * MINUTE) },
      { id: '10000000000000000001', at: earlier(2 * MINUTE) },
    ]);
    stub.plan(['no-newest-id']);
    const { cursor } = await poll(open(), null);
    await poll(open(), cursor);

    expect(paramsOf(-1)).toMatchObject({ since_id: '10000000000000000001' });
  });

  it('leaves a page that leads to itself for the next poll, and loses nothing', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 25));
    stub.plan([null, 'repeated-page']);
    const first = await poll(open(), null);
    const second = await poll(open(), first.cursor);

    expect(idsOf(first.pages)).toHaveLength(20);
    expect(first.pages.at(-1)).toMatchObject({ hasMore: false, cost: { reads: 10 } });
    expect(new Set(idsOf([...first.pages, ...second.pages])).size).toBe(25);
  });

  it('starts the walk anew, at the next poll, when its page token is no longer known', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 25));
    const { nextCursor } = await open().fetchPage(null, live());
    const other = await open({ query: 'other' }).fetchPage(nextCursor, live());

    expect(other).toMatchObject({ mentions: [], hasMore: false });
    expect(idsOf((await poll(open({ query: 'other' }), other.nextCursor)).pages)).toHaveLength(25);
  });

  it('does not move past a page without posts', async () => {
    const { cursor } = await poll(open(), null);
    stub.publish(postsUntil(earlier(30_000), 1));
    pass(5 * DAY);

    expect(idsOf((await poll(open(), cursor)).pages)).toEqual(['1000']);
  });
});

describe('a pause that is longer than the seven days X answers for', () => {
  it('says between which instants posts could not be heard, and goes on', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 5));
    const { cursor } = await poll(open(), null);
    pass(9 * DAY);
    stub.publish([...postsUntil(earlier(-DAY), 1, 2000), ...postsUntil(earlier(-5 * DAY), 1, 3000)]);
    const { pages, cursor: next } = await poll(open(), cursor);

    expect(idsOf(pages)).toEqual(['3000']);
    expect(pages.map(({ gap }) => gap)).toEqual([
      'Posts on X between 2026-04-01T11:00:00Z and 2026-04-03T13:00:00Z could not be heard: X gives out the last seven days only.',
      undefined,
    ]);
    await poll(open(), next);
    expect(paramsOf(-1)).toMatchObject({ since_id: '3000' });
  });

  it('is told apart from seven days in which nothing was written', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 5));
    let { cursor } = await poll(open(), null);
    pass(6 * DAY);
    ({ cursor } = await poll(open(), cursor));
    pass(2 * DAY);
    stub.publish(postsUntil(new Date(now().getTime() - MINUTE), 1, 2000));
    const { pages } = await poll(open(), cursor);

    expect(idsOf(pages)).toEqual(['2000']);
    expect(pages.some(({ gap }) => gap !== undefined)).toBe(false);
  });

  it('in the middle of a walk pays no post twice', async () => {
    stub.publish(postsUntil(earlier(6 * DAY), 1));
    const { cursor } = await poll(open({ since: '7d' }), null);
    stub.publish(postsUntil(earlier(MINUTE), 25, 2000));
    const { nextCursor } = await open().fetchPage(cursor, live());
    pass(2 * DAY);
    const { pages, cursor: next } = await poll(open(), nextCursor);

    expect(idsOf(pages)).toEqual(Array.from({ length: 15 }, (_, index) => String(2014 - index)));
    expect(pages.some(({ gap }) => gap !== undefined)).toBe(false);
    expect(paramsOf(-1)).toMatchObject({ until_id: '2015', next_token: expect.any(String) });
    expect(paramsOf(-1)).not.toHaveProperty('start_time');
    await poll(open(), next);
    expect(paramsOf(-1)).toMatchObject({ since_id: '2024' });
  });

  it('ends a walk whose rest is too old as well', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 25));
    const { nextCursor } = await open().fetchPage(null, live());
    pass(9 * DAY);
    stub.publish(postsUntil(earlier(-8 * DAY), 1, 2000));
    const { pages, cursor } = await poll(open(), nextCursor);
    const { pages: rest } = await poll(open(), cursor);

    expect(idsOf(pages)).toEqual([]);
    expect(pages.map(({ gap }) => gap?.match(/between (\S+) and (\S+)/)?.slice(1))).toEqual([
      ['2026-03-31T12:00:00Z', '2026-04-03T13:00:00Z'],
      undefined,
    ]);
    expect(idsOf(rest)).toEqual(['2000']);
  });

  it('is not seen in a start that X refuses though it is young', async () => {
    const body = { errors: [{ parameters: { start_time: ['x'] }, message: 'no' }] };
    stub.plan([{ status: 400, body }]);

    expect(await faultOf(open().fetchPage(null, live()))).toMatchObject({ kind: 'invalid-input' });
  });
});

describe('reading the mentions of a user', () => {
  it('looks the handle up once, as a page of its own', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 25));
    const { pages, cursor } = await poll(open({ mentions_of: '@Firm' }), null);
    await poll(open({ mentions_of: 'firm' }), cursor);

    expect(stub.calls.map(({ pathname }) => pathname)).toEqual([
      '/2/users/by/username/firm',
      ...Array.from({ length: 4 }, () => '/2/users/4242/mentions'),
    ]);
    expect(pages[0]).toMatchObject({ mentions: [], hasMore: true, cost: { reads: 2, micros: 10_000 } });
    expect(paramsOf(2)).toHaveProperty('pagination_token');
  });

  it('takes a numeric id as it is, and looks up a handle that was changed', async () => {
    const { cursor } = await poll(open({ mentions_of: '77' }), null);
    await poll(open({ mentions_of: '@77' }), cursor);

    expect(stub.calls.map(({ pathname }) => pathname)).toEqual([
      '/2/users/77/mentions',
      '/2/users/by/username/77',
      '/2/users/4242/mentions',
    ]);
  });

  it('says when there is no such user', async () => {
    expect(await faultOf(open({ mentions_of: 'nobody' }).fetchPage(null, live()))).toMatchObject({
      kind: 'not-found',
      message: 'X shows no user nobody: check mentions_of.',
    });
  });

  it('hears a post from before seven days ago', async () => {
    stub.publish(postsUntil(earlier(MINUTE), 1));
    const { cursor } = await poll(open({ mentions_of: '77' }), null);
    stub.publish(postsUntil(earlier(-DAY), 1, 2000));
    pass(30 * DAY);

    expect(idsOf((await poll(open({ mentions_of: '77' }), cursor)).pages)).toEqual(['2000']);
  });
});
