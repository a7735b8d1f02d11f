import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { github } from '../../../src/receivers/github/index.ts';
import { githubAnswers } from '../../support/stub-github.ts';
import { startHttpStub } from '../../support/stub-http.ts';
import { answers, type HttpRig, hasty, httpRefusals } from './http-refusals.ts';
import { describeReceiver, failureOf, messageOf, NOW } from './kit.ts';

const LOOPBACK = ['127.0.0.0/8'];
const TOKEN = 'github_pat_very-secret';

const states = new Map<number, { state: 'open' | 'closed'; state_reason?: 'completed' | 'not_planned' }>();
const never = new AbortController().signal;

async function setUp(): Promise<HttpRig> {
  const stub = await startHttpStub(githubAnswers(TOKEN, states));
  const http = createHttpClient({ privateNetworks: LOOPBACK });
  const options = github.options.parse({
    repository: 'firm/care',
    token: TOKEN,
    labels: ['earshot'],
    api: stub.url,
  });
  const issues = () =>
    stub.requests.map(({ body }) => JSON.parse(body) as { readonly title: string; readonly body: string });
  return {
    receiver: github.create(options, {
      http: hasty(http),
      dataDir: '',
      clock: () => NOW,
      privateNetworks: LOOPBACK,
    }),
    stub,
    secrets: [TOKEN],
    seenIds: async () => issues().map(({ body }) => /Earshot delivery (\S+)$/.exec(body)?.[1] ?? ''),
    seenWords: async () => fenced(issues().at(-1)?.body ?? ''),
    async close() {
      await http.close();
      await stub.close();
    },
  };
}

/** What stands in the fence at the body's beginning, as CommonMark reads it: up to a line of at least as many backticks. */
function fenced(body: string): string {
  const [opening = '', ...lines] = body.split('\n');
  const fence = /^`{3,}/.exec(opening)?.[0] ?? 'none';
  const end = lines.findIndex((line) => /^ {0,3}`+\s*$/.test(line) && line.trim().length >= fence.length);
  return lines.slice(0, end).join('\n');
}

const reset = (seconds: number) => String(Math.floor(NOW.getTime() / 1_000) + seconds);
const spent = (seconds: number) => ({
  status: 403,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset(seconds) },
});

describeReceiver({
  kind: 'github',
  setUp,
  refusals: [
    ...httpRefusals(TOKEN),
    answers('403 with nothing left: waits for the reset', spent(90), {
      kind: 'rate-limited',
      retryAfterS: 90,
    }),
    answers('403 with a reset that is past', spent(-90), { kind: 'rate-limited', retryAfterS: 30 }),
    answers('403 with a reset in a year', spent(31_536_000), { kind: 'rate-limited', retryAfterS: 3_600 }),
    answers(
      '403 with Retry-After: a secondary limit',
      { status: 403, headers: { 'retry-after': '60' } },
      { kind: 'rate-limited', retryAfterS: 60 },
    ),
    answers('200: no issue was written', { status: 200 }, { kind: 'unavailable' }),
  ],
  words: (text) => messageOf({ subject: text, text: `${text}\n\`\`\`\`\n@firm/all closes #1` }),
  fallSilent: (rig) => rig.stub.answerWith({ hang: true }),
});

describe('github', () => {
  it.each(['firm', 'firm/care/issues', '../x', 'firm/..', '-firm/care', 'https://github.com/firm/care'])(
    'refuses the repository %s',
    (repository) => {
      expect(github.options.safeParse({ repository, token: TOKEN }).success).toBe(false);
    },
  );

  it('writes title, words, link and labels', async () => {
    const rig = await setUp();
    await rig.receiver.send(messageOf(), new AbortController().signal);

    expect(JSON.parse(rig.stub.requests[0]?.body ?? '')).toEqual({
      title: 'Pricing: 3 new complaints',
      body: '```text\nThree customers say that the price went up without a word.\n```\n\n[Open in Earshot](<https://earshot.example/cases/7>)\n\nEarshot delivery 3f2d1c0b9a87',
      labels: ['earshot'],
    });
    await rig.close();
  });

  it('writes what follows as comments, and begins anew where the issue is gone', async () => {
    const rig = await setUp();
    const first = await rig.receiver.send(messageOf(), never);
    const root = { ref: first.ref ?? '', message: messageOf() };

    const comment = await rig.receiver.send(messageOf({ id: 'm2' }), never, { root });
    const anew = await rig.receiver.send(messageOf({ id: 'm3' }), never, { root: { ...root, ref: '99' } });

    expect(first.ref).toBe('1');
    expect(comment).toEqual({ status: 201, detail: 'comment on issue 1' });
    expect(anew.ref).toBe('2');
    await rig.close();
  });

  it('says how an issue was closed', async () => {
    const rig = await setUp();
    await rig.receiver.send(messageOf(), never);
    const ask = () => rig.receiver.resolutionOf?.('1', never);

    expect(await ask()).toBeNull();
    states.set(1, { state: 'closed', state_reason: 'completed' });
    expect(await ask()).toBe('fixed');
    states.set(1, { state: 'closed', state_reason: 'not_planned' });
    expect(await ask()).toBe('wont-fix');
    states.clear();
    expect((await failureOf(rig.receiver.resolutionOf?.('99', never) ?? Promise.resolve())).kind).toBe(
      'not-found',
    );
    await rig.close();
  });
});
