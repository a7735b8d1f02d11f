import { afterAll, beforeAll, expect, it } from 'vitest';
import { alarmWorker } from '../../../workers/alarm.ts';
import { deliverWorker } from '../../../workers/deliver.ts';
import { flushWorker } from '../../../workers/flush.ts';
import { githubAnswers } from '../../support/stub-github.ts';
import { type HttpStub, startHttpStub } from '../../support/stub-http.ts';
import { ago, done, list, read, seedCases } from './case-fixture.ts';
import { type Http, openHttp, type Visitor } from './http-fixture.ts';

const TOKEN = 'github_pat_very-secret';
const states = new Map<number, { state: 'open' | 'closed'; state_reason?: 'completed' | 'not_planned' }>();
let stub: HttpStub;
let http: Http;
let admin: Visitor;

beforeAll(async () => {
  stub = await startHttpStub(githubAnswers(TOKEN, states));
  http = await openHttp({
    env: { GITHUB: TOKEN },
    yaml: `
workspace: { name: Fernhill, timezone: UTC }
departments:
  - { name: product, aspects: [product, service] }
  - { name: sales, aspects: [sales, pricing] }
receivers:
  - name: everything
    github: [{ repository: firm/care, token: '\${GITHUB}', api: '${stub.url}' }]
route: { receiver: everything, department: product, group_by: [aspect], group_wait: 0s, group_interval: 1s }
`,
  });
  http.admit();
  admin = await http.signIn('admin');
});
afterAll(async () => {
  await http.close();
  await stub.close();
});

const { signal } = new AbortController();

async function told(text: string, aspect: 'sales' | 'pricing' | 'product') {
  await seedCases(http, {
    mentions: [{ text, at: ago(1), author: text, opinions: [{ aspect, polarity: 'negative' }] }],
  });
  await http.fresh.database.execute(
    `UPDATE routing_group SET last_notified_at = last_notified_at - interval '1 minute', waiting_since = waiting_since - interval '1 minute', due_at = now() - interval '1 second' WHERE due_at IS NOT NULL`,
  );
  await flushWorker(http.app)(signal);
  await deliverWorker(http.app)(signal);
  const [row] = await list(admin, `q=${encodeURIComponent(text)}`);
  if (!row) throw new Error('no case');
  return row;
}

async function look(): Promise<void> {
  await http.fresh.database.execute(`UPDATE delivery SET asked_at = NULL`);
  await alarmWorker(http.app)(signal);
}
const asked = () => stub.requests.filter(({ method }) => method === 'GET').length;

it('resolves the cases of an issue that was closed, those that followed in it as well, and says who did', async () => {
  const first = await told('They lied to us about everything', 'sales');
  const second = await told('Nobody of them ever calls back', 'sales');
  const other = await told('The price is a bad joke', 'pricing');
  await look();
  expect((await read(admin, first.id)).case.status).toBe('open');

  states.set(1, { state: 'closed', state_reason: 'completed' });
  await look();

  for (const { id } of [first, second]) {
    const { case: row, history } = await read(admin, id);
    expect(row).toMatchObject({ status: 'resolved', resolution: 'fixed' });
    expect(history.at(-1)).toMatchObject({
      by: { id: null, name: 'github' },
      action: { kind: 'resolve', resolution: 'fixed', note: 'Closed as 1 in github' },
      canUndo: false,
    });
  }
  expect((await read(admin, other.id)).case.status).toBe('open');
  expect(stub.requests.some(({ path }) => path.endsWith('/1/comments'))).toBe(true);

  // Who brings a case back has their way, whatever the issue says.
  const { case: again } = await read(admin, first.id);
  await done(admin, again, { kind: 'reopen' });
  await look();
  expect((await read(admin, first.id)).case.status).not.toBe('resolved');
});

it('leaves a case open when its issue was deleted, or the tracker does not answer, and asks of neither more than it must', async () => {
  const row = await told('The app crashes all day', 'product');
  const [found] = await http.fresh.database.query<{ ref: string }>(
    `SELECT ref FROM delivery WHERE ref IS NOT NULL ORDER BY id DESC LIMIT 1`,
  );
  stub.answerWith({ status: 503 });
  await look();
  expect((await read(admin, row.id)).case.status).toBe('open');

  stub.answerWith({ status: 404 });
  await look();
  const before = asked();
  await look();
  expect(asked()).toBe(before);
  expect((await read(admin, row.id)).case.status).toBe('open');
  expect(found?.ref).toMatch(/^\d+$/);
});
