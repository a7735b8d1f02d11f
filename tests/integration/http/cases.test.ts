import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/contract/api.ts';
import { ago, done, list, read, seedCases } from './case-fixture.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let sales: Visitor;
let product: Visitor;
let admin: Visitor;
const TWO_SIDED = 'We love Atlas 🚀, but your sales rep lied to us about the contract';

beforeAll(async () => {
  http = await openHttp();
  http.admit();
  sales = await http.signIn('agent', 'sales');
  product = await http.signIn('lead', 'product');
  admin = await http.signIn('admin');
  await seedCases(http, {
    accounts: [
      { name: 'Acme', tier: '1', revenue: 900_000, owner: 'Lena' },
      { name: 'Birch', tier: '2', revenue: 100 },
    ],
    mentions: [
      {
        text: TWO_SIDED,
        at: ago(50),
        author: 'ann',
        account: 'Acme',
        source: 'x-search',
        urgency: 2,
        thread: 'conversation',
        opinions: [
          { aspect: 'product', polarity: 'positive', clause: 'We love Atlas 🚀' },
          { aspect: 'sales', polarity: 'negative', clause: 'your sales rep lied to us', confidence: 0.9 },
        ],
      },
      {
        text: 'Same here, they promised the moon',
        at: ago(40),
        author: 'bob',
        account: 'Birch',
        thread: 'conversation',
        opinions: [{ aspect: 'sales', polarity: 'negative', confidence: 0.6 }],
      },
      {
        text: 'The price per seat doubled over night',
        at: ago(30),
        author: 'cem',
        opinions: [{ aspect: 'pricing', polarity: 'negative' }],
      },
      {
        text: 'Great price, great people in sales',
        at: ago(20),
        author: 'dee',
        opinions: [
          { aspect: 'pricing', polarity: 'positive', clause: 'Great price' },
          { aspect: 'sales', polarity: 'positive', clause: 'great people in sales' },
        ],
      },
      { text: 'Is this thing on?', at: ago(10), author: 'eve', outcome: 'unsure' },
    ],
  });
});
afterAll(() => http.close());

const quotes = (rows: Awaited<ReturnType<typeof list>>) => rows.map(({ quote }) => quote?.text);

describe('a department’s inbox', () => {
  it('shows each case by its best words, with what it is about and how many speak', async () => {
    const [row] = (await list(sales)).filter(({ tally }) => tally.messages === 2);

    expect(row).toMatchObject({
      department: 'sales',
      status: 'open',
      version: 1,
      quote: { text: 'your sales rep lied to us', aspect: 'sales', polarity: 'negative' },
      chips: [{ aspect: 'sales', polarity: 'negative', opinions: 2 }],
      tally: { messages: 2, people: 2, accounts: 2 },
      topAccount: { name: 'Acme', tier: '1', owner: 'Lena', revenue: 900_000 },
      platforms: ['x'],
      urgency: 2,
      assignee: null,
      isUnread: true,
    });
  });

  it('is a department’s own: others see theirs, an administrator all', async () => {
    expect((await list(sales)).map(({ department }) => department)).toEqual(['sales', 'sales', 'sales']);
    expect(quotes(await list(product))).toEqual(['We love Atlas 🚀']);
    expect(await list(admin)).toHaveLength(4);
    expect(await list(product, 'department=sales')).toEqual([]);
    expect(await list(admin, 'department=product')).toHaveLength(1);
  });

  it.each<[string, number]>([
    ['polarity:neg', 2],
    ['polarity:positive', 1],
    ['aspect:pricing', 2],
    // Both of one opinion, not one of each.
    ['aspect:sales polarity:pos', 1],
    ['aspect:pricing polarity:neg', 1],
    ['aspect:sales,pricing', 3],
    ['-aspect:pricing polarity:neg', 1],
    ['dept:sales', 3],
    ['dept:product', 0],
    ['tier:1', 1],
    ['tier:9', 0],
    ['account:"Northwind"', 0],
    ['is:unassigned', 3],
    ['is:mine', 0],
    ['is:unread', 3],
    ['-is:unread', 0],
    ['is:open', 3],
    ['is:resolved', 0],
    ['assignee:nobody', 3],
    ['assignee:"Dana Smith"', 0],
    ['source:x-search', 1],
    ['source:reviews', 3],
    // One of its two messages came by another source.
    ['-source:x-search', 3],
    ['source:rev*', 3],
    ['since:1h', 3],
    ['before:1h', 0],
    ['since:2099-01-01', 0],
    ['"PER seat"', 1],
    ['atlas', 1],
    ['-atlas', 3],
    ['atlas tier:2', 0],
    ['at*las', 1],
    ['a.las', 0],
    ['people>0', 3],
    ['people>1', 1],
    ['messages=1', 2],
    ['accounts>=1', 1],
    ['urgency<=3', 3],
    ['lang:en', 3],
  ])('is searched by %s', async (words, count) => {
    expect(await list(sales, `q=${encodeURIComponent(words)}`)).toHaveLength(count);
  });

  it('comes in pages that leave nothing out and repeat nothing', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Answer<'listCases'> = readAnswer(
        'listCases',
        await admin.ask(`/api/v1/cases?limit=1${cursor && `&cursor=${cursor}`}`),
      );
      seen.push(...page.cases.map(({ id }) => id));
      cursor = page.nextCursor;
    }

    expect(seen).toEqual((await list(admin)).map(({ id }) => id));
  });

  it('counts what each tab holds', async () => {
    const [own, all] = [
      readAnswer('countCases', await sales.ask('/api/v1/cases/counts')),
      readAnswer('countCases', await admin.ask('/api/v1/cases/counts')),
    ];

    expect(own).toEqual({
      open: 3,
      mine: 0,
      waiting: 0,
      snoozed: 0,
      resolved: 0,
      declined: 0,
      quarantined: null,
      unsure: null,
    });
    expect(all).toMatchObject({ open: 4, quarantined: 0, unsure: 1 });
  });

  it('tells what is new to each person alone', async () => {
    const colleague = await http.signIn('agent', 'sales');
    const [row] = await list(sales);

    const answer = await sales.ask(`/api/v1/cases/${row?.id}/seen`, { method: 'PUT' });

    expect(readAnswer('markCaseSeen', answer).case.isUnread).toBe(false);
    expect((await list(colleague)).map(({ isUnread }) => isUnread)).toEqual([true, true, true]);
    expectError(await product.ask(`/api/v1/cases/${row?.id}/seen`, { method: 'PUT' }), {
      status: 404,
      kind: 'not-found',
    });
  });
});

describe('one case', () => {
  it('shows each whole message with its marked words, why it is here, and what is not this department’s', async () => {
    const [row] = await list(sales, 'q=atlas');

    const { mentions, account, history, thread } = await read(sales, row?.id ?? '');

    const first = mentions.find(({ text }) => text === TWO_SIDED);
    const marked = first?.opinions.map(({ start, end, aspect }) => [aspect, TWO_SIDED.slice(start, end)]);
    expect(marked).toEqual([
      ['product', 'We love Atlas 🚀'],
      ['sales', 'your sales rep lied to us'],
    ]);
    expect(first?.memberOpinionIds).toEqual([first?.opinions[1]?.opinionId]);
    expect(first).toMatchObject({ reason: 'same conversation', sources: ['x-search'], author: 'ann' });
    expect(first?.opinions[1]).toMatchObject({
      confidence: 0.9,
      corrected: null,
      routes: [{ department: 'sales', receiver: 'everything', why: [{ path: 'root', matchers: [] }] }],
    });
    expect(mentions).toHaveLength(2);
    expect(account).toMatchObject({ name: 'Acme', owner: 'Lena' });
    // An agent sees what the account said to their department; who sees more than one sees all of it.
    expect(account?.lately.map(({ text }) => text)).toEqual(['your sales rep lied to us']);
    const whole = await read(admin, row?.id ?? '');
    expect(whole.account?.lately.map(({ text }) => text).toSorted()).toEqual([
      'We love Atlas 🚀',
      'your sales rep lied to us',
    ]);
    expect([history, thread]).toEqual([[], []]);
  });

  it('is not there for another department', async () => {
    const [row] = await list(sales);

    expectError(await product.ask(`/api/v1/cases/${row?.id}`), { status: 404, kind: 'not-found' });
  });

  it('takes no new message once it is resolved, and goes on as another', async () => {
    const [row] = await list(sales, 'q=atlas');
    const { case: resolved } = await done(sales, row ?? { id: '', version: 0 }, {
      kind: 'resolve',
      resolution: 'explained',
    });
    await seedCases(http, {
      mentions: [
        {
          text: 'And it happened again today',
          at: ago(1),
          author: 'ann',
          thread: 'conversation',
          opinions: [{ aspect: 'sales', polarity: 'negative' }],
        },
      ],
    });

    const again = await list(sales, 'q=again');

    expect(again).toMatchObject([{ status: 'open', tally: { messages: 1 } }]);
    expect(again[0]?.id).not.toBe(resolved.id);
    const { case: old, thread } = await read(sales, resolved.id);
    expect(old).toMatchObject({ status: 'resolved', resolution: 'explained', tally: { messages: 2 } });
    expect(thread.map(({ text }) => text)).toEqual(['And it happened again today']);
  });

  it('that is snoozed takes what is heard and stays snoozed until its time', async () => {
    const [row] = await list(sales, 'q=again');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { case: snoozed } = await done(sales, row ?? { id: '', version: 0 }, { kind: 'snooze', until });
    expect(snoozed).toMatchObject({ status: 'snoozed', snoozedUntil: until });
    await seedCases(http, {
      mentions: [
        {
          text: 'Nobody called back',
          at: ago(1),
          author: 'fay',
          thread: 'conversation',
          opinions: [{ aspect: 'sales', polarity: 'negative' }],
        },
      ],
    });

    expect(await list(sales, 'tab=snoozed')).toMatchObject([{ id: row?.id, tally: { messages: 2 } }]);
    await http.fresh.database.execute(
      `UPDATE cases SET snoozed_until = now() - interval '1 second' WHERE status = 'snoozed'`,
    );
    expect(await list(sales, 'tab=snoozed')).toEqual([]);
    expect((await list(sales)).find(({ id }) => id === row?.id)).toMatchObject({
      status: 'open',
      snoozedUntil: null,
    });
  });
});
