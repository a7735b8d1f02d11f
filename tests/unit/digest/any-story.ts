import * as fc from 'fast-check';
import { quoteKey } from '../../../src/digest/evidence.ts';
import type { CaseStanding } from '../../../src/domain/digest-work.ts';
import { candidate, frozenFacts } from './digest-facts.ts';

const HOSTILE = [
  '<!channel> <!here> <!everyone> <@U123> <!subteam^S1> <#C1>',
  '<https://evil.example|https://bank.example>',
  '<!date^1^x|y> &lt;!channel&gt; @channel `code` ```',
  '</style></td><script>alert(1)</script><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)> javascript:alert(1)',
  '\u001b[31mred\u001b[0m \u202egnp.exe \u0000 \ud800',
  '*'.repeat(4000),
  '👩‍👩‍👧‍👦'.repeat(300),
  'عربى '.repeat(200),
  '&'.repeat(3000),
];

export const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.lorem(),
);
export const small = fc.integer({ min: 0, max: 2000 });

const standing: fc.Arbitrary<CaseStanding> = fc.record({
  caseId: fc.nat().map(String),
  department: hostileText,
  status: fc.constantFrom('open', 'accepted', 'snoozed', 'resolved', 'declined'),
  owner: hostileText,
  resolution: fc.constantFrom(null, 'fixed', 'explained', 'wont-fix', 'passed-on'),
});
const instant = fc
  .date({ min: new Date('2026-10-01'), max: new Date('2026-11-22'), noInvalidDate: true })
  .map((at) => at.toISOString());
const few = fc.integer({ min: 0, max: 30 });
const threes = fc.record({ messages: few, people: few, accounts: few });
const aspectName = fc.constantFrom('product', 'sales', 'pricing', 'service');

/** What changed, what was done and what waits, with any foreign words; quotes are numbered from 1,000. */
export const anyStory = fc
  .record({
    edition: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
    department: fc.option(fc.constantFrom('sales', 'product')),
    themes: fc.array(
      fc.record({
        id: fc.nat().map(String),
        aspect: aspectName,
        name: hostileText,
        firstHeardAt: instant,
        today: threes,
        recent: threes,
        earlier: threes,
        polarity: fc.record({ negative: few, neutral: few, positive: few }),
        copies: few,
        weeksHeard: fc.integer({ min: 0, max: 8 }),
        standing: fc.option(standing),
      }),
      { maxLength: 15 },
    ),
    closed: fc.array(
      fc.record({
        standing,
        closedAt: instant,
        theme: hostileText,
        aspect: fc.option(aspectName),
        before: few,
        after: few,
        days: fc.integer({ min: 0, max: 14 }),
      }),
      { maxLength: 5 },
    ),
    open: fc.array(
      fc.record({
        standing,
        tally: threes,
        urgency: fc.integer({ min: 0, max: 3 }),
        openedAt: instant,
        dueAt: fc.option(instant),
        bounces: fc.integer({ min: 0, max: 4 }),
        aspect: fc.option(aspectName),
        theme: hostileText,
      }),
      { maxLength: 5 },
    ),
    misroutes: fc.array(fc.record({ from: hostileText, to: hostileText, cases: few }), { maxLength: 12 }),
    told: fc.option(fc.array(fc.record({ aspect: aspectName, people: few }), { maxLength: 4 })),
    reread: fc.option(fc.record({ model: hostileText, mentions: small, changed: small })),
    configRefusedAt: fc.option(instant),
    words: fc.array(fc.option(hostileText), { minLength: 40, maxLength: 40 }),
  })
  .map(({ edition, department, themes, closed, open, misroutes, told, reread, configRefusedAt, words }) => {
    const quoteOf = (number: number) => candidate(1_000 + number);
    return {
      texts: words.map((text, index) => [quoteKey(quoteOf(index).ref), text] as const),
      frozen: {
        edition,
        definition: { ...frozenFacts().definition, ...(department !== null && { department }) },
        themes: themes.map((theme, index) => ({ ...theme, quotes: [quoteOf(index), quoteOf(15 + index)] })),
        work: {
          closed: closed.map(({ standing: of, ...each }, index) => ({
            ...each,
            ...of,
            resolution: of.resolution ?? 'fixed',
            quote: quoteOf(30 + index),
          })),
          open: open.map(({ standing: of, ...each }, index) => ({
            ...each,
            ...of,
            quote: quoteOf(35 + index),
          })),
          openCases: 40,
          overdue: 3,
          dueSoon: 2,
          misroutes,
        },
        told: told && { date: '2026-11-21', people: told },
        reread,
        configRefusedAt,
      },
    };
  });
