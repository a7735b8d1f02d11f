import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeardMention, SourcePage } from '../../../src/domain/mention.ts';
import type { Source } from '../../../src/domain/source.ts';
import { type Dovecot, hasDovecot, NEEDS_DOVECOT, startDovecot } from '../../support/dovecot.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { emailDeps, faultOf, openMailbox } from '../../support/mailbox.ts';

const DAY = 24 * 3600 * 1000;
const live = (): AbortSignal => new AbortController().signal;
const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY);

function mail(id: number | string, body = `Text ${id}.`): string {
  return `From: anna@acme.example\r\nMessage-ID: <${id}@acme.example>\r\nSubject: Order ${id}\r\n\r\n${body}\r\n`;
}

const mails = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => mail(from + index));

/** What is heard from a cursor on until there is no more, and where that is. */
async function hear(source: Source, from: string | null = null) {
  const mentions: HeardMention[] = [];
  let cursor = from;
  for (let hasMore = true; hasMore; ) {
    const page = await source.fetchPage(cursor, live());
    mentions.push(...page.mentions);
    ({ nextCursor: cursor, hasMore } = page);
  }
  return { mentions, cursor, orders: mentions.map(({ text }) => /Order (\S+)/.exec(text)?.[1]) };
}

describe.skipIf(!hasDovecot)(`reading a mailbox${NEEDS_DOVECOT}`, () => {
  let dovecot: Dovecot;
  let proxy: FaultProxy;
  let users = 0;
  const newUser = (): string => `user${(users += 1)}`;

  beforeAll(async () => {
    dovecot = await startDovecot();
    proxy = await startFaultProxy(dovecot.port);
  });
  afterAll(async () => {
    await proxy?.close();
    await dovecot?.close();
  });

  it('begins where since says, and from then on leaves nothing out however old it is', async () => {
    const user = newUser();
    const source = openMailbox(dovecot.port, user, { options: { since: '2d' } });
    dovecot.deliver({ user, at: daysAgo(40) }, mail('ancient'));
    dovecot.deliver({ user, at: daysAgo(1) }, mail('recent'));
    dovecot.deliver({ user, at: daysAgo(50) }, mail('older'));

    const first = await hear(source);
    // An outage of days, and a mail that somebody moved in.
    dovecot.deliver({ user, at: daysAgo(30) }, mail('moved'));
    dovecot.deliver({ user }, ...mails(0, 120));
    const second = await hear(source, first.cursor);

    expect(first.orders).toEqual(['recent']);
    expect(second.orders).toEqual(['moved', ...Array.from({ length: 120 }, (_, id) => String(id))]);
  });

  it('gives nothing when nothing is new, and does not take the last mail for it', async () => {
    const user = newUser();
    dovecot.deliver({ user }, ...mails(0, 3));
    const source = openMailbox(dovecot.port, user);
    const { cursor } = await hear(source);

    expect(await hear(source, cursor)).toEqual({ mentions: [], cursor, orders: [] });
  });

  it('reads an empty folder, and then what comes into it', async () => {
    const user = newUser();
    const source = openMailbox(dovecot.port, user);
    const { cursor } = await hear(source);
    dovecot.deliver({ user }, mail(1));

    expect((await hear(source, cursor)).orders).toEqual(['1']);
  });

  it('reads several folders in turn', async () => {
    const user = newUser();
    dovecot.deliver({ user }, ...mails(0, 60));
    dovecot.deliver({ user, folder: 'Support' }, ...mails(60, 70));
    const source = openMailbox(dovecot.port, user, { options: { folders: ['INBOX', 'Support'] } });

    expect((await hear(source)).orders).toEqual(Array.from({ length: 70 }, (_, id) => String(id)));
  });

  it('passes mails that were removed before, between and during pages', async () => {
    const user = newUser();
    dovecot.deliver({ user }, ...mails(1, 121));
    await dovecot.doveadm('expunge', '-u', user, 'mailbox', 'INBOX', 'uid', '10:19');
    const source = openMailbox(proxy.port, user);
    const first = await source.fetchPage(null, live());
    await dovecot.doveadm('expunge', '-u', user, 'mailbox', 'INBOX', 'uid', '61:70');
    // The sizes of the next page are known when these go.
    const { held, release } = proxy.holdAt('BODY.PEEK');
    const second = source.fetchPage(first.nextCursor, live());
    await held;
    await dovecot.doveadm('expunge', '-u', user, 'mailbox', 'INBOX', 'uid', '80:89');
    release();
    const { mentions, nextCursor } = await second;
    const rest = await hear(source, nextCursor);

    const orders = [...first.mentions, ...mentions, ...rest.mentions].map(({ text }) =>
      Number(/Order (\d+)/.exec(text)?.[1]),
    );
    const gone = (id: number): boolean =>
      (id >= 10 && id < 20) || (id > 60 && id <= 70) || (id >= 80 && id < 90);
    const expected = Array.from({ length: 120 }, (_, index) => index + 1).filter((id) => !gone(id));
    expect(orders).toEqual(expected);
  });

  it('hears a mail that was moved away and back as the same mention', async () => {
    const user = newUser();
    dovecot.deliver({ user }, ...mails(0, 3));
    dovecot.deliver({ user, folder: 'Other' }, mail('other'));
    const source = openMailbox(dovecot.port, user);
    const before = await hear(source);
    await dovecot.doveadm('move', '-u', user, 'Other', 'mailbox', 'INBOX', 'uid', '2');
    await dovecot.doveadm('move', '-u', user, 'INBOX', 'mailbox', 'Other', 'subject', 'Order 1');
    const after = await hear(source, before.cursor);

    expect(after.mentions).toEqual([before.mentions[1]]);
  });

  it('reads a renumbered folder again from two days before its latest mail', async () => {
    const user = newUser();
    dovecot.deliver({ user, at: daysAgo(9) }, ...mails(0, 10));
    dovecot.deliver({ user, at: daysAgo(4) }, ...mails(10, 20));
    const source = openMailbox(dovecot.port, user);
    const before = await hear(source);
    await dovecot.doveadm('expunge', '-u', user, 'mailbox', 'INBOX', 'uid', '1:5');
    dovecot.deliver({ user, at: daysAgo(3) }, ...mails(20, 25));
    await dovecot.renumber(user);
    const after = await hear(source, before.cursor);

    expect(before.orders).toHaveLength(20);
    expect(after.orders.map(Number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 15 }, (_, index) => 10 + index),
    );
    expect(new Set([...before.mentions, ...after.mentions].map(({ externalId }) => externalId)).size).toBe(
      25,
    );
  });

  it('takes a mail of more than 10 MB by its header, without fetching the rest', async () => {
    const user = newUser();
    dovecot.deliver({ user }, mail(1), mail('big', 'x'.repeat(76).concat('\r\n').repeat(160_000)), mail(2));
    const before = proxy.passed;

    const { mentions } = await hear(openMailbox(proxy.port, user));

    expect(mentions).toMatchObject([
      { text: 'Order 1\n\nText 1.' },
      {
        text: 'Order big',
        author: { email: 'anna@acme.example' },
        unreadable: 'the mail is larger than 10 MB',
      },
      { text: 'Order 2\n\nText 2.' },
    ]);
    expect(proxy.passed - before).toBeLessThan(200_000);
  });

  it('gives up a mail that its server cannot give out, and reads those around it', async () => {
    const user = newUser();
    const files = dovecot.deliver({ user }, ...mails(0, 5));
    const source = openMailbox(dovecot.port, user);
    await source.check(live());
    dovecot.damage(user, files[2] ?? '');

    const heard: (string | undefined)[] = [];
    let cursor: string | null = null;
    for (let polls = 0; polls < 20; polls += 1) {
      const page: SourcePage | null = await source.fetchPage(cursor, live()).catch(() => null);
      if (page === null) continue;
      heard.push(...page.mentions.map(({ text, unreadable }) => unreadable ?? text));
      cursor = page.nextCursor;
      if (!page.hasMore) break;
    }

    expect(heard).toHaveLength(5);
    expect(heard.filter((text) => text?.includes('does not give this mail out'))).toHaveLength(1);
  });

  it('opens another connection when the server hung up between two pages', async () => {
    const user = newUser();
    dovecot.deliver({ user }, ...mails(0, 60));
    const source = openMailbox(dovecot.port, user);
    const { nextCursor } = await source.fetchPage(null, live());
    await dovecot.doveadm('kick', user);

    expect((await hear(source, nextCursor)).mentions).toHaveLength(10);
  });

  it('stops at once when it is aborted or closed, in whatever it waits for', async () => {
    const user = newUser();
    dovecot.deliver({ user }, ...mails(0, 20));
    for (const stallAfter of [1, 600, 4000]) {
      const source = openMailbox(proxy.port, user, { internals: { silenceMs: 600_000 } });
      const stalled = proxy.failNext({ stallAfter });
      const controller = new AbortController();
      const pending = faultOf(source.fetchPage(null, controller.signal));
      await stalled;
      if (stallAfter === 600) await source.close();
      else controller.abort();

      expect(await pending).toMatchObject({ kind: 'unavailable' });
    }
  });

  it('says what is there', async () => {
    const user = newUser();
    dovecot.deliver({ user }, mail(1));
    dovecot.deliver({ user, folder: 'Support' }, ...mails(0, 2));
    const source = openMailbox(dovecot.port, user, { options: { folders: ['INBOX', 'Support'] } });

    expect(await source.check(live())).toMatch(
      /^127\.0\.0\.1 takes the login; INBOX holds 1 mail \(UIDVALIDITY \d+\), Support holds 2 mails \(UIDVALIDITY \d+\)$/,
    );
  });

  it.each([
    ['a wrong password', { password: 'wrong-secret' }, 'auth', /refused the login.*check user and password/],
    ['an unknown folder', { folders: ['INBOX', 'Nowhere'] }, 'not-found', /no folder "Nowhere"/],
    ['a port that is silent', { port: 1 }, 'unavailable', /No connection to 127\.0\.0\.1 \(ECONNREFUSED\)/],
    ['TLS where there is none', { tls: true }, 'unavailable', /failed/],
  ])('says what is wrong with %s', async (_what, options, kind, message) => {
    const source = openMailbox(dovecot.port, 'anna', { options });

    for (const attempt of [() => source.check(live()), () => source.fetchPage(null, live())]) {
      const fault = await faultOf(attempt());
      expect(fault).toMatchObject({ kind, message: expect.stringMatching(message) });
      expect(JSON.stringify([fault, String(fault)])).not.toContain('wrong-secret');
    }
  });

  it('reaches no private address that is not allowed', async () => {
    const deps = { ...emailDeps(), privateNetworks: [] };

    expect(await faultOf(openMailbox(dovecot.port, 'anna', { deps }).check(live()))).toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('allow its network'),
    });
  });

  it('speaks TLS from the first byte, and only to a server that proves its name', async () => {
    const ca = readFileSync(dovecot.ca, 'utf8');
    const options = { tls: true, host: 'localhost' };

    const source = openMailbox(dovecot.tlsPort, newUser(), { options, internals: { ca } });
    const stranger = openMailbox(dovecot.tlsPort, newUser(), { options });

    expect(await source.check(live())).toContain('takes the login');
    expect(await faultOf(stranger.check(live()))).toMatchObject({ kind: 'unavailable' });
  });

  it('upgrades to TLS on port 143, and logs in nowhere without', async ({ skip }) => {
    const address = '127.14.3.1';
    const plain = await startFaultProxy(dovecot.port, { host: address, port: 143 }).catch(() => null);
    if (plain === null) return skip('port 143 may not be opened');
    const ca = readFileSync(dovecot.ca, 'utf8');
    const options = { tls: true, host: address };
    const deps = { ...emailDeps(), privateNetworks: ['127.0.0.0/8'] };
    try {
      const source = openMailbox(143, newUser(), { options, internals: { ca }, deps });
      const stranger = openMailbox(143, newUser(), { options, deps });

      expect(await source.check(live())).toContain('takes the login');
      expect(await faultOf(stranger.check(live()))).toMatchObject({ kind: 'unavailable' });
    } finally {
      await plain.close();
    }
  });
});
