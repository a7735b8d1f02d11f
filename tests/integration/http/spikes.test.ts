import { afterAll, beforeAll, expect, it } from 'vitest';
import { alarmWorker } from '../../../workers/alarm.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { ago } from './case-fixture.ts';
import { type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
});
afterAll(() => http.close());

const spikes = async (who: Visitor) => readAnswer('listSpikes', await who.ask('/api/v1/spikes')).spikes;

it('what rises is listed for those whose aspect it is, and told by their route', async () => {
  const said = (minutes: number, author: string) => ({
    text: `Nobody answers the phone, says ${author}`,
    at: ago(minutes),
    author,
    outcome: 'routed',
    opinions: [{ aspect: 'sales', polarity: 'negative' as const }],
  });
  await seedWorkspace(http.fresh.database, {
    mentions: [said(9 * 24 * 60, 'once'), ...Array.from({ length: 7 }, (_, n) => said(30, `voice ${n}`))],
  });
  const lead = await http.signIn('lead', 'sales');
  const other = await http.signIn('agent', 'product');
  expect(await spikes(lead)).toEqual([]);

  await alarmWorker(http.app)(new AbortController().signal);

  expect(await spikes(lead)).toMatchObject([
    {
      aspect: 'sales',
      theme: null,
      people: 7,
      peak: 7,
      usual: 0,
      toldAt: expect.any(String),
      quietSince: null,
    },
  ]);
  expect(await spikes(other)).toEqual([]);
  expect(await spikes(await http.signIn('executive'))).toHaveLength(1);
});
