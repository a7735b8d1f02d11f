import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DigestDocument, EvidenceFilter } from '../../../src/domain/digest.ts';
import { compileDigest } from '../../../src/pipeline/compile-digest.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { type SeedMention, seedWorkspace } from '../../support/seed-workspace.ts';
import { digestDeps, EXECUTIVE, MORNING, SALES, SUNDAY } from './digest-fixture.ts';

const ACCOUNTS = [
  { name: 'Acme', tier: 'gold', revenue: 900_000, owner: 'Dana' },
  { name: 'Birch', tier: 'silver', revenue: 500_000, owner: 'Eli' },
  { name: 'Cato', revenue: 100_000 },
];

const BUT = 'They love it, but the sales department is a bunch of jerks';
const noon = '2026-11-22T12:00:00Z';

const MENTIONS: readonly SeedMention[] = [
  {
    text: BUT,
    at: noon,
    author: 'ann',
    account: 'Acme',
    opinions: [
      { aspect: 'product', polarity: 'positive', clause: 'They love it' },
      { aspect: 'sales', polarity: 'negative', clause: 'the sales department is a bunch of jerks' },
    ],
  },
  {
    text: 'Too expensive by far',
    at: noon,
    author: 'ann',
    account: 'Acme',
    opinions: [{ aspect: 'pricing', polarity: 'negative' }],
  },
  {
    text: 'The price per seat is a joke',
    at: noon,
    author: 'bob',
    account: 'Birch',
    urgency: 3,
    opinions: [{ aspect: 'pricing', polarity: 'negative', intent: 'churn' }],
  },
  {
    text: 'Fair price for what it does',
    at: noon,
    author: 'cy',
    opinions: [{ aspect: 'pricing', polarity: 'positive', intent: 'purchase' }],
  },
  {
    text: 'Win a phone now',
    at: noon,
    author: 'bot',
    spam: true,
    opinions: [{ aspect: 'pricing', polarity: 'positive' }],
  },
  { text: 'I am out of office', at: noon, author: 'ooo', machineMail: 'auto-reply' },
  {
    text: 'We are hiring',
    at: noon,
    author: 'us',
    isOurs: true,
    opinions: [{ aspect: 'product', polarity: 'positive' }],
  },
  { text: 'Good morning', at: noon, author: 'di' },
  {
    text: 'Maybe slow',
    at: noon,
    author: 'ed',
    outcome: 'unsure',
    opinions: [{ aspect: 'service', polarity: 'negative', confidence: 0.3 }],
  },
  { text: 'Still being read', at: noon, author: 'flo', outcome: null },
  {
    text: 'Last week it was dear',
    at: '2026-11-15T12:00:00Z',
    author: 'bob',
    opinions: [{ aspect: 'pricing', polarity: 'negative' }],
  },
  {
    text: 'Just after midnight',
    at: '2026-11-23T00:00:00Z',
    author: 'gus',
    opinions: [{ aspect: 'product', polarity: 'positive' }],
  },
  {
    text: 'First minute',
    at: '2026-11-22T00:00:00Z',
    author: 'hal',
    opinions: [{ aspect: 'product', polarity: 'positive' }],
  },
];

const tile = (document: DigestDocument, aspect: string) =>
  document.tiles.find((candidate) => candidate.aspect === aspect);

describe('what a digest counts', () => {
  let fresh: FreshDatabase;
  beforeEach(async () => {
    fresh = await freshDatabase();
    await seedWorkspace(fresh.database, { accounts: ACCOUNTS, mentions: MENTIONS });
  });
  afterEach(() => fresh.close());

  const compiled = async (definition = EXECUTIVE): Promise<DigestDocument> =>
    (await compileDigest(digestDeps(fresh.database), { definition, date: SUNDAY, now: MORNING })).document;

  it('counts messages, people and accounts of the local day, each polarity for itself', async () => {
    const document = await compiled();

    expect(document.total).toEqual({ messages: 6, people: 5, accounts: 2 });
    expect(tile(document, 'pricing')?.today).toEqual({
      aspect: 'pricing',
      all: { messages: 3, people: 3, accounts: 2 },
      negative: { messages: 2, people: 2, accounts: 2 },
      neutral: { messages: 0, people: 0, accounts: 0 },
      positive: { messages: 1, people: 1, accounts: 0 },
    });
    expect(tile(document, 'pricing')?.before.all).toEqual({ messages: 1, people: 1, accounts: 1 });
    expect(tile(document, 'product')?.today.all.messages).toBe(2);
    expect(tile(document, 'service')?.today.negative.messages).toBe(1);
  });

  it('says what could not be heard', async () => {
    const { frozen } = await compiled();

    expect(frozen.bins).toEqual({
      heard: 11,
      quarantined: 2,
      looksReal: 1,
      unsure: 1,
      noOpinion: 1,
      ours: 1,
      waiting: 1,
    });
  });

  it('lists urgent words, churn and purchase, and the top accounts with their mood', async () => {
    const document = await compiled();

    expect(document.urgent.today.messages).toBe(1);
    expect(document.churn.today.people).toBe(1);
    expect(document.purchase.today.messages).toBe(1);
    expect(document.accounts.heard.map(({ name, mood }) => [name, mood])).toEqual([
      ['Acme', 'upset'],
      ['Birch', 'upset'],
    ]);
    expect(document.accounts.silent.map(({ name }) => name)).toEqual(['Cato']);
    expect(document.accounts.silence).toBe('nothing heard since the first message on Sun 15 Nov');
  });

  it('quotes a message that says good and bad as a whole', async () => {
    const { rendered } = await compileDigest(digestDeps(fresh.database), {
      definition: EXECUTIVE,
      date: SUNDAY,
      now: MORNING,
    });

    expect(rendered.text.replaceAll(/\s+/g, ' ')).toContain(`“${BUT}”`);
  });

  it("counts for a department only its aspects, but quotes the whole 'but'", async () => {
    const document = await compiled(SALES);

    expect(document.total).toEqual({ messages: 1, people: 1, accounts: 1 });
    expect(document.tiles.map(({ aspect }) => aspect)).toEqual(['sales', 'marketing']);
    expect(document.tiles[0]?.quotes[0]?.ref).toMatchObject({ spanStart: 0, spanEnd: BUT.length });
  });

  it('quotes of a longer one the words that prove the number', async () => {
    const mail = `The rep rang two of our depot managers behind my back, told each that the other had already agreed to
      upgrade, and neither had, which is the second time this month that somebody had to be calmed down. Webinars are great fun.`;
    const opinions = [
      {
        aspect: 'sales',
        polarity: 'negative' as const,
        clause: 'The rep rang two of our depot managers behind my back',
      },
      { aspect: 'marketing', polarity: 'positive' as const, clause: 'Webinars are great fun' },
    ];
    await seedWorkspace(fresh.database, { mentions: [{ text: mail, at: noon, author: 'dawn', opinions }] });

    const { rendered } = await compileDigest(digestDeps(fresh.database), {
      definition: SALES,
      date: SUNDAY,
      now: MORNING,
    });

    expect(rendered.text).toContain('“The rep rang two of our depot managers behind my back”');
  });

  it.each<[string, EvidenceFilter, number]>([
    ['all', {}, 6],
    ['an aspect', { aspect: 'pricing' }, 3],
    ['a polarity', { aspect: 'pricing', polarity: 'negative' }, 2],
    ['an intent', { intent: 'churn' }, 1],
    ['urgent', { urgent: true }, 1],
    ['the week before', { aspect: 'pricing', day: '2026-11-15' }, 1],
    ['quarantine', { outcome: 'quarantined' }, 2],
    ['unsure', { outcome: 'unsure' }, 1],
    ['waiting', { outcome: 'waiting' }, 1],
  ])('opens the mentions behind the number of %s', async (_, filter, total) => {
    const { frozen } = await compiled();

    const page = await digestDeps(fresh.database).readModel.listEvidence(frozen, filter);

    expect(page.total).toBe(total);
    expect(page.mentions).toHaveLength(total);
  });

  it('shows a mention with its spans, author, account and sources', async () => {
    const { frozen, accounts } = await compiled();
    const account = accounts.heard[0]?.id ?? '';

    const { mentions } = await digestDeps(fresh.database).readModel.listEvidence(frozen, {
      account,
      aspect: 'sales',
    });

    expect(mentions).toMatchObject([
      {
        text: BUT,
        author: 'ann',
        account: 'Acme',
        sources: ['reviews'],
        spans: [{ start: 18, aspect: 'sales', polarity: 'negative' }],
      },
    ]);
  });

  it('flags an aspect in which one person or one text makes more than half', async () => {
    const copied = Array.from({ length: 6 }, (_, index) => ({
      text: `RT @a${index}: Atlas is DOWN! https://t.example/${index}`,
      at: noon,
      author: `retweeter ${index}`,
      opinions: [{ aspect: 'service', polarity: 'negative' as const }],
    }));
    const oneVoice = Array.from({ length: 5 }, (_, index) => ({
      text: `Complaint number ${index}`,
      at: noon,
      author: 'loud',
      opinions: [{ aspect: 'sales', polarity: 'negative' as const }],
    }));
    await seedWorkspace(fresh.database, { mentions: [...copied, ...oneVoice] });

    const document = await compiled();

    expect(tile(document, 'service')?.echo).toEqual({ kind: 'text', messages: 6 });
    expect(tile(document, 'sales')?.echo).toEqual({ kind: 'author', messages: 5 });
    expect(tile(document, 'service')?.quotes).toHaveLength(2);
  });

  it('lets corrections override what the model said, also where it said nothing', async () => {
    const fixes = [
      { text: 'Fair price for what it does', aspect: 'pricing', polarity: null, start: 0, end: 10 },
      { text: 'Too expensive by far', aspect: 'pricing', polarity: 'neutral', start: 0, end: 20 },
      { text: 'Good morning', aspect: 'service', polarity: 'positive', start: 0, end: 4 },
    ];
    await fresh.database.execute(
      `INSERT INTO correction (revision_id, span_start, span_end, aspect, polarity, author)
       SELECT r.id, f.start, f."end", f.aspect, f.polarity, 'lead' FROM jsonb_to_recordset($1::jsonb) AS f(text text, aspect text, polarity text, start int, "end" int)
         JOIN revision r ON r.text = f.text`,
      JSON.stringify(fixes),
    );

    const document = await compiled();

    expect(tile(document, 'pricing')?.today).toMatchObject({
      negative: { messages: 1 },
      neutral: { messages: 1 },
      positive: { messages: 0 },
    });
    expect(tile(document, 'service')?.today.positive).toEqual({ messages: 1, people: 1, accounts: 0 });
  });

  it('counts what a person released from quarantine', async () => {
    await fresh.database.execute(
      `UPDATE mention SET outcome = 'routed' WHERE outcome = 'quarantined' AND machine_mail IS NULL`,
    );

    expect(tile(await compiled(), 'pricing')?.today.positive.messages).toBe(2);
  });
});
