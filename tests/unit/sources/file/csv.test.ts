import { describe, expect, it } from 'vitest';
import { readAll, tempFolder } from './temp-file.ts';

const temp = tempFolder();
const HEADER = 'id,author,text,created_at\n';
const DAY = '2026-03-30 10:00:00';

describe('reading a table', () => {
  it('reads a table of tweets with every column it knows', async () => {
    const table = [
      'tweet_id,author,text,created_at,brand,retweets,lang,permalink',
      `99570307876897628160,@anna_b,"Love it, but pricey",2026-03-24 11:42:48 -0800,Fern,"1,204",en-GB,https://x.example/1`,
    ].join('\n');

    const { mentions, rejected } = await temp.read('tweets.csv', table);

    expect(rejected).toEqual([]);
    expect(mentions).toEqual([
      {
        platform: 'x',
        externalId: '99570307876897628160',
        kind: 'post',
        text: 'Love it, but pricey',
        author: { handle: 'anna_b' },
        occurredAt: new Date('2026-03-24T19:42:48Z'),
        url: 'https://x.example/1',
        lang: 'en',
        reach: 1204,
      },
    ]);
  });

  it('knows the company itself by `inbound`, and threads by reply links', async () => {
    const table = [
      'tweet_id,author_id,inbound,created_at,text,in_response_to_tweet_id',
      '3,115712,True,Tue Oct 31 22:08:27 +0000 2017,No answer for a week,',
      '4,fernhill,False,Tue Oct 31 22:10:47 +0000 2017,We are sorry,3.0',
    ].join('\r\n');

    const { mentions } = await temp.read('thread.csv', table);

    expect(mentions.map(({ externalId, thread, ours }) => ({ externalId, thread, ours }))).toEqual([
      { externalId: '3', thread: '3', ours: undefined },
      { externalId: '4', thread: '3', ours: true },
    ]);
  });

  it('reads reviews: a rating makes the kind, a title goes before the text', async () => {
    const table = `Review ID;Reviewer;Rating;Title;Review Text;Review Date\n7;Anna Berg;2;Slow;Support took days;${DAY}\n`;

    const { mentions } = await temp.read('reviews.csv', table);

    expect(mentions[0]).toMatchObject({
      platform: 'import',
      externalId: '7',
      kind: 'review',
      text: 'Slow\n\nSupport took days',
      author: { name: 'Anna Berg' },
    });
  });

  it('reads exported mail: the sender column may hold a name and an address', async () => {
    const table = `message_id,from,subject,body,date\nm1,"Anna Berg <Anna@Acme.example>",Invoice,Too high,${DAY}\n`;

    const { mentions } = await temp.read('mail.csv', table);

    expect(mentions[0]).toMatchObject({
      kind: 'mail',
      author: { name: 'Anna Berg', email: 'anna@acme.example' },
      text: 'Invoice\n\nToo high',
    });
  });

  it.each([
    ['semicolons', 'text;date;id\n"a; b";2026-03-30;1\n'],
    ['tabs', 'text\tdate\tid\na; b\t2026-03-30\t1\n'],
    ['bars', 'text|date|id\na; b|2026-03-30|1\n'],
    ['a byte order mark', '\uFEFFtext,date,id\na; b,2026-03-30,1\n'],
    ['CRLF and empty lines', '\r\ntext,date,id\r\n\r\na; b,2026-03-30,1\r\n\r\n'],
    ['CR line ends', 'text,date,id\ra; b,2026-03-30,1\r'],
    ['no line end at the end', 'text,date,id\na; b,2026-03-30,1'],
    ['quoted column names', '"text","date","id"\n"a; b","2026-03-30","1"\n'],
  ])('reads a table with %s', async (_what, table) => {
    const { mentions, rejected } = await temp.read('shape.csv', table);

    expect(rejected).toEqual([]);
    expect(mentions.map(({ text, externalId }) => [text, externalId])).toEqual([['a; b', '1']]);
  });

  it('keeps line ends and doubled quotes inside quotes and counts lines right behind them', async () => {
    const table = `${HEADER}1,anna,"one\n""two""\r\nthree",${DAY}\n2,anna,no date,\n`;

    const { mentions, rejected } = await temp.read('quotes.csv', table);

    expect(mentions[0]?.text).toBe('one\n"two"\r\nthree');
    expect(rejected).toEqual([{ where: 'line 5', reason: 'the date is empty' }]);
  });

  it('takes the columns that `map` names, in any spelling of case and blanks', async () => {
    const table = `Nr,Comment,Posted On,text\n1,the real text,${DAY},internal note\n`;

    const { mentions } = await temp.read('map.csv', table, {
      map: { text: 'Comment', date: 'posted on', id: 'Nr' },
    });

    expect(mentions[0]).toMatchObject({ externalId: '1', text: 'the real text' });
  });

  it('makes a stable id of author, date and text where the table has none', async () => {
    const table = `text,date,author\nslow,${DAY},anna\nslow,${DAY},ben\nslow,${DAY},anna\n`;

    const { mentions } = await temp.read('no-id.csv', table);
    const [first, second, third] = mentions.map(({ externalId }) => externalId);

    expect(first).toBe(third);
    expect(first).not.toBe(second);
  });

  it('does not take ids that a spreadsheet rounded, since many rows would share them', async () => {
    const table = `${HEADER}5.70308E+17,anna,one,${DAY}\n5.70308E+17,anna,two,${DAY}\n`;

    const { mentions } = await temp.read('rounded.csv', table);

    expect(new Set(mentions.map(({ externalId }) => externalId)).size).toBe(2);
  });

  it('hashes ids that no index would hold and drops links that are no web address', async () => {
    const table = `id,text,date,url\n${'9'.repeat(5000)},fine,${DAY},javascript:alert(1)\n`;

    const { mentions } = await temp.read('long-id.csv', table);

    expect(mentions[0]?.externalId).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(mentions[0]).not.toHaveProperty('url');
  });

  it('counts unnamed people as one', async () => {
    const { mentions } = await temp.read('anonymous.csv', `text,date\none,${DAY}\ntwo,${DAY}\n`);

    expect(mentions.map(({ author }) => author)).toEqual([{ name: 'anonymous' }, { name: 'anonymous' }]);
  });

  it('takes platform, kind and zone from the options', async () => {
    const options = { platform: 'app-store', channel: 'review', zone: 'Asia/Kathmandu' };

    const { mentions } = await temp.read('options.csv', `text,date\none,${DAY}\n`, options);

    expect(mentions[0]).toMatchObject({
      platform: 'app-store',
      kind: 'review',
      occurredAt: new Date('2026-03-30T04:15:00Z'),
    });
  });
});

describe('rows that cannot be read', () => {
  it.each([
    ['an empty text', `1,anna,  ,${DAY}`, 'the text is empty'],
    ['an empty date', '1,anna,hello,', 'the date is empty'],
    ['a date of unknown form', '1,anna,hello,02/03/2026', 'the date cannot be read'],
    ['a date too early', '1,anna,hello,1989-01-01', 'before 1990'],
    ['a date too late', '1,anna,hello,2026-04-04', 'ahead of now'],
    ['too many cells', `1,anna,hello, there,${DAY}`, 'the row has 5 cells and the header 4'],
    ['too few cells', '1,anna', 'the row has 2 cells and the header 4'],
    ['a NUL byte', `1,anna,hel\0lo,${DAY}`, 'NUL'],
  ])('rejects %s and goes on', async (_what, row, reason) => {
    const { mentions, rejected } = await temp.read('bad.csv', `${HEADER}${row}\n2,ben,fine,${DAY}\n`);

    expect(mentions.map(({ externalId }) => externalId)).toEqual(['2']);
    expect(rejected).toEqual([{ where: 'line 2', reason: expect.stringContaining(reason) }]);
  });

  it('loses one line to a quote that is never closed, not the rest of the file', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `${index},ben,"fine, really",${DAY}`).join('\n');

    const { mentions, rejected } = await temp.read(
      'open-quote.csv',
      `${HEADER}x,anna,"oops,${DAY}\n${rows}\n`,
    );

    expect(mentions).toHaveLength(1000);
    expect(rejected).toEqual([{ where: 'line 2', reason: expect.stringContaining('quote') }]);
  });

  it('rejects a quote that is open at the end of the file', async () => {
    const { mentions, rejected } = await temp.read(
      'end-quote.csv',
      `${HEADER}1,ben,fine,${DAY}\n2,ben,"oops,${DAY}`,
    );

    expect(mentions).toHaveLength(1);
    expect(rejected).toEqual([{ where: 'line 3', reason: expect.stringContaining('quote') }]);
  });

  it('takes quotes inside a cell as they stand when the cells still add up', async () => {
    const { mentions } = await temp.read(
      'inner.csv',
      `${HEADER}1,ben,the 5" screen,${DAY}\n2,ben,"a "real" bargain",${DAY}\n`,
    );

    expect(mentions.map(({ text }) => text)).toEqual(['the 5" screen', '"a "real" bargain"']);
  });

  it.each([
    ['in one cell', 'x'.repeat(50_000_000)],
    ['behind an open quote', `"${'x'.repeat(50_000_000)}`],
  ])('passes over a line of 50 MB %s in bounded memory', async (_what, cell) => {
    const name = temp.write('huge.csv', `${HEADER}1,anna,${cell},${DAY}\n2,ben,fine,${DAY}\n`);
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const reading = readAll(temp.source(name));
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().arrayBuffers)), 1);

    const { mentions, rejected } = await reading.finally(() => clearInterval(watch));

    expect(mentions.map(({ externalId }) => externalId)).toEqual(['2']);
    expect(rejected).toEqual([{ where: 'line 2', reason: expect.stringContaining('1 MB') }]);
    expect(peak - before).toBeLessThan(100_000_000);
  });
});
