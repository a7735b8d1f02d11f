import { describe, expect, it } from 'vitest';
import { tempFolder } from './temp-file.ts';

const temp = tempFolder();

function mail(subject: string, body: string, headers = ''): string {
  return `From: Anna <anna@acme.example>\nDate: Mon, 30 Mar 2026 10:00:00 +0000\nMessage-ID: <${subject}@acme.example>\nSubject: ${subject}\n${headers}\n${body}`;
}

const SEPARATOR = 'From anna@acme.example Mon Mar 30 10:00:00 2026\n';

describe('reading an mbox', () => {
  it('makes one mention of each mail', async () => {
    const mbox = `${SEPARATOR}${mail('one', 'First text.\n')}\n${SEPARATOR}${mail('two', 'Second text.\n')}\n`;

    const { mentions, rejected } = await temp.read('two.mbox', mbox);

    expect(rejected).toEqual([]);
    expect(mentions.map(({ text }) => text)).toEqual(['one\n\nFirst text.', 'two\n\nSecond text.']);
    expect(mentions[0]).toMatchObject({
      platform: 'email',
      kind: 'mail',
      author: { name: 'Anna', email: 'anna@acme.example' },
      occurredAt: new Date('2026-03-30T10:00:00Z'),
      thread: 'one@acme.example',
    });
  });

  it('takes escaped and stray "From " lines of a text for what they are', async () => {
    const body =
      '>From here on it got worse.\n>>From the start, even.\n\nFrom my point of view\nit is fine.\n';

    const { mentions } = await temp.read('from.mbox', `${SEPARATOR}${mail('one', body)}`);

    expect(mentions.map(({ text }) => text)).toEqual([
      'one\n\nFrom here on it got worse.\n>From the start, even.\n\nFrom my point of view\nit is fine.',
    ]);
  });

  it.each([
    ['Thunderbird', 'From - Mon Mar 30 10:00:00 2026'],
    ['newer Thunderbird', 'From '],
    ['Gmail', 'From 1234567890@xxx Mon Mar 30 10:00:00 +0000 2026'],
    ['a day first', 'From anna@acme.example Mon, 30 Mar 2026 10:00:00 +0000'],
    ['no date at all', 'From anna@acme.example'],
  ])('knows the separators of %s', async (_what, line) => {
    const mbox = ['one', 'two']
      .map((name) => `${line}\r\n${mail(name, 'Text.\n\n').replaceAll('\n', '\r\n')}`)
      .join('');

    const { mentions } = await temp.read('separators.mbox', mbox);

    expect(mentions.map(({ text }) => text)).toEqual(['one\n\nText.', 'two\n\nText.']);
  });

  it('takes the day of the separator where the mail has no usable Date', async () => {
    const mbox = ['', 'Date: Thu, 99 Foo 99999 99:99:99\n', 'Date: Fri, 01 Jan 2099 00:00:00 +0000\n']
      .map((date, index) => `${SEPARATOR}From: a@b.example\nSubject: ${index}\n${date}\nText\n\n`)
      .join('');

    const { mentions } = await temp.read('dates.mbox', mbox);

    expect(mentions.map(({ occurredAt }) => occurredAt.toISOString())).toEqual(
      Array(3).fill('2026-03-30T10:00:00.000Z'),
    );
  });

  it('keeps a broken mail for a person to look at, and goes on with the next', async () => {
    const broken = [mail('x', '', 'X-Big: '.padEnd(400_000, 'a')), 'Subject: no sender\n\nText\n', ''];
    const mbox = [...broken, mail('fine', 'Text.\n')].map((raw) => `${SEPARATOR}${raw}\n\n`).join('');

    const { mentions, rejected } = await temp.read('broken.mbox', mbox);

    expect(mentions.map(({ text, unreadable }) => [text, unreadable])).toEqual([
      ['x', expect.stringContaining('breaks a limit')],
      ['no sender\n\nText', expect.stringContaining('no sender')],
      ['fine\n\nText.', undefined],
    ]);
    expect(rejected).toEqual([{ where: 'message 3', reason: 'there is no mail, only blanks' }]);
  });

  it('keeps the header of a mail of more than 10 MB', async () => {
    const big = mail('big', `${'A'.repeat(75)}\n`.repeat(150_000));

    const { mentions, rejected } = await temp.read(
      'big.mbox',
      `${SEPARATOR}${big}\n${SEPARATOR}${mail('fine', 'Text.')}`,
    );

    expect(rejected).toEqual([]);
    expect(mentions).toMatchObject([
      { text: 'big', author: { name: 'Anna' }, unreadable: 'the mail is larger than 10 MB' },
      { text: 'fine\n\nText.' },
    ]);
  });
});
