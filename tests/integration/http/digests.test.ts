import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ago, seedCases } from './case-fixture.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

const TODAY = new Date().toISOString().slice(0, 10);

let http: Http;
let executive: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  executive = await http.signIn('executive');
  await seedCases(http, {
    accounts: [{ name: 'Acme', tier: '1', revenue: 5 }],
    mentions: [
      {
        text: 'Sales lied to us, I want my money back now',
        at: ago(1),
        author: 'ann',
        account: 'Acme',
        urgency: 3,
        opinions: [{ aspect: 'sales', polarity: 'negative', intent: 'churn', clause: 'Sales lied to us' }],
      },
      {
        text: 'Lovely app',
        at: ago(1),
        author: 'bob',
        opinions: [{ aspect: 'product', polarity: 'positive' }],
      },
      { text: 'Cheap pills', at: ago(1), author: 'spam', spam: true },
    ],
  });
});
afterAll(() => http.close());

const names = async (visitor: Visitor) =>
  readAnswer('listDigests', await visitor.ask('/api/v1/digests')).digests.map(({ name }) => name);
const digest = async (name: string, visitor = executive) =>
  readAnswer('getDigest', await visitor.ask(`/api/v1/digests/${name}/${TODAY}`));

describe('who reads which digest', () => {
  it('is told by department: the company’s is for those who see more than one', async () => {
    expect(await names(executive)).toEqual(['executive', 'sales']);
    expect(await names(await http.signIn('lead', 'product'))).toEqual(['executive']);
    expect(await names(await http.signIn('agent', 'sales'))).toEqual(['sales']);
    const stranger = await http.signIn('agent', 'product');
    expect(await names(stranger)).toEqual([]);
    for (const path of ['executive', 'sales'].flatMap((name) => [
      `/api/v1/digests/${name}/${TODAY}`,
      `/api/v1/digests/${name}/${TODAY}/evidence`,
    ]))
      expectError(await stranger.ask(path), { status: 404, kind: 'not-found' });
  });
});

describe('a digest', () => {
  it('is the same that is sent, with its quotes and the way to the messages behind each number', async () => {
    const read = await digest('executive');

    expect(read.total).toMatchObject({ messages: 2, people: 2, accounts: 1 });
    const sales = read.aspects.find(({ aspect }) => aspect === 'sales');
    expect(read.urgent.items).toMatchObject([{ text: 'Sales lied to us', account: 'Acme', erased: false }]);
    for (const [link, count] of [
      [read.total.evidence, 2],
      [sales?.evidence.negative ?? '', 1],
      [read.top_accounts.heard[0]?.evidence ?? '', 1],
    ] as const) {
      const { pathname, search } = new URL(link);
      const page = readAnswer('listEvidence', await executive.ask(`/api/v1${pathname}${search}`));
      expect(page.total).toBe(count);
      expect(page.mentions).toHaveLength(count);
    }
    expect((await digest('sales')).total.messages).toBe(1);
  });

  it('opens what was not counted as well', async () => {
    const path = `/api/v1/digests/executive/${TODAY}/evidence?outcome=quarantined`;

    const { mentions } = readAnswer('listEvidence', await executive.ask(path));

    expect(mentions.map(({ text }) => text)).toEqual(['Cheap pills']);
  });
});
