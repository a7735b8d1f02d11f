import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_QUESTIONS } from '../../../src/digest/answer-forms.ts';
import { parseQuestion, type QuestionContext } from '../../../src/digest/answer-parse.ts';
import type { AnswerAccount } from '../../../src/domain/answer.ts';

const account = (id: number, name: string, tier: string): AnswerAccount => ({
  id,
  name,
  tier,
  owner: '',
  revenue: 1000 - id,
});
const context: QuestionContext = {
  now: new Date('2026-11-23T12:00:00Z'),
  zone: 'Europe/Berlin',
  accounts: [
    account(1, 'Acme Ltd', '1'),
    account(2, 'Birch & Sons', '1'),
    account(3, 'Kestrel Logistics GmbH', 'Gold'),
    account(4, 'Northwind', '2'),
  ],
  aspects: ['product', 'sales', 'pricing', 'service', 'marketing'],
};

const TOP20 = { kind: 'top', size: 20 };
const ALL = { kind: 'all' };
const named = (...accountIds: number[]) => ({ kind: 'named', accountIds });
const term = (word: string) => ({ kind: 'term', term: word });
const aspect = (word: string) => ({ kind: 'aspect', aspect: word });
const EVERYTHING = { kind: 'everything' };

function read(text: string) {
  const reading = parseQuestion(text, context);
  if ('fault' in reading) throw new Error(`${text}: ${reading.fault}`);
  return reading;
}

describe('parseQuestion', () => {
  it.each([
    ['How do our top 20 clients like Atlas?', TOP20, term('Atlas')],
    ['how do our twenty biggest customers like the new product', TOP20, aspect('product')],
    ['How do our top twenty like Atlas?', TOP20, term('Atlas')],
    ['Do our top 5 accounts by revenue love "Atlas 2"?', { kind: 'top', size: 5 }, term('Atlas 2')],
    ['How happy are our biggest clients with Atlas?', TOP20, term('Atlas')],
    [
      'What do tier 1 accounts think of our pricing since 2026-11-01?',
      { kind: 'tier', tier: '1' },
      aspect('pricing'),
    ],
    ['What do Gold clients say about us?', { kind: 'tier', tier: 'Gold' }, EVERYTHING],
    ['How do gold-tier customers feel about C++?', { kind: 'tier', tier: 'Gold' }, term('C++')],
    ['Is Acme happy?', named(1), EVERYTHING],
    ['Is Acme Ltd happy with our customer support?', named(1), aspect('service')],
    ['What does Kestrel think about the sales team?', named(3), aspect('sales')],
    ['What do Acme and Northwind think of Atlas?', named(1, 4), term('Atlas')],
    ['What does Birch & Sons say about the webinar?', named(2), term('webinar')],
    ['How is Northwind doing?', named(4), EVERYTHING],
    ['Acme', named(1), EVERYTHING],
    ['Acme on pricing', named(1), aspect('pricing')],
    ["What are Acme's complaints about?", null, null],
    ['How is Atlas doing with our top 20 clients?', TOP20, term('Atlas')],
    ['How is our pricing received by tier 1 accounts?', { kind: 'tier', tier: '1' }, aspect('pricing')],
    ['What do people say about marketing?', ALL, aspect('marketing')],
    ['Do they like Atlas?', ALL, term('Atlas')],
    ['Please tell me what our clients think of Atlas these days', ALL, term('Atlas')],
    ['top 20 clients on Atlas', TOP20, term('Atlas')],
    ['Atlas among our top 20 clients', TOP20, term('Atlas')],
    ['How is Atlas doing?', ALL, term('Atlas')],
    ['Feedback from Acme on support', named(1), aspect('service')],
  ])('reads %s', (text, cohort, subject) => {
    const reading = parseQuestion(text, context);
    if (cohort === null) expect(reading).toHaveProperty('fault');
    else expect(reading).toMatchObject({ question: { cohort, subject } });
  });

  it.each([
    ['Who complains about sales?', ALL, aspect('sales'), 'negative'],
    ['Which of our top 20 clients complain about sales?', TOP20, aspect('sales'), 'negative'],
    ['Which clients love Atlas?', ALL, term('Atlas'), 'positive'],
    ['Any complaints about delivery from Northwind?', named(4), aspect('service'), 'negative'],
    ['complaints about pricing', ALL, aspect('pricing'), 'negative'],
    ['What does Acme complain about?', named(1), EVERYTHING, 'negative'],
    ['Who is unhappy with our support this month?', ALL, aspect('service'), 'negative'],
    ['Does Acme hate Atlas?', named(1), term('Atlas'), 'negative'],
    ['Is Acme unhappy?', named(1), EVERYTHING, null],
  ])('reads which side %s asks for', (text, cohort, subject, focus) => {
    expect(read(text).question).toMatchObject({ cohort, subject, focus });
  });

  it.each([
    ['', '2026-08-24T22:00', 'the last 90 days'],
    [' since 2026-11-01', '2026-10-31T23:00', 'since 2026-11-01'],
    [' since 1 November', '2026-10-31T23:00', 'since 2026-11-01'],
    [' since December 24th', '2025-12-23T23:00', 'since 2025-12-24'],
    [' in the last 30 days', '2026-10-23T22:00', 'the last 30 days'],
    [' over the past two weeks', '2026-11-08T23:00', 'the last 2 weeks'],
    [' this month', '2026-10-31T23:00', 'this month'],
    [' this quarter', '2026-09-30T22:00', 'this quarter'],
    [' last month', '2026-09-30T22:00', 'last month', '2026-10-31T23:00'],
    [' last week', '2026-11-15T23:00', 'last week', '2026-11-22T23:00'],
    [' in October', '2026-09-30T22:00', '2026-10-01 to 2026-10-31', '2026-10-31T23:00'],
    [
      ' between 2026-10-01 and 2026-10-07',
      '2026-09-30T22:00',
      '2026-10-01 to 2026-10-07',
      '2026-10-07T22:00',
    ],
    [' today', '2026-11-22T23:00', 'today'],
    [' yesterday', '2026-11-21T23:00', '2026-11-22', '2026-11-22T23:00'],
    [' in 2025', '2024-12-31T23:00', '2025', '2025-12-31T23:00'],
  ])(
    'reads the window of "How do our top 20 clients like Atlas%s"',
    (words, from, label, to = '2026-11-23T12:00') => {
      const { question } = read(`How do our top 20 clients like Atlas${words}?`);
      expect(question).toMatchObject({ cohort: TOP20, subject: term('Atlas') });
      expect(question.window).toEqual({ from: new Date(`${from}:00Z`), to: new Date(`${to}:00Z`), label });
    },
  );

  it('takes a name that is nearly right for the account and says so', () => {
    expect(read('Is Nortwind happy?')).toMatchObject({
      question: { cohort: named(4) },
      notices: ['"Nortwind" was taken for the account "Northwind".'],
    });
  });

  it.each([
    ['What is the weather like in Berlin tomorrow, and will it rain on my parade again?', null],
    ['', null],
    ['Is Globex happy?', 'no account is called "Globex"'],
    ['What do tier 9 accounts think of Atlas?', 'no account is of tier "9"; there are 1, 2, Gold'],
    ['How do our top 20 clients like Atlas since the flood?', 'names no time'],
    ['How do our top 20 clients like Atlas since 2026-02-31?', 'is no date'],
    ['How do our top 20 clients like Atlas since 2027-01-01?', 'lies in the future'],
    ['Do our top 5 clients like Atlas more than our top 20 clients?', 'two groups'],
  ])('does not read %j', (text, fault) => {
    expect(parseQuestion(text, context)).toEqual({
      fault: fault === null ? null : expect.stringContaining(fault),
    });
  });

  it.each(EXAMPLE_QUESTIONS.flatMap((line) => line.split('  ·  ')))('reads its own example %s', (text) => {
    expect(read(text).question.text).toBe(text);
  });

  it('reads or refuses whatever is asked, and quickly', () => {
    const started = performance.now();
    const word = fc.constantFrom(
      'how',
      'do',
      'our',
      'top',
      '20',
      'clients',
      'like',
      'Atlas',
      'is',
      'Acme',
      'happy',
      'since',
      'last',
      'week',
      'who',
      'about',
      ',',
      '\u0000',
      '(',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 500 }),
          fc.array(word, { maxLength: 90 }).map((words) => words.join(' ')),
        ),
        (text) => {
          expect(Object.keys(parseQuestion(text, context))[0]).toMatch(/^(?:question|fault)$/);
        },
      ),
    );
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
