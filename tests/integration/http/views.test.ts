import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let ann: Visitor;
let bob: Visitor;
let admin: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  ann = await http.signIn('agent', 'sales');
  bob = await http.signIn('lead', 'product');
  admin = await http.signIn('admin');
});
afterAll(() => http.close());

const add = (who: Visitor, json: unknown) => who.ask('/api/v1/views', { method: 'POST', json });
const remove = (who: Visitor, id: string) => who.ask(`/api/v1/views/${id}`, { method: 'DELETE' });
const names = async (who: Visitor) =>
  readAnswer('listViews', await who.ask('/api/v1/views')).views.map(({ name, isMine }) => [name, isMine]);

describe('saved views', () => {
  it('are one’s own, or everybody’s, and go when who keeps them says so', async () => {
    const own = readAnswer('addView', await add(ann, { name: 'Loud', q: 'people>3' }), 201);
    const shared = readAnswer(
      'addView',
      await add(bob, { name: 'churn', q: 'intent:churn tier:1', isShared: true }),
      201,
    );

    expect(own).toEqual({ id: own.id, name: 'Loud', q: 'people>3', isShared: false, isMine: true });
    expect(await names(ann)).toEqual([
      ['churn', false],
      ['Loud', true],
    ]);
    expect(await names(bob)).toEqual([['churn', true]]);
    expectError(await remove(ann, shared.id), { status: 404, kind: 'not-found' });
    expectError(await remove(admin, own.id), { status: 404, kind: 'not-found' });
    readAnswer('removeView', await remove(admin, shared.id));
    readAnswer('removeView', await remove(ann, own.id));
    expect([await names(ann), await names(bob)]).toEqual([[], []]);
  });

  it.each([
    ['words that cannot be read', { name: 'x', q: 'tierr:1' }, /character 1: .*did you mean/],
    ['no name', { name: ' ', q: 'tier:1' }, /name/],
    ['no words', { name: 'x', q: '' }, /q/],
  ])('are refused with %s', async (_, json, message) => {
    const answer = await add(ann, json);
    expectError(answer, { status: 400, kind: 'invalid-input' });
    expect(answer.text).toMatch(message);
  });

  it('are bounded', async () => {
    for (let n = 0; n < 100; n += 1)
      readAnswer('addView', await add(ann, { name: `view ${n}`, q: 'tier:1' }), 201);
    expectError(await add(ann, { name: 'one more', q: 'tier:1' }), { status: 409, kind: 'conflict' });
  });
});
