import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseRow } from '../../../src/contract/cases.ts';
import { act, ago, done, list, matterWord, openCase, read, seedCases, undo } from './case-fixture.ts';
import { type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let sales: Visitor;
let product: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  sales = await http.signIn('agent', 'sales');
  product = await http.signIn('agent', 'product');
});
afterAll(() => http.close());

let subject: CaseRow;
let round = 0;
const word = (): string => matterWord(round);
beforeEach(async () => {
  round += 1;
  subject = await openCase(http, sales, `The sales team never called back, matter ${word()}`);
});

describe('passing a case on', () => {
  const toProduct = { kind: 'not-ours', department: 'product', reason: 'it is about the app' } as const;
  const toSales = { kind: 'not-ours', department: 'sales', reason: 'it is about the rep' } as const;
  const inbox = (visitor: Visitor, tab = 'open') =>
    list(visitor, `tab=${tab}&q=${encodeURIComponent(`matter ${word()}`)}`);

  it('puts its messages into the other department’s inbox, with the reason', async () => {
    await done(sales, subject, toProduct);

    const [theirs] = await inbox(product);
    expect(theirs).toMatchObject({ department: 'product', status: 'open', tally: { messages: 1 } });
    expect((await read(product, theirs?.id ?? '')).mentions[0]?.reason).toBe(
      'passed on by sales: it is about the app',
    );
    expect(await inbox(sales)).toEqual([]);
    expect(await inbox(sales, 'declined')).toMatchObject([{ id: subject.id, tally: { messages: 1 } }]);
    const mention = readAnswer(
      'getMention',
      await product.ask(`/api/v1/mentions/${theirs?.quote?.mentionId}`),
    );
    expect(mention.cases).toEqual([{ id: theirs?.id, department: 'product', status: 'open' }]);
    expect(await act(sales, { ...subject, version: 2 }, { kind: 'reopen' })).toBe(409);
  });

  it('joins what the other department has of the same matter, and wakes it', async () => {
    const { case: declined } = await done(sales, subject, toProduct);
    const [theirs] = await inbox(product);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await done(product, theirs ?? subject, { kind: 'snooze', until });
    await seedCases(http, {
      mentions: [
        {
          text: `The sales team never called back, matter ${word()}`,
          at: ago(1),
          author: 'a copycat',
          opinions: [{ aspect: 'sales', polarity: 'negative' }],
        },
      ],
    });
    const [copy] = await inbox(sales);
    expect(copy?.id).not.toBe(declined.id);

    await done(sales, copy ?? subject, toProduct);

    expect(await inbox(product)).toMatchObject([{ id: theirs?.id, status: 'open', tally: { messages: 2 } }]);
  });

  it('ends after two times with who may decide', async () => {
    const executive = await http.signIn('executive');
    await done(sales, subject, toProduct);
    const [second] = await inbox(product);
    expect(await act(executive, second ?? subject, toSales)).toBe(403);
    await done(product, second ?? subject, toSales);
    const [third] = await inbox(sales);

    expect(await act(sales, third ?? subject, toProduct)).toBe(403);
    const decided = await done(executive, third ?? subject, toProduct);

    expect(decided.case.status).toBe('declined');
    expect(await inbox(product)).toHaveLength(1);
  });

  it('can be taken back while the other department has not begun', async () => {
    const { eventId } = await done(sales, subject, toProduct);

    expect(await undo(sales, eventId)).toMatchObject([
      { result: 'done', case: { id: subject.id, status: 'open', version: 3 } },
    ]);
    expect(await inbox(product)).toEqual([]);
    expect(await inbox(product, 'declined')).toEqual([]);
    expect(await inbox(sales)).toHaveLength(1);

    const again = await done(sales, { ...subject, version: 3 }, toProduct);
    const [theirs] = await inbox(product);
    await done(product, theirs ?? subject, { kind: 'accept' });
    expect(await undo(sales, again.eventId)).toMatchObject([{ result: 'conflict', case: null }]);
    expect(await inbox(product, 'mine')).toHaveLength(1);
    expect(await inbox(sales, 'declined')).toHaveLength(1);
  });
});
