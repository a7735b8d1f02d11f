import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCommand } from '../../../src/cli/ask.ts';
import { displayWidth } from '../../../src/digest/answer-table.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import { BUILT_IN_ASPECTS } from '../../../src/domain/words.ts';
import { linkAuthors } from '../../../src/store/account-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { type SeedMention, type SeedOpinion, seedMentions } from '../../support/seed-answers.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const AT = '2026-11-10T09:00:00Z';

/** Client01 has the highest revenue; each has the domain client01.example. */
const NAMES = Array.from({ length: 22 }, (_, index) => `Client${String(index + 1).padStart(2, '0')}`);
const mailOf = (name: string, person = 'ann'): string => `${person}@${name.toLowerCase()}.example`;

const LOVE: SeedOpinion = { aspect: 'product', polarity: 'positive', clause: 'we love Atlas' };
const LOATHE: SeedOpinion = { aspect: 'product', polarity: 'negative', clause: 'Atlas lost our report' };
const JERKS: SeedOpinion = {
  aspect: 'sales',
  polarity: 'negative',
  clause: 'the sales department is a bunch of jerks',
};

/** 11 like Atlas, 2 are mixed, 1 dislikes it; 5 of the 14 complain about sales; 6 of the top 20 are silent on it. */
const STORY: readonly SeedMention[] = [
  ...NAMES.slice(0, 4).map((name) => ({
    author: mailOf(name),
    text: `😀 Honestly, ${LOVE.clause}, but ${JERKS.clause}.`,
    opinions: [LOVE, JERKS],
    at: AT,
    url: name === 'Client01' ? 'https://mail.example/message/1' : 'javascript:alert(1)',
  })),
  ...NAMES.slice(4, 11).map(
    (name): SeedMention => ({ author: mailOf(name), text: `Yes, ${LOVE.clause}!`, opinions: [LOVE], at: AT }),
  ),
  ...NAMES.slice(11, 13).flatMap((name) => [
    { author: mailOf(name), text: `Yes, ${LOVE.clause}!`, opinions: [LOVE], at: AT },
    { author: mailOf(name, 'bob'), text: LOATHE.clause, opinions: [LOATHE], at: AT },
  ]),
  { author: mailOf('Client14'), text: LOATHE.clause, opinions: [LOATHE], at: AT },
  {
    author: mailOf('Client14'),
    text: 'They never call back',
    opinions: [{ aspect: 'sales', polarity: 'negative', clause: 'They never call back' }],
    at: AT,
  },
  // Heard on something else, long ago, as spam, from the company itself, and outside the top 20.
  {
    author: mailOf('Client15'),
    text: 'The price is fair',
    opinions: [{ aspect: 'pricing', polarity: 'positive', clause: 'The price is fair' }],
    at: AT,
  },
  { author: mailOf('Client16'), text: LOATHE.clause, opinions: [LOATHE], at: '2026-05-01T09:00:00Z' },
  { author: mailOf('Client17'), text: LOATHE.clause, opinions: [LOATHE], at: AT, outcome: 'quarantined' },
  { author: mailOf('Client18'), text: LOVE.clause, opinions: [LOVE], at: AT, outcome: 'ours' },
  {
    author: mailOf('Client19'),
    text: LOATHE.clause,
    opinions: [{ ...LOATHE, confidence: 0.2 }],
    at: AT,
    outcome: 'unsure',
  },
  { author: mailOf('Client21'), text: LOATHE.clause, opinions: [LOATHE], at: AT },
  { author: 'someone@gmail.com', text: LOATHE.clause, opinions: [LOATHE], at: AT },
];

describe('ask', () => {
  let fresh: FreshDatabase;
  let ids: string[];

  beforeAll(async () => {
    fresh = await freshDatabase();
    await fresh.database.execute(
      `INSERT INTO account (name, name_key, domains, handles, tier, revenue)
       SELECT name, lower(name), ARRAY[lower(name) || '.example'], '{}', CASE WHEN number <= 5 THEN '1' ELSE 'Silver' END, 10000000 - number * 100000
         FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS a(name, number)`,
      JSON.stringify(NAMES),
    );
    ids = await seedMentions(fresh.database, STORY);
    await linkAuthors(fresh.database, 'all');
  });
  afterAll(() => fresh.close());

  async function ask(question: string, flags: { json?: boolean } = {}) {
    let out = '';
    let err = '';
    const sink = (add: (text: string) => void) =>
      ({ write: (text: string) => (add(text), true) }) as unknown as NodeJS.WriteStream;
    const code = await askCommand(question, flags, {
      app: {
        database: fresh.database,
        clock: () => NOW,
        config: {
          aspects: BUILT_IN_ASPECTS.map((aspect) => ({ aspect })),
          workspace: { timezone: 'Europe/London' },
        },
        env: { publicUrl: 'https://earshot.example' },
      },
      terminal: { stdout: sink((text) => (out += text)), stderr: sink((text) => (err += text)) },
    });
    return { code, out, err };
  }
  const askJson = async (question: string): Promise<Answer> =>
    JSON.parse((await ask(question, { json: true })).out);

  it('tells how the top 20 clients like the product, and what they complain about', async () => {
    const answer = await askJson('How do our top 20 clients like Atlas?');

    expect(answer.status).toBe('answered');
    expect(answer.sentence).toBe(
      '14 of 20 heard from; 11 like it, 2 are mixed, 1 dislikes it. But 5 of the 14 complain about sales. ' +
        '6 are silent: Client15, Client16, Client17, Client18, Client19 and Client20.',
    );
    expect(answer.counts).toEqual({
      accounts: 20,
      heard: 14,
      needed: 5,
      likes: 11,
      mixed: 2,
      dislikes: 1,
      noVerdict: 0,
      silent: 6,
      messages: 16,
      people: 16,
    });
    expect(answer.roster.map(({ account }) => account)).toEqual(NAMES.slice(0, 20));
    expect(answer.roster.map(({ verdict }) => verdict)).toEqual([
      ...Array(11).fill('likes'),
      'mixed',
      'mixed',
      'dislikes',
      ...Array(6).fill('silent'),
    ]);
    expect(answer.but).toMatchObject({
      aspect: 'sales',
      of: 14,
      accounts: ['Client01', 'Client02', 'Client03', 'Client04', 'Client14'],
    });
    expect(answer.but?.mentionIds.toSorted()).toEqual([...ids.slice(0, 4), ids[16] ?? ''].toSorted());
    expect(answer.unlinkedMessages).toBe(1);
    expect(answer.unsureMentionIds).toEqual([ids[21]]);
  });

  it('quotes the clause alone, from after an emoji too, with a link that is safe', async () => {
    const { roster, but } = await askJson('How do our top 20 clients like Atlas?');

    expect(roster[0]?.positive).toMatchObject({
      text: 'we love Atlas',
      link: 'https://mail.example/message/1',
      mentionId: ids[0],
    });
    expect(roster[1]?.positive).toMatchObject({
      text: 'we love Atlas',
      link: `https://earshot.example/mentions/${ids[1]}`,
    });
    expect(roster[13]).toMatchObject({
      positive: null,
      negative: { text: 'Atlas lost our report' },
      otherMessages: 1,
    });
    expect(but?.quote).toMatchObject({ text: JERKS.clause, author: 'Ann' });
  });

  it('tells when silent accounts were last heard, and what else they spoke of', async () => {
    const { roster } = await askJson('How do our top 20 clients like Atlas?');

    expect(roster[14]).toMatchObject({
      account: 'Client15',
      verdict: 'silent',
      otherMessages: 1,
      lastHeardAt: '2026-11-10T09:00:00.000Z',
    });
    expect(roster[15]).toMatchObject({
      account: 'Client16',
      otherMessages: 0,
      lastHeardAt: '2026-05-01T09:00:00.000Z',
    });
    expect(roster[16]).toMatchObject({ account: 'Client17', lastHeardAt: null });
  });

  it('prints a calm table of at most 100 columns', async () => {
    const { code, out } = await ask('How do our top 20 clients like Atlas?');

    const lines = out.split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe(
      'Top 20 accounts by yearly revenue on Atlas, the last 90 days (Tue 25 Aug to Mon 23 Nov)',
    );
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(100);
    expect(out).toContain('+ Client01 1            9.9M likes         1      1 Tue 10 Nov');
    expect(out).toContain(
      '· Client15 Silver       8.5M silent                 Tue 10 Nov, 1 on other things',
    );
    expect(out).toContain('− “the sales department is a bunch of jerks” (Ann, mail, Tue 10 Nov)');
    expect(out).toContain('    https://mail.example/message/1');
    expect(out).toContain('Not counted: 1 message by authors linked to no account.');
  });

  it('refuses under its coverage and shows the roster all the same', async () => {
    const { code, out } = await ask('What do our top 20 clients think of pricing?');

    expect(code).toBe(0);
    expect(out).toContain(
      'Not enough evidence: 1 of 20 accounts heard on pricing (the last 90 days); an answer needs 5.',
    );
    expect(out).toContain('Client20');
  });

  it('counts only the window that was asked for', async () => {
    const { counts, roster } = await askJson(
      'How do our top 20 clients like Atlas between 2026-04-01 and 2026-05-31?',
    );

    expect(counts).toMatchObject({ heard: 1, dislikes: 1 });
    expect(roster[15]?.mentionIds).toEqual([ids[18]]);
  });

  it('says so when nobody names the term, and counts the product instead', async () => {
    const answer = await askJson('How do our top 20 clients like Zephyr?');

    expect(answer.notices).toContain(
      'None of them names "Zephyr", so this counts what they say of the product as such.',
    );
    expect(answer.understood.subject).toBe('Zephyr');
    expect(answer.counts).toMatchObject({ likes: 11, mixed: 2, dislikes: 1 });
  });

  it.each([
    ['Is Client01 happy?', 'Client01 is mixed about us: good and bad words in 1 message (the last 90 days).'],
    [
      'Does Client01 like Atlas?',
      'Client01 likes Atlas: only good words in 1 message (the last 90 days). But it complains about sales.',
    ],
    ['Is Client20 happy?', 'Not enough evidence: 0 of 1 account heard (the last 90 days).'],
    [
      'Who complains about sales?',
      '5 accounts are unhappy with sales: Client01, Client02, Client03, Client04 and Client14. 5 of 22 heard from; 5 dislike it.',
    ],
    [
      'What do tier 1 accounts think of Atlas?',
      '5 of 5 heard from; 5 like it. But 4 of the 5 complain about sales.',
    ],
  ])('answers %s', async (question, sentence) => {
    const answer = await askJson(question);

    expect(answer.sentence.slice(0, sentence.length)).toBe(sentence);
  });

  it('lists the forms it can read when it cannot read a question', async () => {
    const { code, out, err } = await ask(
      'Why is the sky\u001b[31m blue, and for how much longer will it be?',
    );

    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('How do our top 20 clients like Atlas?');
    expect(err).not.toMatch(/\u001b/);
  });

  it('counts what a thread says of the product once the thread names the term', async () => {
    const [, reply] = await seedMentions(fresh.database, [
      {
        author: 'ours@vendor.example',
        text: 'Here is Orion 2, our new release',
        opinions: [],
        at: AT,
        thread: 't1',
        outcome: 'ours',
      },
      {
        author: mailOf('Client20'),
        text: 'Works a treat',
        opinions: [{ aspect: 'product', polarity: 'positive', clause: 'Works a treat' }],
        at: AT,
        thread: 't1',
      },
      {
        author: mailOf('Client22'),
        text: 'Orion 2 costs too much',
        opinions: [{ aspect: 'pricing', polarity: 'negative', clause: 'Orion 2 costs too much' }],
        at: AT,
      },
      {
        author: mailOf('Client22'),
        text: 'Orion 20 is great',
        opinions: [{ aspect: 'product', polarity: 'positive', clause: 'Orion 20 is great' }],
        at: AT,
      },
    ]);
    await linkAuthors(fresh.database, 'all');

    const { roster } = await askJson('What do all clients think of ORION  2?');

    expect(roster.filter(({ verdict }) => verdict !== 'silent')).toMatchObject([
      { account: 'Client20', verdict: 'likes', mentionIds: [reply] },
      { account: 'Client22', verdict: 'dislikes', messages: 1 },
    ]);
  });
});

describe('ask without accounts', () => {
  it('says how to read them in', async () => {
    const fresh = await freshDatabase();
    let err = '';
    const stderr = { write: (text: string) => ((err += text), true) } as unknown as NodeJS.WriteStream;
    const app = {
      database: fresh.database,
      clock: () => NOW,
      config: { aspects: [], workspace: { timezone: 'UTC' } },
      env: { publicUrl: '' },
    };

    const code = await askCommand(
      'How do our top 20 clients like Atlas?',
      {},
      { app, terminal: { stdout: stderr, stderr } },
    );

    await fresh.close();
    expect(code).toBe(1);
    expect(err).toContain('earshot accounts import FILE');
  });
});
