import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../../src/domain/delivery.ts';
import { createHttpClient, type HttpClient } from '../../../src/lib/http-client.ts';
import { escapeMrkdwn } from '../../../src/lib/mrkdwn.ts';
import { slack } from '../../../src/receivers/slack/index.ts';
import { type HttpStub, type StubScript, startHttpStub } from '../../support/stub-http.ts';
import { describeReceiver, failureOf, messageOf, NOW, type Refusal } from './kit.ts';

const LOOPBACK = ['127.0.0.0/8'];
const PATH = '/services/T000/B000/very-secret-token';

/** The guarded client with its deadline brought forward, so that a far side that never ends costs no test time. */
function hasty(http: HttpClient, timeouts: number[] = []): HttpClient {
  return {
    request(request) {
      timeouts.push(request.timeoutMs ?? 0);
      return http.request({ ...request, timeoutMs: 400 });
    },
    close: () => http.close(),
  };
}

async function setUp() {
  const stub = await startHttpStub();
  const http = createHttpClient({ privateNetworks: LOOPBACK });
  const timeouts: number[] = [];
  const receiver = slack.create(slack.options.parse({ url: stub.url + PATH }), {
    http: hasty(http, timeouts),
    dataDir: '',
    clock: () => NOW,
    privateNetworks: LOOPBACK,
  });
  return {
    receiver,
    stub,
    timeouts,
    secrets: ['very-secret-token', PATH],
    seenIds: async () =>
      stub.requests.map((request) => /Earshot delivery (\S+?)"/.exec(request.body)?.[1] ?? ''),
    seenWords: async () => readerText(stub),
    async close() {
      await http.close();
      await stub.close();
    },
  };
}

type SlackRig = Awaited<ReturnType<typeof setUp>>;

function bodies(stub: HttpStub): { text: string; blocks?: { type: string }[]; [key: string]: unknown }[] {
  return stub.requests.map((request) => JSON.parse(request.body));
}

/** What a reader sees: entities are decoded once, as Slack does. */
function readerText(stub: HttpStub): string {
  const texts: string[] = [];
  JSON.stringify(bodies(stub).at(-1), (_key, value) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  const markup = texts.join(' ').match(/<[^>]*>/g) ?? [];
  expect(markup, 'mentions and links that we did not build').toEqual([]);
  return texts.join(' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function withBlocks(text: string): OutboundMessage {
  const slackBlocks = [
    { type: 'section', text: { type: 'mrkdwn', text: escapeMrkdwn(text), verbatim: true } },
  ];
  return messageOf({ subject: text, text, slackBlocks });
}

const answers = (
  name: string,
  script: StubScript,
  expected: Omit<Refusal<SlackRig>, 'name' | 'arrange'>,
) => ({
  name,
  ...expected,
  arrange: (rig: SlackRig) => rig.stub.answerWith(script),
});

const refusals: readonly Refusal<SlackRig>[] = [
  ...(
    [
      ['7', 7],
      [undefined, 30],
      ['0', 1],
      ['-1', 30],
      ['abc', 30],
      ['99999999', 3_600],
      ['Mon, 02 Mar 2026 07:32:00 GMT', 120],
      ['Mon, 02 Mar 2026 07:00:00 GMT', 1],
    ] as const
  ).map(([header, retryAfterS]) =>
    answers(
      `429 with Retry-After ${header}: waits ${retryAfterS} s`,
      {
        status: 429,
        body: 'rate_limited',
        ...(header !== undefined && { headers: { 'retry-after': header } }),
      },
      { kind: 'rate-limited', retryAfterS },
    ),
  ),
  ...[500, 502, 503, 504, 408].map((status) =>
    answers(`${status}: tries again`, { status, body: 'rollup_error' }, { kind: 'unavailable' }),
  ),
  answers(
    '503 with Retry-After: waits for it',
    { status: 503, headers: { 'retry-after': '60' } },
    {
      kind: 'unavailable',
      retryAfterS: 60,
    },
  ),
  answers('connection reset: tries again', { reset: 'before-answer' }, { kind: 'unavailable' }),
  answers('reset in the body: tries again', { reset: 'in-body' }, { kind: 'unavailable' }),
  answers('silence: tries again', { hang: true }, { kind: 'unavailable' }),
  answers('a body that drips: tries again', { body: 'ok'.repeat(500), dripMs: 30 }, { kind: 'unavailable' }),
  answers('10 MB of body: tries again', { body: 'ok'.repeat(5_000_000) }, { kind: 'unavailable' }),
  answers('200 with HTML: tries again', { body: '<html>very-secret-token</html>' }, { kind: 'unavailable' }),
  answers('200 with invalid_blocks: tries again', { body: 'invalid_blocks' }, { kind: 'unavailable' }),
  answers('201: tries again', { status: 201 }, { kind: 'unavailable' }),
  ...[301, 302, 307, 308].map((status) =>
    answers(
      `${status}: is not followed`,
      { status, headers: { location: '/elsewhere' } },
      { kind: 'unavailable' },
    ),
  ),
  ...['invalid_payload', 'invalid_blocks', 'no_text', 'msg_blocks_too_long', 'too_many_attachments'].map(
    (body) =>
      answers(`400 ${body}: this message will never do`, { status: 400, body }, { kind: 'invalid-input' }),
  ),
  answers(
    '400 user_not_found: wrong destination',
    { status: 400, body: 'user_not_found' },
    { kind: 'not-found' },
  ),
  answers('403 invalid_token: not let in', { status: 403, body: 'invalid_token' }, { kind: 'auth' }),
  answers('403 action_prohibited: not let in', { status: 403, body: 'action_prohibited' }, { kind: 'auth' }),
  answers('401: not let in', { status: 401, body: PATH }, { kind: 'auth' }),
  answers('404 no_service: wrong destination', { status: 404, body: 'no_service' }, { kind: 'not-found' }),
  answers(
    '404 channel_not_found: wrong destination',
    { status: 404, body: 'channel_not_found' },
    { kind: 'not-found' },
  ),
  answers(
    '410 channel_is_archived: wrong destination',
    { status: 410, body: 'channel_is_archived' },
    { kind: 'not-found' },
  ),
  answers('413: this message will never do', { status: 413 }, { kind: 'invalid-input' }),
  { name: 'nobody listens: tries again', kind: 'unavailable', arrange: (rig) => rig.stub.close() },
];

describeReceiver({
  kind: 'slack',
  setUp,
  refusals,
  words: withBlocks,
  fallSilent: (rig) => rig.stub.answerWith({ hang: true }),
});

async function withRig(act: (rig: SlackRig) => Promise<void>) {
  const rig = await setUp();
  try {
    await act(rig);
  } finally {
    await rig.close();
  }
}

describe('slack', () => {
  const never = new AbortController().signal;

  it.each(['invalid_payload', 'invalid_blocks', 'no_text', 'msg_blocks_too_long'])(
    'sends plain text of at most 3000 characters at once when blocks are refused as %s',
    (fault) =>
      withRig(async ({ receiver, stub }) => {
        stub.answerWith([{ status: 400, body: fault }, {}]);

        const receipt = await receiver.send(
          { ...withBlocks('<!channel> '.repeat(900)), subject: 'Digest' },
          never,
        );

        expect(receipt).toEqual({ status: 200, detail: `ok as plain text, blocks refused: ${fault}` });
        const [first, second] = bodies(stub);
        expect(first?.blocks).toBeDefined();
        expect(second).toEqual({
          text: second?.text,
          mrkdwn: false,
          unfurl_links: false,
          unfurl_media: false,
        });
        expect(second?.text.length).toBeLessThanOrEqual(3_000);
        expect(second?.text).toMatch(/^Digest\n\n(&lt;!channel&gt; )+.*…\n\nEarshot delivery 3f2d1c0b9a87$/);
      }),
  );

  it('gives up when the plain text is refused as well', () =>
    withRig(async ({ receiver, stub }) => {
      stub.answerWith({ status: 400, body: 'invalid_payload' });

      const error = await failureOf(receiver.send(withBlocks('words'), never));

      expect(error.kind).toBe('invalid-input');
      expect(stub.requests).toHaveLength(2);
    }));

  it('takes the limit that the plain text meets for its answer', () =>
    withRig(async ({ receiver, stub }) => {
      stub.answerWith([
        { status: 400, body: 'invalid_blocks' },
        { status: 429, headers: { 'retry-after': '5' } },
      ]);

      const error = await failureOf(receiver.send(withBlocks('words'), never));

      expect([error.kind, error.retryAt]).toEqual(['rate-limited', new Date(NOW.getTime() + 5_000)]);
    }));

  it('always sends a text, never unfurls, never links names', () =>
    withRig(async ({ receiver, stub, timeouts }) => {
      await receiver.send(withBlocks('words'), never);

      const [body] = bodies(stub);
      expect(body).toMatchObject({ text: 'words', unfurl_links: false, unfurl_media: false });
      expect(body).not.toHaveProperty('link_names');
      expect(body).not.toHaveProperty('parse');
      expect(timeouts).toEqual([10_000]);
    }));

  it.each([1, 48, 49, 50, 51, 500])('keeps %i blocks within the 50 that Slack takes', (count) =>
    withRig(async ({ receiver, stub }) => {
      const slackBlocks = Array.from({ length: count }, () => ({ type: 'divider' }));

      await receiver.send(messageOf({ slackBlocks }), never);

      const [body] = bodies(stub);
      const kept = body?.blocks?.filter((block) => block.type === 'divider').length ?? 0;
      expect(body?.blocks?.length).toBeLessThanOrEqual(50);
      expect(body?.blocks?.at(-1)).toMatchObject({ type: 'context' });
      const note = `+${count - kept} more parts left out`;
      expect(JSON.stringify(body).includes(note)).toBe(count > 49);
      expect(kept).toBe(count > 49 ? 48 : count);
    }),
  );

  it('posts at most one message a second to a webhook', () =>
    withRig(async ({ receiver, stub }) => {
      await Promise.all([1, 2, 3].map((n) => receiver.send(messageOf({ id: `m${n}` }), never)));

      const times = stub.requests.map(({ at }) => at.getTime());
      expect(times[1]).toBeGreaterThanOrEqual((times[0] ?? 0) + 950);
      expect(times[2]).toBeGreaterThanOrEqual((times[1] ?? 0) + 950);
    }));

  it('posts to a stand-in on this machine by either of its names', () =>
    withRig(async ({ stub }) => {
      const http = createHttpClient({ privateNetworks: LOOPBACK });
      const url = `${stub.url.replace('127.0.0.1', 'localhost')}/services/x`;
      const receiver = slack.create(slack.options.parse({ url }), {
        http,
        dataDir: '',
        clock: () => NOW,
        privateNetworks: LOOPBACK,
      });

      await receiver.send(messageOf({}), never);
      await http.close();

      expect(stub.requests).toHaveLength(1);
    }));

  it.each([
    'http://hooks.slack.com/services/T0/B0/x',
    'https://hooks.slack.com.evil.example/services/T0/B0/x',
    'https://hooks.slack.com:8443/services/T0/B0/x',
    'https://hooks.slack.com/workflows/x',
    'https://user@evil.example/services/x',
    'https://10.0.0.1/services/x',
    'http://intranet/services/x',
    'not a url',
  ])('refuses the address %s without repeating it', (url) => {
    const deps = { http: hasty(createHttpClient({ privateNetworks: [] })), dataDir: '', clock: () => NOW };

    expect(() => slack.create(slack.options.parse({ url }), { ...deps, privateNetworks: LOOPBACK })).toThrow(
      expect.objectContaining({ kind: 'invalid-input', message: expect.not.stringContaining(url) }),
    );
  });
});
