import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { jira } from '../../../src/receivers/jira/index.ts';
import { startHttpStub } from '../../support/stub-http.ts';
import { jiraAnswers } from '../../support/stub-jira.ts';
import { answers, type HttpRig, hasty, httpRefusals } from './http-refusals.ts';
import { describeReceiver, failureOf, messageOf, NOW } from './kit.ts';

const LOOPBACK = ['127.0.0.0/8'];
const TOKEN = 'ATATT-very-secret';
const LOGIN = `ann@firm.example:${TOKEN}`;
const never = new AbortController().signal;

const states: Map<
  string,
  {
    status: { statusCategory: { key: 'new' | 'indeterminate' | 'done' } };
    resolution: { name: string } | null;
  }
> = new Map();

async function setUp(project = 'CARE'): Promise<HttpRig> {
  const stub = await startHttpStub(jiraAnswers(LOGIN, states));
  const http = createHttpClient({ privateNetworks: LOOPBACK });
  const options = jira.options.parse({ site: stub.url, email: 'ann@firm.example', token: TOKEN, project });
  const lines = () =>
    stub.requests.map(({ body }) => {
      const { fields } = JSON.parse(body);
      const paragraphs: { content: { text: string }[] }[] = fields.description.content;
      return [fields.summary, ...paragraphs.map(({ content }) => content[0]?.text ?? '')];
    });
  return {
    receiver: jira.create(options, {
      http: hasty(http),
      dataDir: '',
      clock: () => NOW,
      privateNetworks: LOOPBACK,
    }),
    stub,
    secrets: [TOKEN, Buffer.from(LOGIN).toString('base64')],
    seenIds: async () => lines().map((texts) => texts.at(-1) ?? ''),
    seenWords: async () => lines().at(-1)?.join(' ') ?? '',
    async close() {
      await http.close();
      await stub.close();
    },
  };
}

describeReceiver({
  kind: 'jira',
  setUp: () => setUp(),
  refusals: [
    ...httpRefusals(TOKEN),
    answers(
      '400 issuetype: wrong destination',
      { status: 400, body: '{"errors":{"issuetype":"x"}}' },
      { kind: 'not-found' },
    ),
    answers('200: no issue was written', { status: 200 }, { kind: 'unavailable' }),
    answers(
      '201 that drips: tries again',
      { status: 201, body: 'x'.repeat(500), dripMs: 30 },
      { kind: 'unavailable' },
    ),
  ],
  words: (text) => messageOf({ subject: text, text: `${text}\n\n{code}h1. x{code} [~admin]` }),
  fallSilent: (rig) => rig.stub.answerWith({ hang: true }),
});

describe('jira', () => {
  it('says of a project that is not there that the destination is wrong', async () => {
    const rig = await setUp('GONE');

    const error = await failureOf(rig.receiver.send(messageOf(), never));

    expect([error.kind, error.message]).toEqual(['not-found', 'Jira answered 404 (no such project).']);
    await rig.close();
  });

  it.each([5_000, 40_000])('keeps %i lines within what Jira takes', async (count) => {
    const rig = await setUp();

    const receipt = await rig.receiver.send(messageOf({ text: '"x"\n'.repeat(count) }), never);

    expect(receipt.detail).toBe('issue written');
    expect(await rig.seenWords()).toContain('more lines left out');
    await rig.close();
  });

  it('writes what follows as comments, and begins anew where the issue is gone', async () => {
    const rig = await setUp();
    const first = await rig.receiver.send(messageOf(), never);
    const root = { ref: first.ref ?? '', message: messageOf() };

    const comment = await rig.receiver.send(messageOf({ id: 'm2' }), never, { root });
    const anew = await rig.receiver.send(messageOf({ id: 'm3' }), never, {
      root: { ...root, ref: 'CARE-99' },
    });

    expect(first.ref).toBe('CARE-1');
    expect(comment).toEqual({ status: 201, detail: 'comment on CARE-1' });
    expect(anew.ref).toBe('CARE-2');
    await rig.close();
  });

  it('says how an issue was closed', async () => {
    const rig = await setUp();
    await rig.receiver.send(messageOf(), never);
    const ask = () => rig.receiver.resolutionOf?.('CARE-1', never);

    expect(await ask()).toBeNull();
    const is = (key: 'done' | 'indeterminate', name: string | null) =>
      states.set('CARE-1', {
        status: { statusCategory: { key } },
        resolution: name === null ? null : { name },
      });
    is('indeterminate', null);
    expect(await ask()).toBeNull();
    is('done', 'Done');
    expect(await ask()).toBe('fixed');
    is('done', "Won't Do");
    expect(await ask()).toBe('wont-fix');
    states.clear();
    expect((await failureOf(rig.receiver.resolutionOf?.('CARE-99', never) ?? Promise.resolve())).kind).toBe(
      'not-found',
    );
    await rig.close();
  });
});
