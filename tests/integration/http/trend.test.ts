import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ago, seedCases } from './case-fixture.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let executive: Visitor;
let sales: Visitor;
const DAY_MINUTES = 24 * 60;
const dayBefore = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  http = await openHttp();
  http.admit();
  executive = await http.signIn('executive');
  sales = await http.signIn('agent', 'sales');
  const said = (aspect: string, polarity: 'negative' | 'neutral' | 'positive', days: number) => ({
    text: `${aspect} ${polarity} ${days}`,
    at: ago(days * DAY_MINUTES),
    author: `${aspect} ${days}`,
    opinions: [{ aspect, polarity }],
  });
  await seedCases(http, {
    mentions: [
      said('sales', 'negative', 3),
      said('sales', 'negative', 3),
      said('sales', 'positive', 3),
      said('pricing', 'neutral', 5),
      said('product', 'positive', 5),
      said('product', 'negative', 200),
    ],
  });
});
afterAll(() => http.close());

const trend = async (who: Visitor, query = '') =>
  readAnswer('getTrend', await who.ask(`/api/v1/trend${query}`)).days;

describe('the trend', () => {
  it('counts opinions a local day and aspect, as far back as is asked', async () => {
    expect(await trend(executive)).toEqual([
      { date: dayBefore(5), aspect: 'pricing', negative: 0, neutral: 1, positive: 0 },
      { date: dayBefore(5), aspect: 'product', negative: 0, neutral: 0, positive: 1 },
      { date: dayBefore(3), aspect: 'sales', negative: 2, neutral: 0, positive: 1 },
    ]);
    expect((await trend(executive, '?days=4')).map(({ aspect }) => aspect)).toEqual(['sales']);
    expect(await trend(executive, '?days=201')).toHaveLength(4);
    expectError(await executive.ask('/api/v1/trend?days=0'), { status: 400, kind: 'invalid-input' });
  });

  it('is a department’s own for who belongs to one', async () => {
    expect((await trend(sales)).map(({ aspect }) => aspect)).toEqual(['pricing', 'sales']);
  });
});
