import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { XFault } from '../../../support/stub-x.ts';
import { faultOf, idsOf, live, MINUTE, poll, postsUntil, START, xFixture } from './x-fixture.ts';

const { stub, now, pass, open } = await xFixture();
const seconds = (instant: Date) => String(Math.floor(instant.getTime() / 1000));
const later = (milliseconds: number) => new Date(START.getTime() + milliseconds);

const problem = (type: string, title = '', detail = '') => ({ type, title, detail });
const withReset = (reset: string): XFault => ({ status: 429, headers: { 'x-rate-limit-reset': reset } });

describe('an answer of X that is no page', () => {
  it.each<[string, XFault, string]>([
    ['401', { status: 401 }, 'auth'],
    ['403', { status: 403, body: problem('https://api.twitter.com/2/problems/client-forbidden') }, 'auth'],
    ['404', { status: 404 }, 'not-found'],
    ['410', { status: 410 }, 'not-found'],
    [
      '400 about the query',
      { status: 400, body: { errors: [{ parameters: { query: ['('] } }] } },
      'invalid-input',
    ],
    ['400 without a word', { status: 400, body: '<html>' }, 'invalid-input'],
    ['422', { status: 422 }, 'invalid-input'],
    ['302', { status: 302, headers: { location: 'https://example.com/' } }, 'unavailable'],
    ['204', { status: 204 }, 'unavailable'],
    ['408', { status: 408 }, 'unavailable'],
    ['500', { status: 500, body: { errors: [null] } }, 'unavailable'],
    ['502', { status: 502, body: '<html>' }, 'unavailable'],
    ['503 with HTML', 'over-capacity', 'unavailable'],
    ['504', { status: 504 }, 'unavailable'],
    ['200 with HTML', 'html', 'unavailable'],
    ['200 with errors only', 'errors-only', 'unavailable'],
    ['200 with an empty object', { status: 200, body: {} }, 'unavailable'],
    ['200 with posts but no meta', { status: 200, body: { data: [{ id: '1' }] } }, 'unavailable'],
    ['200 with a count but no posts', { status: 200, body: { meta: { result_count: 3 } } }, 'unavailable'],
    ['truncated JSON', 'truncated', 'unavailable'],
    ['JSON that is cut', 'cut', 'unavailable'],
    ['a reset', 'reset', 'unavailable'],
    ['402', 'no-credits', 'rate-limited'],
    ['429 for a used-up cap', 'usage-capped', 'rate-limited'],
    [
      '403 for a used-up cap',
      { status: 403, body: problem('', 'Forbidden', 'spend cap reached') },
      'rate-limited',
    ],
    ['429', 'rate-limited', 'rate-limited'],
    ['429 with HTML', { status: 429, body: '<html>' }, 'rate-limited'],
  ])('%s is told as what it is, and holds no secret', async (_what, fault, kind) => {
    stub.publish(postsUntil(START, 30));
    stub.plan([fault]);
    const thrown = await faultOf(open().fetchPage(null, live()));

    expect(thrown).toMatchObject({ kind });
    expect(thrown.message).toMatch(/X|127\.0\.0\.1/);
    expect(inspect(thrown, { depth: 20, showHidden: true, getters: true })).not.toContain(stub.token);
    expect(stub.calls).toHaveLength(1);
  });

  it('to a wrong token names what to set', async () => {
    const thrown = await faultOf(open({ token: 'wrong' }).fetchPage(null, live()));

    expect(thrown).toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('set a valid bearer token'),
    });
  });

  it('in the middle of a walk leaves the place where it was', async () => {
    stub.publish(postsUntil(new Date(START.getTime() - MINUTE), 25));
    const first = await open().fetchPage(null, live());
    stub.plan(['html']);
    await faultOf(open().fetchPage(first.nextCursor, live()));

    expect(idsOf([first, ...(await poll(open(), first.nextCursor)).pages])).toHaveLength(25);
  });

  it('within the deadline is unavailable', async () => {
    stub.plan(['hang']);
    const thrown = await faultOf(open({}, 50).fetchPage(null, live()));

    expect(thrown).toMatchObject({ kind: 'unavailable', message: '127.0.0.1 did not answer in time.' });
  });

  it('ends at once when the caller stops it', async () => {
    const stop = new AbortController();
    stub.onHang(() => stop.abort());
    stub.plan(['hang']);
    const thrown = await faultOf(open().fetchPage(null, stop.signal));

    expect(thrown).toMatchObject({
      kind: 'unavailable',
      message: 'The call to 127.0.0.1 was stopped before it was answered.',
    });
  });
});

describe('when X may be asked again', () => {
  it.each([
    ['the reset it tells', withReset(seconds(later(7 * MINUTE))), 7 * MINUTE],
    ['a second at least', withReset(String(START.getTime() / 1000 + 0.2)), 1000],
    ['an hour at most, for a clock that is wrong', withReset(seconds(later(26 * 60 * MINUTE))), 60 * MINUTE],
    ['a minute for a reset that is past', withReset(seconds(later(-60 * MINUTE))), MINUTE],
    ['a minute without a reset', { status: 429, headers: { 'x-rate-limit-reset': '' } }, MINUTE],
    ['a minute for a reset that is none', withReset('soon'), MINUTE],
    ['an hour for a used-up cap', 'usage-capped' as const, 60 * MINUTE],
    ['an hour without credits', 'no-credits' as const, 60 * MINUTE],
    ['Retry-After of a 503', { status: 503, headers: { 'retry-after': '120' } }, 2 * MINUTE],
  ])('is %s', async (_what, fault, wait) => {
    stub.plan([fault]);

    expect((await faultOf(open().fetchPage(null, live()))).retryAt).toEqual(later(wait));
  });

  it('is told by a good page that used up the window, and the walk goes on then', async () => {
    stub.publish(postsUntil(new Date(START.getTime() - MINUTE), 25));
    stub.plan([null, 'last-of-window']);
    const first = await open().fetchPage(null, live());
    const second = await open().fetchPage(first.nextCursor, live());

    expect(first).not.toHaveProperty('retryAt');
    expect(second).toMatchObject({ hasMore: true, retryAt: later(15 * MINUTE) });
    expect(second.mentions).toHaveLength(10);

    expect(await faultOf(open().fetchPage(second.nextCursor, live()))).toMatchObject({
      kind: 'rate-limited',
    });
    pass(15 * MINUTE);
    const third = await open().fetchPage(second.nextCursor, live());
    expect(idsOf([first, second, third])).toHaveLength(25);
    expect(now()).toEqual(later(15 * MINUTE));
  });
});
