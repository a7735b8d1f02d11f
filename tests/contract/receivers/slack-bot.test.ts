import { describe, expect, it } from 'vitest';
import type { Before, OutboundMessage } from '../../../src/domain/delivery.ts';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { escapeMrkdwn } from '../../../src/lib/mrkdwn.ts';
import { slack } from '../../../src/receivers/slack/index.ts';
import { startHttpStub } from '../../support/stub-http.ts';
import { SLACK_CHANNEL, slackWorkspace } from '../../support/stub-slack.ts';
import { answers, hasty } from './http-refusals.ts';
import { describeReceiver, failureOf, messageOf, NOW } from './kit.ts';

const LOOPBACK = ['127.0.0.0/8'];
const TOKEN = 'xoxb-very-secret';
const never = new AbortController().signal;

async function setUp(options: object = {}) {
  const workspace = slackWorkspace(TOKEN);
  const stub = await startHttpStub(workspace.answer);
  const http = createHttpClient({ privateNetworks: LOOPBACK });
  const receiver = slack.create(
    slack.options.parse({ token: TOKEN, channel: SLACK_CHANNEL, api: `${stub.url}/api`, ...options }),
    { http: hasty(http), dataDir: '', clock: () => NOW, privateNetworks: LOOPBACK },
  );
  return {
    ...workspace,
    receiver,
    stub,
    secrets: [TOKEN],
    seenIds: async () =>
      stub.requests
        .filter(({ path }) => path.endsWith('chat.postMessage'))
        .map(
          ({ body }) =>
            /Earshot delivery ([\w-]+)/.exec(
              new URLSearchParams(body).toString().replaceAll('+', ' '),
            )?.[1] ?? '',
        ),
    async seenWords() {
      const texts: string[] = [];
      JSON.stringify(workspace.shown.at(-1), (_key, value) => {
        if (typeof value === 'string') texts.push(value);
        return value;
      });
      expect(texts.join(' ').match(/<[^>]*>/g) ?? [], 'mentions and links that we did not build').toEqual([]);
      return texts.join(' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    },
    async close() {
      await http.close();
      await stub.close();
    },
  };
}

type Rig = Awaited<ReturnType<typeof setUp>>;

function withBlocks(text: string): OutboundMessage {
  const slackBlocks = [
    { type: 'section', text: { type: 'mrkdwn', text: escapeMrkdwn(text), verbatim: true } },
  ];
  return messageOf({ subject: text, text, slackBlocks });
}

const says = (error: string) => ({ body: JSON.stringify({ ok: false, error }) });

describeReceiver({
  kind: 'slack with a bot token',
  setUp,
  refusals: [
    ...['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'something_new'].map(
      (fault) => answers(`${fault}: tries again`, says(fault), { kind: 'unavailable' }),
    ),
    ...[
      'invalid_auth',
      'token_revoked',
      'account_inactive',
      'token_expired',
      'missing_scope',
      'not_authed',
    ].map((fault) => answers(`${fault}: not let in`, says(fault), { kind: 'auth' })),
    ...['channel_not_found', 'not_in_channel', 'is_archived'].map((fault) =>
      answers(`${fault}: wrong destination`, says(fault), { kind: 'not-found' }),
    ),
    ...['invalid_blocks', 'msg_too_long', 'no_text'].map((fault) =>
      answers(`${fault}: this message will never do`, says(fault), { kind: 'invalid-input' }),
    ),
    answers(
      '429 with Retry-After',
      { status: 429, headers: { 'retry-after': '12' } },
      { kind: 'rate-limited', retryAfterS: 12 },
    ),
    answers(
      'ratelimited as JSON',
      { ...says('ratelimited'), headers: { 'retry-after': '9' } },
      { kind: 'rate-limited', retryAfterS: 9 },
    ),
    ...[500, 502, 503].map((status) =>
      answers(`${status}: tries again`, { status }, { kind: 'unavailable' }),
    ),
    answers('200 with HTML: tries again', { body: `<html>${TOKEN}</html>` }, { kind: 'unavailable' }),
    answers('200 with half an answer: tries again', { body: '{"ok": tr' }, { kind: 'unavailable' }),
    answers(
      '200 with an answer of another shape: tries again',
      { body: '{"ok":"yes"}' },
      { kind: 'unavailable' },
    ),
    answers('reset in the body: tries again', { reset: 'in-body' }, { kind: 'unavailable' }),
    answers('silence: tries again', { hang: true }, { kind: 'unavailable' }),
    ...[301, 302, 307].map((status) =>
      answers(
        `${status}: is not followed`,
        { status, headers: { location: '/elsewhere' } },
        { kind: 'unavailable' },
      ),
    ),
  ],
  words: withBlocks,
  fallSilent: (rig) => rig.stub.answerWith({ hang: true }),
});

async function withRig(act: (rig: Rig) => Promise<void>, options: object = {}) {
  const rig = await setUp(options);
  try {
    await act(rig);
  } finally {
    await rig.close();
  }
}

const opinion = (caseId: string, place: number) => ({
  type: 'section',
  block_id: `case:${caseId}:${place}`,
  text: { type: 'plain_text', text: `words ${place}` },
});
const cases = messageOf({
  slackBlocks: [opinion('7', 0), opinion('8', 1), opinion('7', 2)],
  payload: { cases: [{ id: '7', url: 'https://earshot.example/inbox?case=7' }] },
});
const over = messageOf({ id: 'm3', subject: 'Resolved: 2 cases', payload: { live: false } });
const rootOf = (ref: string | undefined): Before => ({ root: { ref: ref ?? '', message: cases } });
const typesOf = (blocks: readonly { readonly type: string }[] = []) =>
  blocks.map(({ type }) => type).join(' ');

describe('slack with a bot token', () => {
  it('names what it has posted, and answers it in its thread', () =>
    withRig(async ({ receiver, shown }) => {
      const first = await receiver.send(cases, never);
      const later = messageOf({ id: 'm2', subject: 'Still open: 2 cases' });
      const second = await receiver.send(later, never, rootOf(first.ref));

      expect(first).toEqual({ status: 200, detail: 'ok', ref: `${SLACK_CHANNEL}/${shown[0]?.ts}` });
      expect(second.ref).toBe(`${SLACK_CHANNEL}/${shown[1]?.ts}`);
      expect(shown[1]?.threadTs).toBe(shown[0]?.ts);
      expect(shown.map(({ isBroadcast }) => isBroadcast)).toEqual([false, true]);
      expect(JSON.stringify(shown[0]?.blocks)).not.toContain('Still open');
    }));

  it('begins anew where the first message was deleted, or the channel is another by now', () =>
    withRig(async ({ receiver, shown }) => {
      await receiver.send(cases, never, rootOf(`${SLACK_CHANNEL}/1700000099.000100`));
      await receiver.send(messageOf({ id: 'm2' }), never, rootOf('COTHER/1700000000.000100'));

      expect(shown.map(({ threadTs }) => threadTs)).toEqual([null, null]);
    }));

  it('has told the follow-up also where the first message cannot be changed', () =>
    withRig(async ({ receiver, shown, stub, answer }) => {
      const first = await receiver.send(cases, never);
      stub.answerWith((request) =>
        request.path.endsWith('chat.update') ? says('edit_window_closed') : answer(request),
      );

      expect((await receiver.send(over, never, rootOf(first.ref))).detail).toBe('ok');
      expect(shown).toHaveLength(2);
    }));

  it('sends plain text where Slack does not take the blocks', () =>
    withRig(async ({ receiver, shown }) => {
      const twice = [opinion('7', 0), opinion('7', 0)];

      const receipt = await receiver.send(messageOf({ slackBlocks: twice }), never);

      expect(receipt.detail).toBe('ok as plain text, blocks refused: invalid_blocks');
      expect(shown[0]?.blocks).toEqual([]);
    }));

  it('puts one row of buttons below each case, while it goes on, when somebody listens for them', () =>
    withRig(
      async ({ receiver, shown }) => {
        const first = await receiver.send(cases, never);
        expect(typesOf(shown[0]?.blocks)).toBe('section section actions section actions context');
        const rows = shown[0]?.blocks.filter(({ type }) => type === 'actions');
        expect(rows).toMatchObject([{ block_id: 'act:8' }, { block_id: 'act:7' }]);
        expect(JSON.stringify(rows?.[0])).not.toContain('Open');
        expect(JSON.stringify(rows?.[1])).toContain('"url":"https://earshot.example/inbox?case=7"');

        await receiver.send(messageOf({ id: 'm2' }), never, rootOf(first.ref));
        expect(typesOf(shown[0]?.blocks)).toContain('actions');
        await receiver.send(over, never, rootOf(first.ref));
        expect(shown.map(({ isBroadcast }) => isBroadcast)).toEqual([false, true, false]);
        expect(JSON.stringify(shown[0]?.blocks)).toContain('✓ Resolved: 2 cases');
        expect(typesOf(shown[0]?.blocks)).toBe('section section section context context');
      },
      { signing_secret: 'signing' },
    ));

  it.each([
    [{ url: 'https://hooks.slack.com/services/T/B/x', channel: 'C0CARE' }, 'keep one of the two'],
    [{ token: TOKEN }, 'token and channel'],
    [{ channel: 'C0CARE' }, 'token and channel'],
    [{}, 'either url'],
    [{ token: TOKEN, channel: '#care' }, 'id of a channel'],
  ])('refuses the options %j', (options, words) => {
    const parsed = slack.options.safeParse(options);

    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toContain(words);
  });

  it('never shows the token in an error', () =>
    withRig(async ({ receiver, stub }) => {
      stub.answerWith({ body: JSON.stringify({ ok: false, error: `${TOKEN} is bad` }) });

      expect((await failureOf(receiver.send(cases, never))).message).toBe('Slack answered 503 (unknown).');
    }));
});
