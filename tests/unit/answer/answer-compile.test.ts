import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCohort, compileAnswer, judgeAnswer } from '../../../src/digest/answer-compile.ts';
import type { AnswerEvidence } from '../../../src/digest/answer-judge.ts';
import { renderAnswer } from '../../../src/digest/answer-text.ts';
import type { AnswerAccount, Cohort, HeardOpinion, Question, Subject } from '../../../src/domain/answer.ts';
import { POLARITIES, type Polarity } from '../../../src/domain/words.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const SURE = 0.4;
const ATLAS: Subject = { kind: 'term', term: 'Atlas' };

const account = (id: number, more: Partial<AnswerAccount> = {}): AnswerAccount => ({
  id,
  name: `A${id}`,
  tier: '',
  owner: '',
  revenue: 1000 - id,
  ...more,
});
const question = (subject: Subject, more: Partial<Question> = {}): Question => ({
  text: 'How?',
  cohort: { kind: 'all' },
  subject,
  window: { from: new Date('2026-08-25T00:00:00Z'), to: NOW, label: 'the last 90 days' },
  focus: null,
  ...more,
});

let lastId = 0;
const opinion = (
  accountId: number,
  aspect: string,
  polarity: Polarity,
  more: Partial<HeardOpinion> = {},
): HeardOpinion => {
  lastId += 1;
  return {
    opinionId: String(lastId),
    mentionId: String(lastId),
    authorId: String(accountId),
    accountId,
    aspect,
    polarity,
    score: 0.5,
    confidence: 0.9,
    names: null,
    ...more,
  };
};

function answer(asked: Question, evidence: Partial<AnswerEvidence>) {
  return compileAnswer(
    judgeAnswer(asked, { accounts: [account(1)], opinions: [], heard: [], ...evidence }, SURE),
    [],
    0,
  );
}

describe('chooseCohort', () => {
  const accounts = [
    account(1, { tier: 'gold' }),
    account(2, { tier: 'gold' }),
    account(3, { revenue: null }),
  ];

  it.each<[Cohort, number[]]>([
    [{ kind: 'top', size: 2 }, [1, 2]],
    [{ kind: 'top', size: 9 }, [1, 2, 3]],
    [{ kind: 'tier', tier: 'gold' }, [1, 2]],
    [{ kind: 'named', accountIds: [3, 1] }, [1, 3]],
    [{ kind: 'all' }, [1, 2, 3]],
  ])('takes %j', (cohort, ids) => {
    expect(chooseCohort(accounts, cohort).map(({ id }) => id)).toEqual(ids);
  });
});

describe('judging', () => {
  it.each<[string, [string, Polarity, Partial<HeardOpinion>?][], string]>([
    ['only praise', [['product', 'positive', { names: 'message' }]], 'likes'],
    ['only blame', [['product', 'negative', { names: 'message' }]], 'dislikes'],
    [
      'praise and blame',
      [
        ['product', 'positive', { names: 'message' }],
        ['product', 'negative', { names: 'thread' }],
      ],
      'mixed',
    ],
    [
      'praise and neutral words',
      [
        ['product', 'positive', { names: 'clause' }],
        ['product', 'neutral', { names: 'clause' }],
      ],
      'likes',
    ],
    ['neutral words', [['product', 'neutral', { names: 'clause' }]], 'no-verdict'],
    ['another aspect in a message that names it', [['sales', 'negative', { names: 'message' }]], 'silent'],
    ['another aspect whose clause names it', [['pricing', 'negative', { names: 'clause' }]], 'dislikes'],
    ['the product where nothing names it', [['product', 'negative']], 'silent'],
    ['an opinion below the bar', [['product', 'negative', { names: 'clause', confidence: 0.3 }]], 'silent'],
  ])('calls %s on a term what it is', (_, opinions, verdict) => {
    // A second account keeps the term from being one that nobody names.
    const heard = [
      opinion(2, 'product', 'neutral', { names: 'clause' }),
      ...opinions.map(([aspect, polarity, more]) => opinion(1, aspect, polarity, more)),
    ];
    const { roster } = answer(question(ATLAS), { accounts: [account(1), account(2)], opinions: heard });
    expect(roster[0]?.verdict).toBe(verdict);
  });

  it('names the other aspect that most of the heard accounts blame, counting accounts and not messages', () => {
    const accounts = [1, 2, 3, 4].map((id) => account(id));
    const { but } = answer(question({ kind: 'aspect', aspect: 'product' }), {
      accounts,
      opinions: [
        ...[1, 2, 3].map((id) => opinion(id, 'product', 'positive')),
        ...[1, 1, 1, 1].map((id) => opinion(id, 'pricing', 'negative')),
        ...[2, 3].map((id) => opinion(id, 'sales', 'negative')),
        // Not heard on the product, so no part of "of the 3".
        opinion(4, 'pricing', 'negative'),
        ...[1, 2, 3].map((id) => opinion(id, 'other', 'negative')),
      ],
    });
    expect(but).toMatchObject({ aspect: 'sales', accounts: ['A2', 'A3'], of: 3 });
  });

  it('makes no pattern of one account among several', () => {
    const { but } = answer(question({ kind: 'aspect', aspect: 'product' }), {
      accounts: [account(1), account(2)],
      opinions: [
        opinion(1, 'product', 'positive'),
        opinion(2, 'product', 'positive'),
        opinion(1, 'sales', 'negative'),
      ],
    });
    expect(but).toBeNull();
  });

  it('adds to a bad verdict instead of turning it round', () => {
    const accounts = [1, 2, 3].map((id) => account(id));
    const opinions = accounts.flatMap(({ id }) => [
      opinion(id, 'product', 'negative'),
      opinion(id, 'sales', 'negative'),
    ]);
    expect(answer(question({ kind: 'aspect', aspect: 'product' }), { accounts, opinions }).sentence).toBe(
      '3 of 3 heard from; 3 dislike it. Also, all 3 complain about sales.',
    );
  });

  it.each([
    { size: 1, heard: 1, status: 'answered' },
    { size: 3, heard: 2, status: 'not-enough-evidence' },
    { size: 10, heard: 3, status: 'answered' },
    { size: 20, heard: 4, status: 'not-enough-evidence' },
    { size: 20, heard: 5, status: 'answered' },
    { size: 21, heard: 5, status: 'not-enough-evidence' },
  ])('is $status with $heard of $size heard', ({ size, heard, status }) => {
    const accounts = Array.from({ length: size }, (_, index) => account(index + 1));
    const opinions = accounts.slice(0, heard).map(({ id }) => opinion(id, 'sales', 'negative'));
    expect(answer(question({ kind: 'aspect', aspect: 'sales' }), { accounts, opinions }).status).toBe(status);
  });

  it('tells that fewer accounts are known than asked for, and which have no revenue', () => {
    const { notices } = answer(question(ATLAS, { cohort: { kind: 'top', size: 20 } }), {
      accounts: [account(1), account(2, { revenue: null })],
    });
    expect(notices).toEqual([
      'None of them names "Atlas", so this counts what they say of the product as such.',
      'Only 2 accounts are known.',
      '1 account has no revenue in the accounts file and ranks last, by name.',
    ]);
  });

  it('gives every account one verdict, and numbers whose messages are in the roster', () => {
    const anOpinion = fc.record({
      accountId: fc.integer({ min: 1, max: 6 }),
      aspect: fc.constantFrom('product', 'sales', 'pricing', 'other'),
      polarity: fc.constantFrom(...POLARITIES),
      names: fc.constantFrom('clause' as const, 'message' as const, 'thread' as const, null),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      mentionId: fc.integer({ min: 1, max: 30 }).map(String),
    });
    const aSubject = fc.constantFrom<Subject>(
      ATLAS,
      { kind: 'aspect', aspect: 'sales' },
      { kind: 'everything' },
    );
    fc.assert(
      fc.property(fc.array(anOpinion, { maxLength: 40 }), aSubject, (given, subject) => {
        const accounts = [1, 2, 3, 4, 5, 6].map((id) => account(id));
        // One message has one author, so the account is part of its id.
        const opinions = given.map(({ accountId, aspect, polarity, ...more }) =>
          opinion(accountId, aspect, polarity, { ...more, mentionId: `${accountId}${more.mentionId}` }),
        );
        const { counts, roster, but } = answer(question(subject), { accounts, opinions });
        expect(counts.likes + counts.mixed + counts.dislikes + counts.noVerdict + counts.silent).toBe(6);
        expect(new Set(roster.flatMap(({ mentionIds }) => mentionIds)).size).toBe(counts.messages);
        expect(roster.filter(({ messages }) => messages > 0)).toHaveLength(counts.heard);
        if (but !== null) expect(but.accounts.length).toBeLessThanOrEqual(counts.heard);
      }),
    );
  });
});

describe('renderAnswer', () => {
  it('cuts long and wide names, and lets no escape sequence through', () => {
    const accounts = [
      account(1, { name: `株式会社${'サンプル'.repeat(9)}`, tier: 'platinum-plus' }),
      account(2, { name: '\u001b[2JEvil\u0007 & Co' }),
      account(3),
    ];
    const opinions = accounts.map(({ id }) => opinion(id, 'sales', 'negative'));
    const lines = renderAnswer(
      answer(question({ kind: 'aspect', aspect: 'sales' }), { accounts, opinions }),
      'Asia/Tokyo',
    );
    expect(lines.join('\n')).not.toMatch(/[\u0007\u001b]/);
    expect(lines.find((line) => line.startsWith('− 株'))).toBe(
      '− 株式会社サンプルサンプ…  platinu…      999 dislikes      1      1 never',
    );
  });
});
