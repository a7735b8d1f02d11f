import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMAIL, type Ledger, messageOf, openLedger, SLACK, WEBHOOK } from './delivery-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
});
beforeEach(() => ledger.forget());
afterAll(() => ledger.close());

describe('sending', () => {
  it('reaches every way out once, each with the id that tells a repeat', async () => {
    const before = [ledger.slack.requests.length, ledger.hook.requests.length, ledger.smtp.mails.length];
    await ledger.write(messageOf('notification:7:1'), SLACK, WEBHOOK, EMAIL);

    expect(await ledger.deliver()).toBe(false);
    await ledger.deliver();

    expect([ledger.slack.requests.length, ledger.hook.requests.length, ledger.smtp.mails.length]).toEqual(
      before.map((count) => count + 1),
    );
    expect(ledger.slack.requests.at(-1)?.body).toContain('Earshot delivery fication:7:1');
    expect(ledger.hook.requests.at(-1)?.headers['webhook-id']).toBe('notification:7:1');
    expect(ledger.smtp.mails.at(-1)?.messageId).toMatch(/^<earshot\.[0-9a-f]{40}@fernhill\.example>$/);
    expect((await ledger.rows()).map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
    expect((await ledger.attempts()).map(({ result, status }) => [result, status])).toEqual([
      ['taken', 200],
      ['taken', 200],
      ['taken', 250],
    ]);
    expect(ledger.woken).toEqual([]);
  });

  it('masks what tells who somebody is, on every way out that asks for it and on no other', async () => {
    const said = 'call me on 555-234-5678, order 4711';
    const message = messageOf('notification:9:1', {
      text: said,
      html: `<p style="width:5552345678px"><a href="https://earshot.example/mentions/5552345678">${said}</a></p>`,
      slackBlocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn', text: `> ${said} <https://earshot.example/mentions/5552345678|open>` },
        },
      ],
      payload: { mentionId: '5552345678', quote: said },
    });
    await ledger.write(message, ...[SLACK, WEBHOOK, EMAIL].map((to) => ({ ...to, receiver: 'agency' })));
    await ledger.write(message, WEBHOOK);

    await ledger.deliver();

    const masked = 'call me on [phone], order 4711';
    const slack = ledger.slack.requests.at(-1)?.body ?? '';
    expect(slack).toContain(`${masked} <https://earshot.example/mentions/5552345678|open>`);
    const hooks = ledger.hook.requests
      .slice(-2)
      .map(({ body }) => (JSON.parse(body) as { data: unknown }).data);
    expect(hooks).toContainEqual({ mentionId: '5552345678', quote: masked });
    expect(hooks).toContainEqual({ mentionId: '5552345678', quote: said });
    const mail = JSON.stringify(ledger.smtp.mails.at(-1));
    expect(mail).toContain(masked);
    expect(mail).not.toContain('555-234');
    expect(await ledger.database.query(`SELECT DISTINCT message->>'text' AS text FROM delivery`)).toEqual([
      { text: said },
    ]);
  });

  it('repeats what was lost under the same ids', async () => {
    await ledger.write(messageOf('notification:8:1'), WEBHOOK, EMAIL);
    await ledger.deliver();
    await ledger.database.execute(
      `UPDATE delivery SET status = 'sending', attempt_token = gen_random_uuid(), lease_until = now() - interval '1 second'`,
    );

    await ledger.deliver();

    const hooks = ledger.hook.requests.slice(-2).map(({ headers }) => headers['webhook-id']);
    const mails = ledger.smtp.mails.slice(-2).map(({ messageId }) => messageId);
    expect(new Set(hooks)).toEqual(new Set(['notification:8:1']));
    expect(new Set(mails).size).toBe(1);
    expect((await ledger.rows()).map(({ status, isRepeat }) => [status, isRepeat])).toEqual([
      ['delivered', true],
      ['delivered', true],
    ]);
  });
});

describe('a destination that asks to wait', () => {
  it('gets its messages no sooner than it asked, the untried ones without an attempt', async () => {
    ledger.slack.answerWith({ status: 429, headers: { 'retry-after': '120' }, body: 'rate_limited' });
    for (const id of ['n:1', 'n:2', 'n:3']) await ledger.write(messageOf(id), SLACK);
    const before = ledger.slack.requests.length;

    await ledger.deliver();

    expect(ledger.slack.requests.length - before).toBe(1);
    const rows = await ledger.rows();
    expect(rows.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['pending', 1],
      ['pending', 0],
      ['pending', 0],
    ]);
    for (const { dueIn } of rows) expect(dueIn).toBeGreaterThan(115);
    expect(rows[0]?.error).toBe('rate-limited: Slack answered 429 (rate_limited).');
    expect((ledger.woken[0]?.getTime() ?? 0) - Date.now()).toBeGreaterThan(115_000);
  });

  it('gets them all once its time has come', async () => {
    ledger.slack.answerWith([{ status: 429, headers: { 'retry-after': '120' } }, {}]);
    for (const id of ['n:1', 'n:2', 'n:3']) await ledger.write(messageOf(id), SLACK);
    await ledger.deliver();
    expect(await ledger.deliver()).toBe(false);

    await ledger.passDueTimes();
    await ledger.deliver();

    expect((await ledger.rows()).map(({ status, attempts }) => [status, attempts])).toEqual([
      ['delivered', 2],
      ['delivered', 1],
      ['delivered', 1],
    ]);
  });

  it('does not make the others wait', async () => {
    ledger.slack.answerWith({ status: 429, headers: { 'retry-after': '120' }, body: 'rate_limited' });
    await ledger.write(messageOf('n:1'), SLACK, WEBHOOK, EMAIL);

    await ledger.deliver();

    expect((await ledger.rows()).map(({ status }) => status)).toEqual(['pending', 'delivered', 'delivered']);
  });
});

describe('a destination that fails', () => {
  it('is tried again later', async () => {
    ledger.hook.answerWith([{ status: 503 }, { status: 200 }]);
    await ledger.write(messageOf('n:1'), WEBHOOK);
    await ledger.deliver();
    expect(await ledger.rows()).toMatchObject([{ status: 'pending', attempts: 1, dueIn: 1 }]);

    await ledger.passDueTimes();
    await ledger.deliver();

    expect(await ledger.rows()).toMatchObject([{ status: 'delivered', attempts: 2, error: null }]);
    expect(ledger.ends).toEqual(['retry', 'taken']);
  });

  it.each([
    [400, 'invalid-input: The webhook answered 400.'],
    [413, 'invalid-input: The webhook answered 413.'],
  ])('for good with %i leaves its message dead with the reason', async (status, reason) => {
    ledger.hook.answerWith({ status });
    await ledger.write(messageOf('n:1'), WEBHOOK);

    await ledger.deliver();

    expect(await ledger.rows()).toMatchObject([{ status: 'dead', attempts: 1, error: reason }]);
    expect(await ledger.attempts()).toMatchObject([{ result: 'refused', detail: reason }]);
    expect(await ledger.deliver()).toBe(false);
  });

  it('is given up after ten tries, with the last reason', async () => {
    ledger.hook.answerWith({ status: 503 });
    await ledger.write(messageOf('n:1'), WEBHOOK);
    const before = ledger.hook.requests.length;

    for (let round = 0; round < 12; round += 1) {
      await ledger.passDueTimes();
      await ledger.deliver();
    }

    expect(ledger.hook.requests.length - before).toBe(10);
    expect(await ledger.rows()).toMatchObject([
      { status: 'dead', attempts: 10, error: 'unavailable: The webhook answered 503.' },
    ]);
    expect(await ledger.attempts()).toHaveLength(10);
  });

  it('shows no secret in what is kept of it', async () => {
    ledger.slack.answerWith({ status: 403, body: 'invalid_token' });
    await ledger.write(messageOf('n:1'), SLACK);

    await ledger.deliver();

    const kept = JSON.stringify([await ledger.rows(), await ledger.attempts()]);
    expect(kept).toContain('auth: Slack answered 403 (invalid_token).');
    expect(kept).not.toContain('/services/');
  });
});

describe('a destination that the config no longer has', () => {
  it('refuses what waits for it and says so', async () => {
    await ledger.write(messageOf('n:1'), { ...EMAIL, number: 4 });

    await ledger.deliver();

    expect(await ledger.rows()).toMatchObject([
      { status: 'dead', error: 'earshot.yaml has no email number 4 in receiver desk any more' },
    ]);
  });
});

describe('a slow destination', () => {
  it('holds up nobody else, neither in its own turn nor in later ones', async () => {
    const stop = new AbortController();
    ledger.slack.answerWith({ hang: true });
    for (let index = 0; index < 60; index += 1) await ledger.write(messageOf(`slack:${index}`), SLACK);
    await ledger.write(messageOf('mail:1'), EMAIL);
    const before = ledger.slack.requests.length;
    const delivered = async () =>
      (await ledger.rows()).filter(({ status }) => status === 'delivered').map(({ id }) => id);

    const slowTurn = ledger.deliver(stop.signal);
    await vi.waitFor(async () => expect(await delivered()).toEqual(['mail:1']));
    await ledger.write(messageOf('mail:2'), EMAIL);
    await ledger.deliver();

    expect(await delivered()).toEqual(['mail:1', 'mail:2']);
    // Slack is asked once a second at most, and another test may have asked just before.
    await vi.waitFor(() => expect(ledger.slack.requests.length - before).toBe(1), { timeout: 5_000 });
    stop.abort();
    await slowTurn;
    expect(
      (await ledger.rows()).filter(({ attempts, integration }) => integration === 'slack' && attempts > 0),
    ).toHaveLength(1);
  });

  it('wakes nobody at once for what only its own turn may send', async () => {
    const stop = new AbortController();
    ledger.slack.answerWith({ hang: true });
    for (let index = 0; index < 20; index += 1) await ledger.write(messageOf(`slack:${index}`), SLACK);
    const before = ledger.slack.requests.length;
    const slowTurn = ledger.deliver(stop.signal);
    await vi.waitFor(() => expect(ledger.slack.requests.length).toBe(before + 1));

    const asked = Date.now();
    expect(await ledger.deliver()).toBe(false);

    expect(ledger.woken).toHaveLength(1);
    expect((ledger.woken[0]?.getTime() ?? 0) - asked).toBeGreaterThanOrEqual(1_000);
    stop.abort();
    await slowTurn;
  });
});

describe('many messages for one destination', () => {
  it('go out one after the other, in order, turn by turn', async () => {
    const before = ledger.hook.requests.length;
    const ids = Array.from({ length: 25 }, (_, index) => `n:${index}`);
    for (const id of ids) await ledger.write(messageOf(id), WEBHOOK);

    while (await ledger.deliver());

    expect(ledger.hook.requests.slice(before).map(({ headers }) => headers['webhook-id'])).toEqual(ids);
  });
});
