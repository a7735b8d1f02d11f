import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeardMention } from '../../../src/domain/mention.ts';
import { type MailContext, readMail } from '../../../src/sources/read-mail.ts';
import { parserHere } from '../../support/parser-here.ts';

const NOW = new Date('2026-04-01T12:00:00Z');
const BASE = {
  From: 'Anna Berg <Anna@Acme.example>',
  Date: 'Mon, 30 Mar 2026 10:00:00 +0000',
  'Message-ID': '<m1@acme.example>',
  Subject: 'Invoice',
};

function raw(headers: Readonly<Record<string, string | null>>, body = 'Too high.'): Buffer {
  const lines = Object.entries({ ...BASE, ...headers }).filter(([, value]) => value !== null);
  return Buffer.from(`${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}\r\n`);
}

function read(bytes: Buffer, options: Partial<MailContext> = {}): ReturnType<typeof readMail> {
  return readMail(bytes, { parser: parserHere, now: NOW, where: 'message 1', platform: 'email', ...options });
}

async function mentionOf(bytes: Buffer): Promise<HeardMention> {
  const reading = await read(bytes);
  if (!('mention' in reading)) throw new Error(reading.rejected.reason);
  return reading.mention;
}

describe('reading a mail', () => {
  it('gives subject and body, the author of From and the day of Date', async () => {
    const mention = await mentionOf(raw({ 'Reply-To': 'other@b.example', Sender: 'list@b.example' }));

    expect(mention).toEqual({
      platform: 'email',
      externalId: expect.stringMatching(/^[0-9a-f]{64}$/),
      kind: 'mail',
      text: 'Invoice\n\nToo high.',
      author: { name: 'Anna Berg', email: 'anna@acme.example' },
      occurredAt: new Date('2026-03-30T10:00:00Z'),
      thread: 'm1@acme.example',
    });
  });

  it('decodes names, subjects and bodies of any charset', async () => {
    const headers = {
      From: '=?iso-8859-1?Q?J=F6rg?= <jorg@acme.example>',
      Subject: '=?utf-8?B?R3LDvMOfZQ==?=',
      'Content-Type': 'text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding': 'quoted-printable',
    };

    const mention = await mentionOf(raw(headers, 'Sch=F6n'));

    expect(mention.text).toBe('Grüße\n\nSchön');
    expect(mention.author.name).toBe('Jörg');
  });

  it('reads names and subjects that stand in UTF-8 without encoding', async () => {
    const mention = await mentionOf(raw({ From: 'Jörg <jorg@acme.example>', Subject: 'Grüße' }));

    expect(mention).toMatchObject({ author: { name: 'Jörg' }, text: 'Grüße\n\nToo high.' });
  });

  it('prefers the plain part, and turns HTML into text where there is none', async () => {
    const headers = { 'Content-Type': 'multipart/alternative; boundary=b', 'MIME-Version': '1.0' };

    expect((await mentionOf(raw(headers, twoParts('From plain')))).text).toBe('Invoice\n\nFrom plain');
    expect((await mentionOf(raw(headers, twoParts('')))).text).toBe('Invoice\n\nFrom HTML');
  });

  it('drops NUL bytes, which no database takes', async () => {
    expect((await mentionOf(raw({}, 'one\0two'))).text).toBe('Invoice\n\nonetwo');
  });

  it.each([
    ['References', { References: '<root@a> <mid@a>', 'In-Reply-To': '<mid@a>' }, 'root@a'],
    ['In-Reply-To', { 'In-Reply-To': '<parent@a>' }, 'parent@a'],
    ['its own Message-ID', {}, 'm1@acme.example'],
  ])('finds the thread by %s', async (_what, headers, thread) => {
    expect((await mentionOf(raw(headers))).thread).toBe(thread);
  });
});

describe('the identity of a mail', () => {
  it('is the same in two mailboxes', async () => {
    const inOne = await mentionOf(
      raw({ Received: 'by one; Mon, 30 Mar 2026 10:00:01 +0000', 'X-Spam': 'no' }),
    );
    const inOther = await mentionOf(
      raw({ Received: 'by two; Mon, 30 Mar 2026 10:00:09 +0000' }, 'Too  high. \r\n'),
    );

    expect(inOne.externalId).toBe(inOther.externalId);
  });

  it.each([
    ['body', raw({}, 'Another body under that Message-ID.')],
    ['Date', raw({ Date: 'Mon, 30 Mar 2026 10:00:01 +0000' })],
    ['From', raw({ From: 'ben@acme.example' })],
    ['Message-ID', raw({ 'Message-ID': '<m2@acme.example>' })],
  ])('differs with the %s', async (_what, other) => {
    expect((await mentionOf(other)).externalId).not.toBe((await mentionOf(raw({}))).externalId);
  });
});

describe('mail that machines wrote', () => {
  it.each([
    [{ 'Auto-Submitted': 'auto-replied' }, 'auto-reply'],
    [{ 'Auto-Submitted': 'auto-generated (vacation)' }, 'auto-reply'],
    [{ 'Auto-Submitted': 'no' }, undefined],
    [{ 'X-Autoreply': 'yes' }, 'auto-reply'],
    [{ 'X-Autoreply': 'no' }, undefined],
    [{ 'X-Autorespond': 'out of office' }, 'auto-reply'],
    [{ Precedence: 'auto_reply' }, 'auto-reply'],
    [{ Precedence: 'bulk' }, 'list'],
    [{ Precedence: 'junk' }, 'list'],
    [{ Precedence: 'list' }, 'list'],
    [{ Precedence: 'first-class' }, undefined],
    [{ 'List-Id': 'News <news.acme.example>' }, 'list'],
    [{ 'List-Unsubscribe': '<mailto:off@acme.example>' }, 'list'],
    [{ 'Return-Path': '<>' }, 'bounce'],
    [{ 'Return-Path': '<anna@acme.example>' }, undefined],
    [{ 'Return-Path': '<>', 'Auto-Submitted': 'auto-replied' }, 'auto-reply'],
    [{ 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' }, 'bounce'],
    [
      { 'Content-Type': 'multipart/report; report-type="disposition-notification"; boundary=b' },
      'auto-reply',
    ],
    [{ 'X-Failed-Recipients': 'gone@acme.example' }, 'bounce'],
    [{ From: 'MAILER-DAEMON@mx.acme.example' }, 'bounce'],
    [{ 'X-Loop': 'anything', 'Auto-Submitted': 'auto-generated' }, 'loop'],
    [{ 'Message-ID': '<earshot.01J8@acme.example>' }, 'loop'],
    [{ 'In-Reply-To': '<earshot.01J8@acme.example>' }, undefined],
    [{ 'X-AutoReply-From': 'anna@acme.example' }, 'auto-reply'],
    [{ 'X-Precedence': 'bulk' }, 'list'],
    [{ 'Delivered-To': 'autoresponder' }, 'auto-reply'],
    [{ 'Content-Type': 'multipart/report; report-type=feedback-report; boundary=b' }, 'bounce'],
    [{ From: 'Postmaster <postmaster@acme.example>' }, 'bounce'],
    [{ From: 'Postmaster General <pat@post.example>' }, undefined],
    [{ 'X-Auto-Response-Suppress': 'All' }, undefined],
    [{ Subject: 'Out of office: back on Monday' }, undefined],
    [{ Subject: 'Out of office: back on Monday', 'X-Auto-Response-Suppress': 'All' }, 'auto-reply'],
    [
      { Subject: '=?utf-8?Q?R=C3=A9ponse_automatique_:_Invoice?=', 'X-Auto-Response-Suppress': 'All' },
      'auto-reply',
    ],
    [{}, undefined],
  ])('%j: %s', async (headers, expected) => {
    expect((await mentionOf(raw(headers, '--b\r\n\r\nText\r\n--b--'))).machineMail).toBe(expected);
  });
});

describe('mail that cannot be read', () => {
  it.each([
    ['nothing at all', Buffer.alloc(0), 'no mail'],
    ['blanks', Buffer.from('\r\n \r\n\0'), 'no mail'],
    ['no date', raw({ Date: null }), 'no date'],
    ['a date of the year 99', raw({ Date: 'Mon, 30 Mar 0099 10:00:00 +0000' }), 'no date'],
  ])('is a rejected row: %s', async (_what, bytes, reason) => {
    expect(await read(bytes)).toEqual({
      rejected: { where: 'message 1', reason: expect.stringContaining(reason) },
    });
  });

  it.each([
    ['50,000 headers', `${'X-H: v\r\n'.repeat(50_000)}${raw({}).toString()}`, 'breaks a limit'],
    ['one header of 5 MB', raw({ 'X-Big': 'a'.repeat(5_000_000) }), 'breaks a limit'],
    ['100,000 recipients', raw({ To: 'a@b.example, '.repeat(100_000) }), 'breaks a limit'],
    ['200,000 References', raw({ References: '<aaaaaaaaaaaaaaaa@x> '.repeat(200_000) }), 'breaks a limit'],
    [
      '100,000 parts',
      raw({ 'Content-Type': 'multipart/mixed; boundary=a' }, '--a\r\nX: y\r\n\r\n\r\n'.repeat(100_000)),
      'breaks a limit',
    ],
    ['5,000 levels', Buffer.concat([raw({}).subarray(0, -13), nested(5000)]), 'breaks a limit'],
    ['11 MB', raw({}, 'x'.repeat(11_000_000)), 'larger than 10 MB'],
  ])(
    'keeps sender, subject and day for a person to look at, within 5 s of processor time: %s',
    async (_what, bytes, reason) => {
      const started = process.cpuUsage();

      const mention = await mentionOf(Buffer.from(bytes));

      expect(cpuMs(started)).toBeLessThan(5000);
      expect(mention).toMatchObject({
        externalId: expect.stringMatching(/^[0-9a-f]{64}$/),
        text: 'Invoice',
        author: { name: 'Anna Berg', email: 'anna@acme.example' },
        occurredAt: new Date('2026-03-30T10:00:00Z'),
        unreadable: expect.stringContaining(reason),
      });
    },
  );

  it.each([
    ['no From', { From: null }, { name: 'unknown sender' }, 'Invoice\n\nToo high.'],
    ['an empty From', { From: '' }, { name: 'unknown sender' }, 'Invoice\n\nToo high.'],
    [
      'no subject and a picture only',
      { Subject: null, 'Content-Type': 'image/png' },
      { name: 'Anna Berg', email: 'anna@acme.example' },
      'This mail has no text that can be read.',
    ],
  ])('is kept for a person to look at: %s', async (_what, headers, author, text) => {
    expect(await mentionOf(raw(headers))).toMatchObject({ author, text, unreadable: expect.any(String) });
  });

  it('keeps a mail whose very header cannot be read', async () => {
    const bytes = Buffer.from(`X-Big: ${'a'.repeat(5_000_000)}\r\n\r\nText`);

    expect(await read(bytes, { receivedAt: NOW })).toMatchObject({
      mention: {
        author: { name: 'unknown sender' },
        text: 'This mail has no text that can be read.',
        occurredAt: NOW,
        unreadable: expect.stringContaining('breaks a limit'),
      },
    });
  });

  it('says of broken mail too that a machine wrote it', async () => {
    const headers = { 'X-Big': 'a'.repeat(300_000), 'Auto-Submitted': 'auto-replied' };

    expect(await mentionOf(raw(headers))).toMatchObject({
      machineMail: 'auto-reply',
      unreadable: expect.any(String),
    });
  });

  it('takes the day it came in where the Date is absurd', async () => {
    const reading = await read(raw({ Date: 'never' }), { receivedAt: new Date('2026-03-29T00:00:00Z') });

    expect(reading).toMatchObject({ mention: { occurredAt: new Date('2026-03-29T00:00:00Z') } });
  });

  it.each([
    [
      'an unknown charset and broken base64',
      raw({ 'Content-Type': 'text/plain; charset=x-none', 'Content-Transfer-Encoding': 'base64' }, '%%not%%'),
    ],
    ['no boundary', raw({ 'Content-Type': 'multipart/mixed' }, 'whatever')],
    ['a bogus encoded subject', raw({ Subject: '=?bogus?Q?=ZZ?= =?utf-8?B?///?=' })],
    [
      'an attachment of 7 MB',
      raw(
        { 'Content-Type': 'multipart/mixed; boundary=a' },
        `--a\r\n\r\nText\r\n--a\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${'A'.repeat(7_000_000)}\r\n--a--`,
      ),
    ],
    ['200,000 nested divs', raw({ 'Content-Type': 'text/html' }, `${'<div>'.repeat(200_000)}x`)],
    ['20,000 nested tables', raw({ 'Content-Type': 'text/html' }, `${'<table><tr><td>'.repeat(20_000)}x`)],
    ['128 KB of open tags', raw({ 'Content-Type': 'text/html' }, '<'.repeat(130_000))],
    ['9 MB of HTML', raw({ 'Content-Type': 'text/html' }, '<div><a href="http://x">x</a>'.repeat(300_000))],
    ['9 MB of links', raw({}, 'http://a.b/'.repeat(800_000))],
  ])('is read all the same within 5 s of processor time: %s', async (_what, bytes) => {
    const started = process.cpuUsage();

    const mention = await mentionOf(bytes);

    expect(mention.text.length).toBeLessThan(1_100_000);
    expect(cpuMs(started)).toBeLessThan(5000);
  });

  it('never throws, whatever bytes were changed on the way', async () => {
    const seed = raw(
      { 'Content-Type': 'multipart/mixed; boundary=b' },
      '--b\r\nContent-Type: text/html\r\n\r\n<p>Hi</p>\r\n--b--',
    );
    const edits = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 30 });

    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const bytes = Buffer.from(seed);
        for (const [at, byte] of changes) bytes[at] = byte;
        const reading = await read(bytes);
        const text = 'mention' in reading ? reading.mention.text : '';
        expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Processor time, which unlike the clock does not grow when the machine is busy with something else. */
function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function twoParts(plain: string): string {
  return `--b\r\nContent-Type: text/plain\r\n\r\n${plain}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>From <b>HTML</b></p>\r\n--b--`;
}

function nested(levels: number): Buffer {
  const open = Array.from(
    { length: levels },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  return Buffer.from(`${open.join('')}Content-Type: text/plain\r\n\r\nhi\r\n`);
}
