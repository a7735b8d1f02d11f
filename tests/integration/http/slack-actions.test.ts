import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverWorker } from '../../../workers/deliver.ts';
import { flushWorker } from '../../../workers/flush.ts';
import { type HttpStub, startHttpStub } from '../../support/stub-http.ts';
import { type ShownMessage, SLACK_CHANNEL, signedBySlack, slackWorkspace } from '../../support/stub-slack.ts';
import { ago, done, list, matterWord, read, seedCases } from './case-fixture.ts';
import { expectError, type Http, openHttp, type Visitor } from './http-fixture.ts';

const TOKEN = 'xoxb-very-secret';
const SECRET = 'signing-very-secret';
const slack = slackWorkspace(TOKEN, {
  ULEAD: 'Lead-1@fernhill.example',
  UOTHER: 'lead-2@fernhill.example',
  USTRANGER: 'somebody@elsewhere.example',
});
let stub: HttpStub;
let http: Http;
let lead: Visitor;
let admin: Visitor;

beforeAll(async () => {
  stub = await startHttpStub(slack.answer);
  http = await openHttp({
    env: { SLACK_TOKEN: TOKEN, SLACK_SECRET: SECRET },
    yaml: `
workspace: { name: Fernhill, timezone: Europe/Berlin }
departments:
  - { name: product, aspects: [product, service] }
  - { name: sales, aspects: [sales, pricing] }
receivers:
  - name: everything
    slack: [{ token: '\${SLACK_TOKEN}', channel: ${SLACK_CHANNEL}, signing_secret: '\${SLACK_SECRET}', api: '${stub.url}/api' }]
route: { receiver: everything, department: product, group_wait: 0s, group_interval: 1s }
`,
  });
  http.admit();
  lead = await http.signIn('lead', 'sales');
  await http.signIn('lead', 'product');
  admin = await http.signIn('admin');
});
afterAll(async () => {
  await http.close();
  await stub.close();
});
beforeEach(() => {
  slack.whispers.length = 0;
  slack.dialogs.length = 0;
});

let matter = 0;

/** Somebody complains, and the channel hears of it: the case, and the message that shows it. */
async function heard() {
  matter += 1;
  const text = `They lied to us about ${matterWord(matter)}`;
  await seedCases(http, {
    mentions: [{ text, at: ago(1), author: text, opinions: [{ aspect: 'sales', polarity: 'negative' }] }],
  });
  await flushAndDeliver();
  const [row] = await list(lead, `q=${matterWord(matter)}`);
  const message = slack.shown.find(({ blocks }) => JSON.stringify(blocks).includes(`act:${row?.id}"`));
  if (!row || !message) throw new Error('the channel did not hear of it');
  return { caseId: row.id, message };
}

async function flushAndDeliver(): Promise<void> {
  const { signal } = new AbortController();
  await http.fresh.database.execute(
    `UPDATE routing_group SET last_notified_at = last_notified_at - interval '1 minute', waiting_since = waiting_since - interval '1 minute', due_at = now() - interval '1 second' WHERE due_at IS NOT NULL`,
  );
  await flushWorker(http.app)(signal);
  await deliverWorker(http.app)(signal);
}

const press = (action: string, caseId: string, message: ShownMessage, user = 'ULEAD') => ({
  type: 'block_actions',
  user: { id: user },
  trigger_id: '123.456',
  channel: { id: SLACK_CHANNEL },
  message: {
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    thread_ts: message.threadTs ?? message.ts,
  },
  actions: [{ action_id: action, block_id: `act:${caseId}`, value: caseId }],
});
const submitDialog = (metadata: string | undefined, department: string) =>
  post({
    type: 'view_submission',
    user: { id: 'ULEAD' },
    view: {
      callback_id: 'not-ours',
      private_metadata: metadata,
      state: {
        values: {
          department: { choice: { selected_option: { value: department } } },
          reason: { words: { value: 'It is <!channel> the app' } },
        },
      },
    },
  });
const post = (payload: object, { secret = SECRET, at = new Date() } = {}) =>
  http.ask('/slack/actions', { method: 'POST', ...signedBySlack(payload, secret, { at }) });

describe('a button in Slack', () => {
  it('accepts a case as whom Slack knows by their mail address, and says so where it stood', async () => {
    const { caseId, message } = await heard();

    const answer = await post(press('accept', caseId, message));

    expect([answer.status, answer.text]).toEqual([200, '']);
    const { history, case: row } = await read(lead, caseId);
    expect([row.status, history.at(-1)?.by.name]).toEqual(['accepted', 'lead 1']);
    expect(JSON.stringify(message.blocks)).toContain('✓ Accepted by lead 1');
    expect(message.blocks.some(({ type }) => type === 'actions')).toBe(false);
    expect(slack.whispers).toEqual([]);
  });

  it('snoozes until tomorrow morning by the workspace’s clock', async () => {
    const { caseId, message } = await heard();

    await post(press('snooze', caseId, message));

    const { case: row } = await read(lead, caseId);
    expect(row.status).toBe('snoozed');
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
    expect(local.format(new Date(row.snoozedUntil ?? 0))).toBe('08:00');
    expect(Date.parse(row.snoozedUntil ?? '') - Date.now()).toBeLessThan(48 * 3_600_000);
    expect(JSON.stringify(message.blocks)).toMatch(/✓ Snoozed until \w{3} \d+ \w{3}, 08:00 [^"]+ by lead 1/);
  });

  it('asks in a dialog whose a case is, and passes it on with the reason', async () => {
    const { caseId, message } = await heard();
    await post(press('not-ours', caseId, message));
    const [dialog] = slack.dialogs;
    expect(dialog?.trigger_id).toBe('123.456');
    expect(JSON.stringify(dialog?.view.blocks)).toContain('"value":"product"');

    const submit = (department: string) => submitDialog(dialog?.view.private_metadata, department);
    const refused = await submit('nowhere');
    expect(refused.json()).toEqual({
      response_action: 'errors',
      errors: { reason: 'Name another department: product' },
    });
    expect((await submit('product')).text).toBe('');

    expect((await read(admin, caseId)).case.status).toBe('declined');
    expect(slack.shown.at(-1)).toMatchObject({
      threadTs: message.threadTs ?? message.ts,
      text: 'Passed on to product by lead 1: It is &lt;!channel&gt; the app',
    });
  });

  it('tells a stranger, and who may not, what is wrong, to them alone', async () => {
    const { caseId, message } = await heard();

    for (const user of ['USTRANGER', 'UNOBODY', 'UOTHER']) await post(press('accept', caseId, message, user));

    expect(slack.whispers).toEqual([
      {
        user: 'USTRANGER',
        text: expect.stringContaining('Nobody in Earshot has somebody@elsewhere.example'),
      },
      { user: 'UNOBODY', text: expect.stringContaining('user_not_found') },
      { user: 'UOTHER', text: expect.stringContaining(`no case ${caseId}`) },
    ]);
    expect((await read(lead, caseId)).case.status).toBe('open');
  });

  it('is taken once, and only as signed by Slack within five minutes', async () => {
    const { caseId, message } = await heard();
    const payload = press('accept', caseId, message);
    const minutes = (n: number) => new Date(Date.now() + n * 60_000);

    for (const wrong of [{ secret: 'another' }, { at: minutes(-6) }, { at: minutes(6) }])
      expectError(await post(payload, wrong), { status: 401, kind: 'auth' });
    const signed = signedBySlack(payload, SECRET);
    const changed = { ...signed, body: signed.body.replace(caseId, '1') };
    expectError(await http.ask('/slack/actions', { method: 'POST', ...changed }), {
      status: 401,
      kind: 'auth',
    });
    expectError(await http.ask('/slack/actions', { method: 'POST', body: 'x' }), {
      status: 401,
      kind: 'auth',
    });
    expect((await read(lead, caseId)).case.status).toBe('open');

    const twice = await Promise.all(
      [1, 2].map(() => http.ask('/slack/actions', { method: 'POST', ...signed })),
    );
    expect(twice.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await read(lead, caseId)).history).toHaveLength(1);
    expectError(await post({ type: 'shortcut' }), { status: 400, kind: 'invalid-input' });
  });

  it('is answered in three seconds though Slack itself is slow', async () => {
    const { caseId, message } = await heard();
    stub.answerWith((request) => ({ ...slack.answer(request), delayMs: 3_500 }));
    try {
      const began = Date.now();
      expect((await post(press('accept', caseId, message))).status).toBe(200);
      expect(Date.now() - began).toBeLessThan(3_000);
      await expect
        .poll(async () => (await read(lead, caseId)).case.status, { timeout: 10_000 })
        .toBe('accepted');

      // A dialog is closed by then, so what is wrong is said beside it.
      const metadata = JSON.stringify({ caseId, channel: SLACK_CHANNEL, ts: message.threadTs ?? message.ts });
      expect((await submitDialog(metadata, 'nowhere')).text).toBe('');
      await expect
        .poll(() => slack.whispers.at(-1), { timeout: 15_000 })
        .toEqual({
          user: 'ULEAD',
          text: `Case ${caseId} was not passed on: Name another department: product`,
        });
    } finally {
      stub.answerWith(slack.answer);
    }
  });
});

describe('what follows', () => {
  it('stands in the thread of the first message, which says once all is over', async () => {
    await heard();
    const root = slack.shown.find(({ threadTs }) => threadTs === null);
    const replies = slack.shown.filter(({ threadTs }) => threadTs !== null);
    expect(replies.length).toBeGreaterThan(2);
    expect(new Set(replies.map(({ threadTs }) => threadTs))).toEqual(new Set([root?.ts]));

    for (const { id, version } of [
      ...(await list(admin)),
      ...(await list(admin, 'tab=waiting')),
      ...(await list(admin, 'tab=snoozed')),
    ])
      await done(admin, { id, version }, { kind: 'resolve', resolution: 'fixed', note: '' });
    await flushAndDeliver();
    await flushAndDeliver();

    expect(JSON.stringify(root?.blocks)).toMatch(/✓ Resolved · sales: \d+ cases?/);
    expect(root?.blocks.some(({ type }) => type === 'actions')).toBe(false);
    await heard();
    expect(slack.shown.at(-1)?.threadTs).toBeNull();
  });
});

it('is not listened for where no receiver has a signing secret', async () => {
  const plain = await openHttp();
  try {
    plain.admit();
    const answer = await plain.ask('/slack/actions', { method: 'POST', ...signedBySlack({}, SECRET) });
    expectError(answer, { status: 404, kind: 'not-found' });
  } finally {
    await plain.close();
  }
});
