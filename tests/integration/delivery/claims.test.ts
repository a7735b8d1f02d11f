import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMAIL, type Ledger, messageOf, openLedger, SLACK, WEBHOOK } from './delivery-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
});
beforeEach(() => ledger.forget());
afterAll(() => ledger.close());

async function claimOne() {
  const [claimed] = await ledger.deliveries.claim(1);
  if (claimed === undefined) throw new Error('There was nothing to claim');
  return claimed;
}

describe('writing to the ledger', () => {
  it('keeps one row for a message and a destination, however often it is written', async () => {
    await ledger.write(messageOf('n:1'), SLACK, EMAIL);
    await ledger.write(messageOf('n:1', { subject: 'again' }), SLACK, EMAIL, WEBHOOK);

    expect((await ledger.rows()).map(({ id, integration }) => [id, integration])).toEqual([
      ['n:1', 'slack'],
      ['n:1', 'email'],
      ['n:1', 'webhook'],
    ]);
  });

  it('gives the message back as it was', async () => {
    const message = messageOf('n:1', { html: '<p>x</p>', slackBlocks: [{ type: 'divider' }] });
    await ledger.write(message, SLACK);

    expect((await claimOne()).message).toEqual(message);
  });
});

describe('claiming', () => {
  it('hands each delivery to one of eight racers, and writes its attempt before it is sent', async () => {
    for (let index = 0; index < 30; index += 1) {
      await ledger.write(messageOf(`n:${index}`), { ...SLACK, number: index % 6 });
    }

    const claims = await Promise.all(Array.from({ length: 8 }, () => ledger.deliveries.claim(10)));

    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
    const attempts = await ledger.attempts();
    expect(attempts).toHaveLength(ids.length);
    expect(attempts.every(({ number, result }) => number === 1 && result === null)).toBe(true);
  });

  it('leaves what is not due yet, and what is dead or delivered', async () => {
    await ledger.write(messageOf('n:1'), SLACK, EMAIL, WEBHOOK);
    await ledger.database.execute(
      `UPDATE delivery SET due_at = now() + interval '1 minute' WHERE integration = 'slack'`,
    );
    await ledger.database.execute(`UPDATE delivery SET status = 'dead' WHERE integration = 'email'`);
    await ledger.database.execute(`UPDATE delivery SET status = 'delivered' WHERE integration = 'webhook'`);

    expect(await ledger.deliveries.claim(10)).toEqual([]);
  });

  it('tells how far the last try got, whoever made it', async () => {
    await ledger.write(messageOf('n:1'), EMAIL);
    const first = await claimOne();
    expect(first.before).toEqual({ root: null, progress: null });
    const due = { status: 0, detail: 'unavailable', dueAt: new Date(0) };
    await ledger.deliveries.record(first, { result: 'retry', ...due, progress: 'half' }, ledger.announce);
    const second = await claimOne();
    expect(second.before.progress).toBe('half');
    await ledger.deliveries.record(second, { result: 'retry', ...due, progress: null }, ledger.announce);

    expect((await claimOne()).before.progress).toBe('half');
  });

  it('gives with what follows what the destination took first of the conversation', async () => {
    const say = async (id: string, ref?: string) => {
      await ledger.write(messageOf(id, { thread: 'group:1' }), SLACK, WEBHOOK);
      const claimed = await ledger.deliveries.claim(10);
      for (const one of claimed)
        await ledger.deliveries.record(
          one,
          { result: 'taken', status: 200, detail: 'ok', ...(one.integration === 'slack' && ref && { ref }) },
          ledger.announce,
        );
      return Object.fromEntries(claimed.map(({ integration, before }) => [integration, before.root]));
    };

    expect(await say('n:1', 'C1/1')).toEqual({ slack: null, webhook: null });
    for (const id of ['n:2', 'n:3'])
      expect(await say(id, `C1/${id}`)).toMatchObject({
        slack: { ref: 'C1/1', message: { id: 'n:1' } },
        webhook: null,
      });
  });

  it('takes the oldest first', async () => {
    for (const id of ['n:1', 'n:2', 'n:3']) await ledger.write(messageOf(id), SLACK);
    await ledger.database.execute(
      `UPDATE delivery SET due_at = now() - interval '1 hour' WHERE message_id = 'n:3'`,
    );

    expect((await ledger.deliveries.claim(10)).map(({ message }) => message.id)).toEqual([
      'n:3',
      'n:1',
      'n:2',
    ]);
  });

  it('gives one destination a share only, so that the others are not behind its queue', async () => {
    for (let index = 0; index < 100; index += 1) await ledger.write(messageOf(`slack:${index}`), SLACK);
    await ledger.write(messageOf('mail:1'), EMAIL);

    const claimed = await ledger.deliveries.claim(50);

    expect(claimed.filter(({ integration }) => integration === 'slack')).toHaveLength(10);
    expect(claimed.filter(({ integration }) => integration === 'email')).toHaveLength(1);
  });

  it('leaves a destination alone that somebody is sending to, until the lease ends', async () => {
    for (let index = 0; index < 20; index += 1) await ledger.write(messageOf(`slack:${index}`), SLACK);
    await ledger.deliveries.claim(50);
    await ledger.write(messageOf('mail:1'), EMAIL);

    expect((await ledger.deliveries.claim(50)).map(({ integration }) => integration)).toEqual(['email']);
    await ledger.expireLeases();
    expect(await ledger.deliveries.claim(50)).toHaveLength(11);
  });
});

describe('a lease', () => {
  it('that ran out is claimed again as a possible repeat, and its attempt is lost', async () => {
    await ledger.write(messageOf('n:1'), SLACK);
    await claimOne();
    expect(await ledger.deliveries.claim(1)).toEqual([]);
    await ledger.expireLeases();

    const again = await claimOne();

    expect(again).toMatchObject({ attempt: 2, message: { id: 'n:1' } });
    expect(await ledger.rows()).toMatchObject([{ status: 'sending', isRepeat: true, attempts: 2 }]);
    expect(await ledger.attempts()).toMatchObject([
      { number: 1, result: 'lost' },
      { number: 2, result: null },
    ]);
  });

  it.each([
    { result: 'taken', status: 200, detail: 'ok' },
    { result: 'refused', status: 0, detail: 'not-found: gone' },
    {
      result: 'retry',
      status: 0,
      detail: 'unavailable',
      dueAt: new Date('2030-01-01T00:00:00Z'),
      progress: null,
    },
  ] as const)('that was taken over lets its old holder record nothing ($result)', async (end) => {
    await ledger.write(messageOf('n:1'), SLACK);
    const old = await claimOne();
    await ledger.expireLeases();
    const current = await claimOne();

    const isHeld = await ledger.deliveries.record(old, end, ledger.announce);

    expect(isHeld).toBe(false);
    expect(await ledger.rows()).toMatchObject([{ status: 'sending', attempts: 2, error: null }]);
    expect(await ledger.attempts()).toMatchObject([{ result: 'lost' }, { result: null }]);
    expect(
      await ledger.deliveries.record(
        current,
        { result: 'taken', status: 200, detail: 'ok' },
        ledger.announce,
      ),
    ).toBe(true);
    expect(await ledger.rows()).toMatchObject([{ status: 'delivered', isRepeat: true }]);
  });

  it('that was lost ten times is the last one', async () => {
    await ledger.write(messageOf('n:1'), SLACK);
    await claimOne();
    await ledger.database.execute('UPDATE delivery SET attempts = 10');
    await ledger.expireLeases();

    expect(await ledger.deliveries.claim(10)).toEqual([]);
    expect(await ledger.rows()).toMatchObject([
      { status: 'dead', error: expect.stringContaining('ended before') },
    ]);
  });

  it('cannot be recorded twice by its holder', async () => {
    await ledger.write(messageOf('n:1'), SLACK);
    const held = await claimOne();
    const taken = { result: 'taken', status: 200, detail: 'ok' } as const;

    expect([
      await ledger.deliveries.record(held, taken, ledger.announce),
      await ledger.deliveries.record(held, taken, ledger.announce),
    ]).toEqual([true, false]);
  });

  it('of eight racers for what was lost goes to one', async () => {
    await ledger.write(messageOf('n:1'), SLACK);
    await claimOne();
    await ledger.expireLeases();

    const claims = await Promise.all(Array.from({ length: 8 }, () => ledger.deliveries.claim(5)));

    expect(claims.flat()).toHaveLength(1);
    expect(await ledger.attempts()).toHaveLength(2);
  });
});

describe('giving a claim back', () => {
  it('costs no attempt and waits as long as it is told', async () => {
    await ledger.write(messageOf('n:1'), SLACK);
    const held = await claimOne();

    await ledger.deliveries.postpone(held, new Date(Date.now() + 60_000));

    expect(await ledger.attempts()).toEqual([]);
    const [row] = await ledger.rows();
    expect(row).toMatchObject({ status: 'pending', attempts: 0, isRepeat: false });
    expect(row?.dueIn).toBeGreaterThan(55);
    await ledger.passDueTimes();
    expect(await claimOne()).toMatchObject({ attempt: 1 });
  });

  it('does nothing once another has taken it over', async () => {
    await ledger.write(messageOf('n:1'), SLACK);
    const old = await claimOne();
    await ledger.expireLeases();
    await claimOne();

    await ledger.deliveries.postpone(old, new Date());

    expect(await ledger.rows()).toMatchObject([{ status: 'sending', attempts: 2 }]);
    expect(await ledger.attempts()).toHaveLength(2);
  });
});
