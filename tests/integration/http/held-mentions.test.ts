import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { ago, list } from './case-fixture.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let lead: Visitor;
let agent: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  lead = await http.signIn('lead', 'sales');
  agent = await http.signIn('agent', 'sales');
});
afterAll(() => http.close());

const says = [{ aspect: 'sales', polarity: 'negative' as const, confidence: 0.8 }];
const unsure = [{ aspect: 'sales', polarity: 'negative' as const, confidence: 0.2 }];

async function seed(mention: Partial<Parameters<typeof seedWorkspace>[1]['mentions'][number]>) {
  const text = mention.text ?? 'Sales again';
  const [seeded] = await seedWorkspace(http.fresh.database, {
    mentions: [{ at: ago(5), author: 'ann', ...mention, text }],
  });
  return seeded?.mentionId ?? '';
}

const decide = (id: string, json: unknown, who = lead) =>
  who.ask(`/api/v1/mentions/${id}/decision`, { method: 'POST', json });
const outcomeOf = async (id: string) =>
  readAnswer('getMention', await lead.ask(`/api/v1/mentions/${id}`)).outcome;

describe('what was held back', () => {
  it('is listed newest first with the reason, in pages, for leads and not for agents', async () => {
    const ids = [];
    for (const text of ['Buy followers', 'Win a prize', 'Cheap pills'])
      ids.unshift(await seed({ text, spam: true, opinions: says }));

    const first = readAnswer(
      'listHeldMentions',
      await lead.ask('/api/v1/mentions?outcome=quarantined&limit=2'),
    );
    const rest = readAnswer(
      'listHeldMentions',
      await lead.ask(`/api/v1/mentions?outcome=quarantined&limit=2&cursor=${first.nextCursor}`),
    );

    expect([...first.mentions, ...rest.mentions].map(({ mentionId }) => mentionId)).toEqual(ids);
    expect(rest.nextCursor).toBeNull();
    expect(first.mentions[0]).toMatchObject({ text: 'Cheap pills', outcome: 'quarantined' });
    expect(first.mentions[0]?.opinions).toHaveLength(1);
    for (const path of ['/api/v1/mentions?outcome=quarantined', `/api/v1/mentions/${ids[0]}`])
      expect([403, 404]).toContain((await agent.ask(path)).status);
  });
});

describe('a quarantined mention', () => {
  it('that is released goes to the department, counts in the digest, and is released once', async () => {
    const id = await seed({ text: 'Your sales rep sent me spam and lied', spam: true, opinions: says });
    const admin = await http.signIn('admin');
    const { occurredAt } = readAnswer('getMention', await lead.ask(`/api/v1/mentions/${id}`));
    const day = occurredAt.slice(0, 10);
    const counted = async () =>
      readAnswer('getDigest', await admin.ask(`/api/v1/digests/executive/${day}`)).total.messages;
    const before = await counted();

    const answers = await Promise.all([decide(id, { kind: 'release' }), decide(id, { kind: 'release' })]);

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await outcomeOf(id)).toBeNull();
    await http.settle();
    expect(await outcomeOf(id)).toBe('routed');
    expect(await list(agent, 'q=spam%20and%20lied')).toHaveLength(1);
    expect(await counted()).toBe(before + 1);
    expect((await agent.ask(`/api/v1/mentions/${id}`)).status).toBe(200);
    const [logged] = await http.fresh.database.query<{ actor: string }>(
      'SELECT actor FROM audit_log WHERE subject = $1',
      `mention ${id}`,
    );
    expect(logged?.actor).toMatch(/@fernhill\.example$/);
  });

  it('whose headers say that a machine wrote it is read when it is released', async () => {
    const key = await http.key('intake');
    const pushed = await http.ask('/api/v1/mentions', {
      method: 'POST',
      json: {
        source: 'shop',
        mentions: [
          {
            id: 'auto',
            text: 'Out of office. And by the way, your sales team is terrible and lied to us.',
            author: { handle: 'gus' },
            occurred_at: new Date().toISOString(),
          },
        ],
      },
      headers: { authorization: `Bearer ${key}` },
    });
    expect(pushed.status).toBe(202);
    await http.fresh.database.execute(
      `UPDATE mention SET machine_mail = 'auto-reply' WHERE external_id = 'auto'`,
    );
    await http.settle();
    const [row] = await http.fresh.database.query<{ id: string }>(
      `SELECT id::text FROM mention WHERE external_id = 'auto'`,
    );
    const id = row?.id ?? '';
    expect(await outcomeOf(id)).toBe('quarantined');

    expect(readAnswer('decideMention', await decide(id, { kind: 'release' })).outcome).toBeNull();
    await http.settle();

    expect(await outcomeOf(id)).toBe('routed');
  });
});

describe('a mention that the model is unsure of', () => {
  it('goes to the department when a lead confirms it', async () => {
    const id = await seed({ text: 'Hm, those sellers', outcome: 'unsure', opinions: unsure });

    await decide(id, { kind: 'confirm' });
    await http.settle();

    expect(await outcomeOf(id)).toBe('routed');
    expect(await list(agent, 'q=those%20sellers')).toMatchObject([
      { chips: [{ aspect: 'sales', polarity: 'negative' }] },
    ]);
  });

  it('goes where the corrected label belongs', async () => {
    const id = await seed({ text: 'It crashes when they call', outcome: 'unsure', opinions: unsure });
    const mention = readAnswer('getMention', await lead.ask(`/api/v1/mentions/${id}`));
    const opinionId = mention.opinions[0]?.opinionId;
    const label = { aspect: 'product', polarity: 'negative' };

    await decide(id, { kind: 'correct', corrections: [{ opinionId, label }] });
    await http.settle();

    const product = await http.signIn('agent', 'product');
    expect(await list(product, 'q=crashes')).toMatchObject([
      { department: 'product', chips: [{ aspect: 'product', polarity: 'negative', opinions: 1 }] },
    ]);
    expect(await list(agent, 'q=crashes')).toEqual([]);
  });

  it('ends where a person finds no opinion', async () => {
    const id = await seed({ text: 'Ship ahoy', outcome: 'unsure', opinions: unsure });
    const mention = readAnswer('getMention', await lead.ask(`/api/v1/mentions/${id}`));
    const corrections = mention.opinions.map(({ opinionId }) => ({
      opinionId,
      label: { aspect: 'sales', polarity: null },
    }));

    const answer = await decide(id, { kind: 'correct', corrections });

    expect(readAnswer('decideMention', answer).outcome).toBe('no-opinion');
    expectError(await decide(id, { kind: 'confirm' }), { status: 409, kind: 'conflict' });
  });

  it('is decided on by leads alone', async () => {
    const id = await seed({ text: 'What?', outcome: 'unsure', opinions: unsure });
    const executive = await http.signIn('executive');

    for (const who of [agent, executive])
      expectError(await decide(id, { kind: 'confirm' }, who), { status: 403, kind: 'forbidden' });
    expectError(await decide('987654321', { kind: 'confirm' }), { status: 404, kind: 'not-found' });
  });
});
