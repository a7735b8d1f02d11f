import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeardMention, RejectedRow } from '../../../src/domain/mention.ts';
import type { Source } from '../../../src/domain/source.ts';
import { type Dovecot, hasDovecot, NEEDS_DOVECOT, startDovecot } from '../../support/dovecot.ts';
import { openMailbox } from '../../support/mailbox.ts';
import { sampleMails } from '../../support/sample-mails.ts';

const HANGS = new URL('../../fixtures/mail/hanging-parser.ts', import.meta.url);
const NOW = new Date();

const head = (subject: string, headers = ''): string =>
  `From: Anna Berg <anna@acme.example>\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@acme.example>\r\n${headers}`;
const mail = (subject: string, body: string, headers = ''): string =>
  `${head(subject, headers)}\r\n${body}\r\n`;
const html = (subject: string, body: string): string => mail(subject, body, 'Content-Type: text/html\r\n');
const mixed = 'Content-Type: multipart/mixed; boundary=a\r\n';
const attached = (subject: string, bytes: number): string =>
  mail(
    subject,
    `--a\r\n\r\nText\r\n--a\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'A'.repeat(76)}\r\n`.repeat(bytes / 78)}--a--`,
    mixed,
  );

function nested(levels: number): string {
  const open = Array.from(
    { length: levels },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  return `${head('levels')}${open.join('')}Content-Type: text/plain\r\n\r\nhi\r\n`;
}

/** What each hostile mail becomes: readable, unreadable, or no mail at all. */
const HOSTILE: readonly (readonly [string, 'read' | 'unreadable' | 'no mail'])[] = [
  [mail('parts', '--a\r\nX: y\r\n\r\n\r\n'.repeat(100_000), mixed), 'unreadable'],
  [nested(5000), 'unreadable'],
  [mail('header', 'body', `X-Big: ${'a'.repeat(50_000_000)}\r\n`), 'unreadable'],
  [mail('headers', 'body', 'X-H: v\r\n'.repeat(500_000)), 'unreadable'],
  [mail('addresses', 'body', `To: ${'"n" <user@example.com>, '.repeat(100_000)}\r\n`), 'unreadable'],
  [mail('references', 'body', `References: ${'<aaaaaaaaaaaaaaaa@x> '.repeat(200_000)}\r\n`), 'unreadable'],
  [attached('attached', 7_000_000), 'read'],
  [attached('too-much', 25_000_000), 'unreadable'],
  [
    mail(
      'charset',
      '%%not base64%%',
      'Content-Type: text/plain; charset=x-none\r\nContent-Transfer-Encoding: base64\r\n',
    ),
    'read',
  ],
  [mail('boundary', 'whatever', 'Content-Type: multipart/mixed\r\n'), 'read'],
  [mail('nul', 'ab\0cd \uFFFD \0 end'), 'read'],
  [mail('future', 'body', 'Date: Sat, 01 Jan 2050 00:00:00 +0000\r\n'), 'read'],
  [mail('past', 'body', 'Date: Mon, 30 Mar 0099 10:00:00 +0000\r\n'), 'read'],
  [html('divs', `${'<div>'.repeat(200_000)}x`), 'read'],
  [html('tables', '<table><tr><td>'.repeat(20_000)), 'read'],
  [html('links', '<div><a href="http://x">x</a>'.repeat(300_000)), 'read'],
  [html('brackets', '<'.repeat(130_000)), 'read'],
  ['Subject: nobody\r\n\r\nText.\r\n', 'unreadable'],
  [`\r\n\r\n`, 'no mail'],
  ['', 'no mail'],
];

interface Heard {
  readonly mentions: readonly HeardMention[];
  readonly rejected: readonly RejectedRow[];
}

async function hear(source: Source): Promise<Heard> {
  const mentions: HeardMention[] = [];
  const rejected: RejectedRow[] = [];
  let cursor: string | null = null;
  for (let hasMore = true; hasMore; ) {
    const page = await source.fetchPage(cursor, new AbortController().signal);
    mentions.push(...page.mentions);
    rejected.push(...page.rejected);
    ({ nextCursor: cursor, hasMore } = page);
  }
  await source.close();
  return { mentions, rejected };
}

describe.skipIf(!hasDovecot)(`mail that was made to harm its reader${NEEDS_DOVECOT}`, () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot?.close());

  it('is read or kept for a person to look at, and so is every good mail after it', {
    timeout: 180_000,
  }, async () => {
    const good = HOSTILE.map((_, index) => mail(`good-${index}`, `Fine ${index}.`));
    dovecot.deliver({ user: 'hostile' }, ...HOSTILE.flatMap(([raw], index) => [raw, good[index] ?? '']));

    const { mentions, rejected } = await hear(openMailbox(dovecot.port, 'hostile'));

    const subjects = mentions.map(({ text }) => text.split('\n')[0]);
    expect(subjects.filter((subject) => subject?.startsWith('good-'))).toHaveLength(HOSTILE.length);
    const bad = mentions.filter(({ text }) => !text.startsWith('good-'));
    expect(bad.map(({ unreadable }) => (unreadable === undefined ? 'read' : 'unreadable'))).toEqual(
      HOSTILE.map(([, fate]) => fate).filter((fate) => fate !== 'no mail'),
    );
    expect(rejected.map(({ where }) => where)).toEqual(['INBOX, mail 37', 'INBOX, mail 39']);
    for (const { text, author, occurredAt } of bad) {
      if (!text.startsWith('nobody'))
        expect(author, text.slice(0, 20)).toMatchObject({ email: 'anna@acme.example' });
      expect(Math.abs(occurredAt.getTime() - NOW.getTime())).toBeLessThan(600_000);
    }
  });

  it('may hang the thread that reads it: it is given up and the next mail is read', async () => {
    const [before, hanging, after] = [mail('one', 'Text.'), mail('two', 'hang'), mail('three', 'Text.')];
    dovecot.deliver({ user: 'hanging' }, before, hanging, after);
    const parser = { entry: HANGS, deadlineMs: 4000 };

    const { mentions } = await hear(openMailbox(dovecot.port, 'hanging', { internals: { parser } }));

    expect(mentions).toMatchObject([
      { text: 'one\n\nText.' },
      {
        text: 'two',
        author: { name: 'Anna Berg' },
        unreadable: 'the mail could not be taken apart within 4000 ms',
      },
      { text: 'three\n\nText.' },
    ]);
    expect(mentions[0]?.unreadable ?? mentions[2]?.unreadable).toBeUndefined();
  });

  it('may be any mail with bytes changed, dropped and doubled', async () => {
    const random = seeded(20_260_330);
    const mutated = sampleMails(300).map(({ raw }) => mutate(raw, random));
    dovecot.deliver({ user: 'mutated' }, ...mutated, mail('good', 'Fine.'));

    const { mentions, rejected } = await hear(openMailbox(dovecot.port, 'mutated'));

    expect(mentions.length + rejected.length).toBe(301);
    expect(mentions.at(-1)?.text).toBe('good\n\nFine.');
    for (const { text, externalId, thread, author } of mentions) {
      for (const value of [text, externalId, thread ?? '', ...Object.values(author)])
        expect(value.isWellFormed() && !value.includes('\0')).toBe(true);
      expect(text).not.toBe('');
    }
  });
});

/** Numbers from 0 to below 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let count = 0;
  return () => createHash('sha256').update(`${seed}/${count++}`).digest().readUInt32BE() / 2 ** 32;
}

/** Changes up to thirty places near the beginning, where a mail says how it is to be read. */
function mutate(raw: Buffer, random: () => number): Buffer {
  let bytes = Buffer.from(raw);
  for (let edits = Math.ceil(random() * 30); edits > 0; edits -= 1) {
    const at = Math.floor(random() * Math.min(bytes.length, 2000));
    const length = Math.floor(random() * 40);
    const kind = random();
    if (kind < 0.6) bytes[at] = Math.floor(random() * 256);
    else if (kind < 0.8) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  }
  return bytes;
}
