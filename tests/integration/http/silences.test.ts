import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let admin: Visitor;
let lead: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  admin = await http.signIn('admin');
  lead = await http.signIn('lead', 'sales');
});
afterAll(() => http.close());

const add = (json: unknown, who = lead) => who.ask('/api/v1/silences', { method: 'POST', json });
const end = (id: string) => lead.ask(`/api/v1/silences/${id}/end`, { method: 'POST' });
const list = async (query = '') =>
  readAnswer('listSilences', await admin.ask(`/api/v1/silences${query}`)).silences;
const asked = { matchers: 'department="sales", aspect="pricing"', for: '2h', reason: ' The new list ' };

describe('a silence', () => {
  it('begins now, with its author and reason, and ends once, by hand', async () => {
    const added = readAnswer('addSilence', await add(asked), 201);

    expect(added).toMatchObject({
      matchers: asked.matchers,
      state: 'active',
      author: expect.stringMatching(/^lead-/),
      reason: 'The new list',
      endedBy: null,
      heldBack: 0,
    });
    expect(Date.parse(added.endsAt) - Date.parse(added.startsAt)).toBe(2 * 60 * 60 * 1000);
    expect(await list('?state=active')).toEqual([added]);
    expect(readAnswer('endSilence', await end(added.id))).toMatchObject({
      state: 'expired',
      endedBy: expect.stringMatching(/^lead-/),
    });
    expectError(await end(added.id), { status: 409, kind: 'conflict' });
    expectError(await end('987654321'), { status: 404, kind: 'not-found' });
    expect([await list('?state=active'), (await list()).length]).toEqual([[], 1]);
  });

  it.each([
    ['matchers that cannot be read', { ...asked, matchers: 'department="sales' }, /matcher/i],
    ['query words that cannot be read', { ...asked, matchers: 'dept:sales is:open' }, /character 12/],
    ['a department that is not there', { ...asked, matchers: 'department="law"' }, /law/],
    ['no duration', { ...asked, for: 'long' }, /is no duration/],
    ['no reason', { ...asked, reason: ' ' }, /reason/],
  ])('is refused with %s', async (_, json, message) => {
    const answer = await add(json, admin);
    expectError(answer, { status: 400, kind: 'invalid-input' });
    expect(answer.text).toMatch(message);
  });

  it('is asked for in query words as well', async () => {
    const matchers = 'dept:sales account:acme* -polarity:pos';
    const { id } = readAnswer('addSilence', await add({ ...asked, matchers }), 201);

    const [row] = await http.app.database.query<{ matchers: unknown }>(
      'SELECT matchers FROM silence WHERE id = $1::bigint',
      id,
    );

    expect(row?.matchers).toEqual([
      { label: 'department', op: '=', value: 'sales' },
      { label: 'account', op: '=~', value: '(?i)(?:acme.*)' },
      { label: 'polarity', op: '!=', value: 'positive' },
    ]);
    await end(id);
  });

  it('of a lead names one of their departments; an administrator may silence anything', async () => {
    for (const matchers of ['department="product"', 'aspect="sales"', 'department=~"sales|product"'])
      expectError(await add({ ...asked, matchers }), { status: 403, kind: 'forbidden' });
    expect(
      readAnswer('addSilence', await add({ ...asked, matchers: 'aspect="sales"' }, admin), 201),
    ).toMatchObject({
      state: 'active',
    });
  });
});
