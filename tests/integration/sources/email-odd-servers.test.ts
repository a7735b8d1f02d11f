import { beforeEach, describe, expect, it } from 'vitest';
import type { SourcePage } from '../../../src/domain/mention.ts';
import { faultOf, openMailbox } from '../../support/mailbox.ts';
import { type ImapStub, startImapStub } from '../../support/stub-imap.ts';

const live = (): AbortSignal => new AbortController().signal;
const mails = (...uids: readonly number[]): ReadonlyMap<number, string> =>
  new Map(
    uids.map((uid) => [uid, `From: anna@acme.example\r\nSubject: Order ${uid}\r\n\r\nText ${uid}.\r\n`]),
  );

describe('a mail server that does what few do', () => {
  let imap: ImapStub;
  beforeEach(async () => {
    imap = await startImapStub();
    return () => imap.close();
  });

  it('may lose its UIDVALIDITY and get it back: the folder is read again, and again', async () => {
    const source = openMailbox(imap.port, 'anna');
    const heard: (string | undefined)[][] = [];
    let cursor: string | null = null;
    for (const uidValidity of [7, 7, 0, 0, 7]) {
      imap.answerWith({ uidValidity, mails: mails(3, 4) });
      const page = await source.fetchPage(cursor, live());
      heard.push(page.mentions.map(({ text }) => text.split('\n')[0]));
      cursor = page.nextCursor;
    }

    const both = ['Order 3', 'Order 4'];
    expect(heard).toEqual([both, [], both, [], both]);
  });

  it('may number its mails anew under the same UIDVALIDITY', async () => {
    const source = openMailbox(imap.port, 'anna');
    imap.answerWith({ mails: mails(8, 9) });
    const { nextCursor } = await source.fetchPage(null, live());
    imap.answerWith({ mails: mails(1, 2, 3) });

    expect((await source.fetchPage(nextCursor, live())).mentions).toHaveLength(3);
  });

  it('may refuse one mail: the others are read, and that one is kept for a person to look at', async () => {
    imap.answerWith({ mails: mails(1, 2, 3), refuses: [2] });
    const source = openMailbox(imap.port, 'anna');
    const heard: (string | undefined)[] = [];
    let cursor: string | null = null;
    for (let polls = 0; polls < 20 && heard.length < 3; polls += 1) {
      const page: SourcePage | null = await source.fetchPage(cursor, live()).catch(() => null);
      heard.push(...(page?.mentions ?? []).map(({ text, unreadable }) => unreadable ?? text));
      cursor = page?.nextCursor ?? cursor;
    }

    expect(heard).toEqual([
      'Order 1\n\nText 1.',
      'the mail server does not give this mail out',
      'Order 3\n\nText 3.',
    ]);
  });

  it('may refuse all for a while: nothing is passed over', async () => {
    imap.answerWith({ mails: mails(1, 2), refuses: [1, 2] });
    const source = openMailbox(imap.port, 'anna');
    for (let polls = 0; polls < 3; polls += 1)
      expect(await faultOf(source.fetchPage(null, live()))).toMatchObject({ kind: 'unavailable' });
    imap.answerWith({ mails: mails(1, 2) });
    const first = await source.fetchPage(null, live());
    const second = await source.fetchPage(first.nextCursor, live());

    expect([...first.mentions, ...second.mentions].map(({ text }) => text.split('\n')[0])).toEqual([
      'Order 1',
      'Order 2',
    ]);
  });
});
