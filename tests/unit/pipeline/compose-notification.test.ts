import { describe, expect, it } from 'vitest';
import { composeNotification } from '../../../src/digest/notification.ts';
import type { DueGroup, GroupMember } from '../../../src/domain/ports/routing-store.ts';

const SETTING = { publicUrl: 'https://earshot.example', now: new Date('2026-11-23T09:00:00Z') };

function member(changes: Partial<GroupMember> = {}): GroupMember {
  return {
    mentionId: '7',
    caseId: null,
    authorId: '3',
    aspect: 'sales',
    polarity: 'negative',
    intent: 'complaint',
    urgency: 1,
    quote: 'Sales never calls back',
    author: 'Ann',
    account: null,
    tier: null,
    platform: 'x',
    url: null,
    occurredAt: new Date('2026-11-23T08:00:00Z'),
    ...changes,
  };
}

function group(members: readonly GroupMember[], changes: Partial<DueGroup> = {}): DueGroup {
  return {
    id: '12',
    department: 'sales',
    labels: { aspect: 'sales' },
    reason: 'first',
    isLive: true,
    openCases: 0,
    resolved: [],
    sequence: 0,
    beginnings: 1,
    members,
    ...changes,
  };
}

interface Block {
  readonly type: string;
  readonly text?: { readonly type: string; readonly text: string };
  readonly elements?: readonly { readonly text: string }[];
}

function blocksOf(due: DueGroup): readonly Block[] {
  return (composeNotification(due, SETTING).slackBlocks ?? []) as readonly Block[];
}

function numbered(count: number): GroupMember[] {
  return Array.from({ length: count }, (_, index) =>
    member({ mentionId: String(index), authorId: String(index), quote: `word ${index}` }),
  );
}

describe('what a group sends', () => {
  it('carries the words, who said them and a link in every form', () => {
    const due = group([member({ account: 'Acme', tier: 'gold' })]);

    const message = composeNotification(due, SETTING);

    expect(message).toMatchObject({
      id: 'notification:12:1',
      kind: 'notification',
      subject: 'sales: 1 opinion of 1 person, 1 negative · Acme',
      createdAt: SETTING.now,
    });
    expect(message.text).toBe(
      'sales: 1 opinion of 1 person, 1 negative · Acme\n\n− “Sales never calls back”\n  Ann, Acme (tier gold) on x · sales · complaint\n  https://earshot.example/mentions/7',
    );
    expect(blocksOf(due)[1]?.text?.text).toBe(
      '> Sales never calls back\nAnn, Acme (tier gold) on x · sales · complaint · <https://earshot.example/mentions/7|open>',
    );
    expect(message.payload).toMatchObject({
      department: 'sales',
      reason: 'first',
      count: 1,
      opinions: [
        {
          mentionId: '7',
          link: 'https://earshot.example/mentions/7',
          occurredAt: '2026-11-23T08:00:00.000Z',
        },
      ],
    });
  });

  it('has the same id for the same flush and another for the next', () => {
    const again = composeNotification(group([member()]), SETTING).id;
    const next = composeNotification(group([member()], { sequence: 1, reason: 'new' }), SETTING);

    expect(again).toBe('notification:12:1');
    expect(next).toMatchObject({ id: 'notification:12:2', payload: { reason: 'new' } });
  });

  it.each([
    [8, undefined],
    [9, 'and 1 more'],
    [250, 'and 242 more'],
  ])('shows at most 8 of %i and counts the rest', (count, rest) => {
    const due = group(numbered(count));
    const message = composeNotification(due, SETTING);

    expect(message.text.split('\n').filter((line) => line.includes('“'))).toHaveLength(8);
    expect(message.text.split('\n').find((line) => line.endsWith('more'))).toBe(rest);
    expect(blocksOf(due).filter(({ type }) => type === 'section')).toHaveLength(8);
    expect(blocksOf(due).at(-1)?.elements?.[0]?.text).toBe(rest);
    expect(message.subject).toContain(`${count} opinions of ${count} people, ${count} negative`);
    expect(message.payload.count).toBe(count);
  });

  it('puts the most urgent first, then the negative', () => {
    const message = composeNotification(
      group([
        member({ quote: 'kind', polarity: 'positive', urgency: 1 }),
        member({ quote: 'cross', polarity: 'negative', urgency: 1 }),
        member({ quote: 'fire', polarity: 'neutral', urgency: 3 }),
      ]),
      SETTING,
    );

    expect([...message.text.matchAll(/“(\w+)”/g)].map(([, word]) => word)).toEqual(['fire', 'cross', 'kind']);
    expect(message.subject).toMatch(/^Urgent · sales: /);
  });

  it('counts people by who they are and not by what they are called', () => {
    const two = composeNotification(group([member({ authorId: '1' }), member({ authorId: '2' })]), SETTING);
    const one = composeNotification(group([member(), member({ mentionId: '8' })]), SETTING);

    expect(two.subject).toContain('2 opinions of 2 people');
    expect(one.subject).toContain('2 opinions of 1 person');
  });

  it('names two accounts and counts the others', () => {
    const accounts = ['Acme', 'Birch', 'Cato', 'Acme'];

    const { subject } = composeNotification(group(accounts.map((account) => member({ account }))), SETTING);

    expect(subject).toMatch(/ · Acme, Birch and 1 more$/);
  });
});

const HOSTILE = [
  '<!channel> look',
  '<!here>',
  '@channel @everyone',
  '<@U123> and <#C1> and <!subteam^S1>',
  '<https://evil.example|https://bank.example>',
  '&lt;!channel&gt;',
  '```\ncode\n```',
  'line\r\nBcc: evil@evil.example\r\n\r\nbody',
  '\u202e right to left \u001b[31m red',
  '*'.repeat(4_000),
];

/** Slack's own reading of mrkdwn: a link, mention or date begins with `<` and only there. */
function markupIn(mrkdwn: string): string[] {
  return [...mrkdwn.matchAll(/<([^>]*)>/g)].map(([, inner]) => inner ?? '');
}

describe('hostile words', () => {
  it.each(HOSTILE)('%j build nothing in Slack, wherever they stand', (words) => {
    const due = group(
      [member({ quote: words, author: words, account: words, tier: words, platform: words })],
      {
        department: words,
      },
    );

    const [header, section] = blocksOf(due);

    expect(header?.text?.type).toBe('plain_text');
    expect(markupIn(section?.text?.text ?? '')).toEqual(['https://earshot.example/mentions/7|open']);
    expect(section?.text?.text).not.toMatch(/@(channel|here|everyone)/);
    expect(section?.text?.text).not.toContain('`');
  });

  it.each(HOSTILE)('%j keep to one line and to their length', (words) => {
    const due = group([member({ quote: words, author: words, account: words })], { department: words });
    const { subject, text } = composeNotification(due, SETTING);

    expect(subject).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(Array.from(subject).length).toBeLessThanOrEqual(200);
    expect(text.split('\n')).toHaveLength(5);
    expect(text.length).toBeLessThan(1_200);
  });

  it('stays within what Slack takes', () => {
    const long = '&<>`'.repeat(5_000);
    const members = numbered(300).map((one) => ({
      ...one,
      quote: long,
      author: long,
      account: long,
      tier: long,
    }));
    const blocks = blocksOf(group(members, { department: long }));

    expect(blocks.length).toBeLessThanOrEqual(49);
    for (const { type, text } of blocks) {
      expect(text?.text.length ?? 0).toBeLessThanOrEqual(type === 'header' ? 150 : 3_000);
    }
  });

  it('cuts between characters', () => {
    const { text } = composeNotification(group([member({ quote: '\u{1f600}'.repeat(400) })]), SETTING);

    expect(text.isWellFormed()).toBe(true);
    expect(text).toContain(`${'\u{1f600}'.repeat(279)}…`);
  });

  it('gives a payload that Postgres can keep', () => {
    const { payload } = composeNotification(group([member({ quote: 'half \ud83d' })]), SETTING);

    expect(JSON.stringify(payload)).not.toMatch(/\\ud[89a-f]/i);
  });
});
