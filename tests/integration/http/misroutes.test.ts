import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, done, list, matterWord, openCase, undo } from './case-fixture.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let sales: Visitor;
let product: Visitor;
let admin: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  sales = await http.signIn('agent', 'sales');
  product = await http.signIn('agent', 'product');
  admin = await http.signIn('admin');
});
afterAll(() => http.close());

const toProduct = { kind: 'not-ours', department: 'product', reason: 'it is about the app' } as const;
const toSales = { kind: 'not-ours', department: 'sales', reason: 'it is about the rep' } as const;
const misroutes = async () => readAnswer('getMisroutes', await admin.ask('/api/v1/misroutes'));
const alarms = () =>
  http.fresh.database.query<{ subject: string }>(
    `SELECT message->>'subject' AS subject FROM delivery WHERE kind = 'alarm' ORDER BY delivery.id`,
  );

describe('what departments pass on', () => {
  it('is a matrix, and asks for a route once three equal cases took the wrong way', async () => {
    for (let n = 1; n <= 3; n += 1) {
      const row = await openCase(http, sales, `The sales team never called back, matter ${matterWord(n)}`);
      const { eventId } = await done(sales, row, toProduct);
      if (n === 1) {
        await undo(sales, eventId);
        expect((await misroutes()).passedOn).toEqual([]);
        const [again] = await list(sales, `q=${encodeURIComponent(matterWord(1))}`);
        await done(sales, again ?? row, toProduct);
      }
      expect((await misroutes()).suggestions).toHaveLength(n < 3 ? 0 : 1);
    }

    expect(await misroutes()).toMatchObject({
      passedOn: [{ from: 'sales', to: 'product', cases: 3 }],
      suggestions: [{ from: 'sales', to: 'product', matchers: ['aspect="sales"'], passedOn: 3, kept: 0 }],
    });
    expectError(await sales.ask('/api/v1/misroutes'), { status: 403, kind: 'forbidden' });
  });

  it('is told when a case was passed on twice, can be searched for, and is then decided above the departments', async () => {
    const word = matterWord(9);
    const row = await openCase(http, sales, `The sales team never called back, matter ${word}`);
    const of = async (who: Visitor, more = '') =>
      (await list(who, `q=${encodeURIComponent(`"matter ${word}" ${more}`)}`))[0];
    const { length: before } = await alarms();
    const told = async () => (await alarms()).slice(before);
    const toThem = { subject: 'product: sales passed a case on to you' };
    await done(sales, row, toProduct);
    expect([await of(product, 'is:disputed'), await told()]).toEqual([undefined, [toThem]]);

    await done(product, (await of(product)) ?? row, toSales);

    const back = await of(sales, 'is:disputed');
    expect(back).toMatchObject({ department: 'sales' });
    expect(await told()).toEqual([
      toThem,
      { subject: 'sales: product passed a case on to you' },
      { subject: expect.stringMatching(/^Whose is it\? product .* to sales/) },
    ]);
    expect(await act(sales, back ?? row, toProduct)).toBe(403);
    await done(admin, back ?? row, toProduct);
    expect(await of(product)).toMatchObject({ department: 'product' });
  });
});
