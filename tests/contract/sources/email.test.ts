import { afterAll, beforeAll, describe } from 'vitest';
import type { Source } from '../../../src/domain/source.ts';
import { type Dovecot, hasDovecot, NEEDS_DOVECOT, startDovecot } from '../../support/dovecot.ts';
import { emailDeps, openMailbox } from '../../support/mailbox.ts';
import { describeSource } from './kit.ts';

const MAILS = 130;
/** The first reading begins at a time before now, and the same page has the same cursor. */
const START = new Date();
const deps = emailDeps(() => START);

const header = (id: number): string =>
  `From: Anna Berg <anna@acme.example>\r\nMessage-ID: <${id}@acme.example>\r\nSubject: Order ${id}\r\n`;
const mail = (id: number, body = `Text ${id}.`): string => `${header(id)}\r\n${body}\r\n`;

describe.skipIf(!hasDovecot)(`over IMAP${NEEDS_DOVECOT}`, () => {
  let dovecot: Dovecot;
  const open = (user: string, options: object = {}): Source =>
    openMailbox(dovecot.port, user, { deps, options: { ...options } });

  beforeAll(async () => {
    dovecot = await startDovecot();
    const numbers = Array.from({ length: MAILS }, (_, id) => id);
    dovecot.deliver({ user: 'whole' }, ...numbers.slice(0, 100).map((id) => mail(id)));
    dovecot.deliver({ user: 'whole', folder: 'Support' }, ...numbers.slice(100).map((id) => mail(id)));
    const bulky = numbers.slice(0, 30).map((id) => mail(id, 'word '.repeat(100_000)));
    dovecot.deliver({ user: 'bulky' }, ...bulky);
  });
  afterAll(() => dovecot?.close());

  describeSource('email', {
    open: () => open('whole', { folders: ['INBOX', 'Support'] }),
    mentions: MAILS,
    hostile: [
      ['no server', () => openMailbox(1, 'whole')],
      ['no folder', () => open('whole', { folders: ['Nowhere'] })],
      ['a wrong password', () => open('whole', { password: 'wrong' })],
    ],
  });

  describeSource('email (mails of 500 KB)', { open: () => open('bulky'), mentions: 30, hostile: [] });
});
