import { afterAll, beforeAll, expect, it } from 'vitest';
import { localDate } from '../../../src/digest/calendar.ts';
import { runDueDigests } from '../../../src/pipeline/run-digests.ts';
import { deliverWorker } from '../../../workers/deliver.ts';
import { type SmtpStub, startSmtpStub } from '../../support/stub-smtp.ts';
import { ago, seedCases } from './case-fixture.ts';
import { type Answer, expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let smtp: SmtpStub;
let http: Http;
let admin: Visitor;
let executive: Visitor;
let agent: Visitor;

beforeAll(async () => {
  smtp = await startSmtpStub();
  http = await openHttp({
    env: { EARSHOT_URL: 'https://earshot.example' },
    yaml: `
workspace: { name: Fernhill, timezone: UTC }
departments:
  - { name: product, aspects: [product, service] }
  - { name: sales, aspects: [sales, pricing] }
receivers:
  - { name: everything, file: [{ path: all.ndjson }] }
  - { name: post, email: [{ smtp: '${smtp.url}', from: 'Earshot <earshot@fernhill.example>', to: [nobody@fernhill.example] }] }
route: { receiver: everything, department: product }
audiences:
  - { name: executives, receivers: [everything], subscriptions: { by: post, domains: [fernhill.example] } }
  - { name: closed, receivers: [everything] }
digests:
  - { name: executive, audience: executives, at: '07:30' }
  - { name: sales, audience: executives, at: '07:45', department: sales }
  - { name: product, audience: closed, at: '07:45', department: product }
`,
  });
  http.admit();
  admin = await http.signIn('admin');
  executive = await http.signIn('executive');
  agent = await http.signIn('agent', 'sales');
  await seedCases(http, {
    mentions: ['Your sales rep lied to us', 'The <b>price</b> is a bad joke'].map((text) => ({
      text,
      at: ago(60),
      author: text,
      opinions: [{ aspect: 'sales', polarity: 'negative' }],
    })),
  });
});
afterAll(async () => {
  await http.close();
  await smtp.close();
});

const DAY = 24 * 3_600_000;
/** A quarter past six in Tokyo on the morning after what was said, whatever time it is here. */
const FIRST = Date.parse(`${localDate('Asia/Tokyo', Date.now() - 3_600_000)}T21:15:00Z`);
const wish = { digest: 'executive', zone: 'Asia/Tokyo', at: '06:15' };
const add = (who: Visitor, changes: object = {}): Promise<Answer> =>
  who.ask('/api/v1/subscriptions', { method: 'POST', json: { ...wish, ...changes } });
const mine = async (who: Visitor) =>
  readAnswer('listSubscriptions', await who.ask('/api/v1/subscriptions')).subscriptions;
const deliver = () => deliverWorker(http.app)(new AbortController().signal);
const mailsTo = (address: string) => smtp.mails.filter(({ envelope }) => envelope.to.includes(address));
const linkIn = (text: string | undefined): string =>
  /https:\/\/earshot\.example(\/subscriptions\/[\w-]{32})/.exec(text ?? '')?.[1] ?? 'no link';

/** Lets every schedule come that is due on that morning. */
async function morning(number: number): Promise<void> {
  await runDueDigests(http.app.digests, new Date(FIRST + (number - 1) * DAY));
  await deliver();
}

it('comes at its own time, to one person, with everything that a mail program needs', async () => {
  const added = readAnswer('addSubscription', await add(executive), 201);
  expect(added).toMatchObject({ state: 'active', every: 'day', form: 'html', name: 'executive 2' });
  expect(added.next).toMatch(/^\w{3} \d+ \w{3} 06:15 Asia\/Tokyo$/);

  await morning(1);
  await morning(1);

  const [mail, ...others] = mailsTo(added.email);
  expect(others).toEqual([]);
  expect(mail?.to).toMatchObject({ text: expect.stringContaining(added.email) });
  const { headers, html = '', text } = mail ?? { headers: new Map(), html: '' };
  const link = linkIn(text);
  const raw = mail?.raw.replaceAll(/\r\n[ \t]+/g, ' ');
  expect(raw).toContain(`List-Unsubscribe: <https://earshot.example${link}/end>`);
  expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(raw).toMatch(/^List-Id: Earshot digest <digest\.earshot\.fernhill\.example>/im);
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.messageId).toMatch(/^<earshot\.[0-9a-f]{40}@fernhill\.example>$/);
  expect(mail?.subject?.length).toBeLessThanOrEqual(78);
  expect(Buffer.byteLength(`${html}`)).toBeLessThan(60_000);
  expect(html).not.toMatch(/<script|<svg|<img|<link|url\(|<b>price/i);
  expect(html).toContain(`href="https://earshot.example${link}"`);
  expect(text).toContain('You get this every day at 06:15 Asia/Tokyo.');
  expect(text).toContain('lied to us');

  // The numbers of it open their evidence, though it covers another day than the one of the config.
  const evidence = /https:\/\/earshot\.example(\/digests\/[^"?]+)/.exec(`${html}`)?.[1] ?? '';
  expect(decodeURIComponent(evidence)).toContain('executive day 06:15 Asia-Tokyo');
  const [, name, date] = /^\/digests\/([^/]+)\/([\d-]+)/.exec(evidence) ?? [];
  expect((await executive.ask(`/api/v1/digests/${name}/${date}`)).status).toBe(200);
  expect((await agent.ask(`/api/v1/digests/${name}/${date}`)).status).toBe(404);
});

it('ends by one click of the mail program, and not by a look', async () => {
  const [subscription] = await mine(executive);
  const link = linkIn(mailsTo(subscription?.email ?? '')[0]?.text);

  for (const path of [link, `${link}/end`]) expect((await http.ask(path)).text).toContain('End it');
  expect(await mine(executive)).toHaveLength(1);
  const answer = await http.ask(`${link}/end`, {
    method: 'POST',
    body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('no further mail')]);
  expect(await mine(executive)).toEqual([]);
  const before = mailsTo(subscription?.email ?? '').length;
  await morning(2);
  expect(mailsTo(subscription?.email ?? '')).toHaveLength(before);

  // An administrator cannot undo it alone; the person can.
  const again = readAnswer('addSubscription', await add(admin, { email: subscription?.email }), 201);
  expect(again.state).toBe('pending');
  expect(readAnswer('addSubscription', await add(executive), 201).state).toBe('active');
});

it('asks an address outside first, and sends nothing else there until it has agreed', async () => {
  const email = 'chair@board.example';
  expect(
    readAnswer('addSubscription', await add(admin, { email, name: 'Chair <x@y.example>' }), 201).state,
  ).toBe('pending');
  expectError(await add(admin, { email }), { status: 409, kind: 'conflict' });
  await morning(3);
  const [question, ...others] = mailsTo(email);
  expect(others).toEqual([]);
  expect(question?.subject).toBe('Do you want the digest “executive” of Fernhill?');
  const link = linkIn(question?.text);

  expect((await http.ask(link)).text).toContain('Yes, send it');
  await morning(4);
  expect(mailsTo(email)).toHaveLength(1);
  const confirmed = await http.ask(`${link}/confirm`, { method: 'POST' });
  expect(confirmed.text).toContain('You get this digest by mail');
  await morning(5);
  expect(mailsTo(email)).toHaveLength(2);
  expectError(await http.ask('/subscriptions/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'), {
    status: 404,
    kind: 'not-found',
  });
});

it('is sent at once to look at, as plain text where that is wanted, and ended by its owner', async () => {
  const weekly = { digest: 'sales', every: 'week', form: 'text', at: '08:00', zone: 'Europe/Berlin' };
  const { id, email } = readAnswer('addSubscription', await add(agent, weekly), 201);
  readAnswer(
    'testSubscription',
    await agent.ask(`/api/v1/subscriptions/${id}/test`, { method: 'POST', json: {} }),
  );
  await deliver();

  const [mail] = mailsTo(email);
  expect(mail?.html).toBe(false);
  expect(mail?.text).toContain('every week at 08:00 Europe/Berlin');
  expectError(await executive.ask(`/api/v1/subscriptions/${id}`, { method: 'DELETE' }), {
    status: 404,
    kind: 'not-found',
  });
  readAnswer('endSubscription', await agent.ask(`/api/v1/subscriptions/${id}`, { method: 'DELETE' }));
  expect(await mine(agent)).toEqual([]);
});

it('is for those who may read the digest, of an audience that takes them', async () => {
  const refused = [
    [agent, { digest: 'executive' }, 404, 'not-found'],
    [agent, { digest: 'sales', email: 'else@fernhill.example' }, 403, 'forbidden'],
    [admin, { digest: 'product' }, 409, 'conflict'],
    [admin, { digest: 'none' }, 404, 'not-found'],
    [admin, { zone: 'Mars/Base' }, 400, 'invalid-input'],
    [admin, { at: '25:00' }, 400, 'invalid-input'],
    [admin, { email: 'a@b.example\r\nBcc: c@d.example' }, 400, 'invalid-input'],
  ] as const;
  for (const [who, changes, status, kind] of refused) expectError(await add(who, changes), { status, kind });
  // Known people need not confirm.
  const known = readAnswer('addSubscription', await add(admin, { email: 'New@Fernhill.example' }), 201);
  expect(known).toMatchObject({ state: 'active', email: 'new@fernhill.example' });
  expect((await mine(admin)).length).toBeGreaterThan(2);
});

it('goes no more to who took it by a right that they have no more, or may not sign in any more', async () => {
  const reader = await http.signIn('agent', 'sales');
  const left = await http.signIn('executive');
  const known = await http.signIn('agent', 'product');
  const emailOf = async (who: Visitor): Promise<string> =>
    readAnswer('addSubscription', await add(who, { digest: 'sales', at: '05:00' }), 201).email;
  const [mover, leaver] = [await emailOf(reader), await emailOf(left)];
  const [row] = await http.fresh.database.query<{ email: string }>(
    'SELECT email FROM person WHERE id = $1::int',
    Number(known.id),
  );
  const given = row?.email ?? '';
  readAnswer('addSubscription', await add(admin, { email: given, digest: 'sales', at: '05:00' }), 201);
  await morning(6);
  expect([mover, leaver, given].map((email) => mailsTo(email).length)).toEqual([1, 1, 1]);

  const change = (who: Visitor, json: object) =>
    admin.ask(`/api/v1/people/${who.id}`, { method: 'PATCH', json });
  expect((await change(reader, { departments: ['product'] })).status).toBe(200);
  expect((await change(left, { isDisabled: true })).status).toBe(200);
  await morning(7);

  expect([mover, leaver, given].map((email) => mailsTo(email).length)).toEqual([1, 1, 2]);
});
