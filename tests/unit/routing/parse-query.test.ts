import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMatcher, matches } from '../../../src/routing/matcher.ts';
import { parseLabelQuery, parseQuery, QueryFault } from '../../../src/routing/parse-query.ts';

const world = {
  now: new Date('2026-11-26T12:00:00Z'),
  zone: 'Europe/Paris',
  aspects: ['product', 'sales', 'pricing', 'service'],
  departments: ['product', 'sales', 'pricing'],
};
const parse = (text: string) => parseQuery(text, world);
const spelled = (text: string) => parse(text).matchers.map(formatMatcher);

describe('query words', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['dept:pricing', ['department="pricing"']],
    ['department:pricing polarity:neg', ['department="pricing"', 'polarity="negative"']],
    ['polarity:neu,pos', ['polarity=~"neutral|positive"']],
    ['-source:x', ['source!="x"']],
    ['-tier:1,2', ['tier!~"1|2"']],
    ['account:"Acme, Inc."', ['account="Acme, Inc."']],
    ['account:acme*', ['account=~"(?i)(?:acme.*)"']],
    ['account:"a*"', ['account="a*"']],
    ['account:"Acme (EU)",Birch', ['account=~"Acme \\\\(EU\\\\)|Birch"']],
    ['urgency>=2', ['urgency=~"2|3"']],
    ['-urgency:0', ['urgency!="0"']],
    ['"per seat"', ['text=~"(?i).*(?:per seat).*"']],
    ['-"per seat"', ['text!~"(?i).*(?:per seat).*"']],
    ['late delivery', ['text=~"(?i).*(?:late).*"', 'text=~"(?i).*(?:delivery).*"']],
    ['text:late,slow', ['text=~"(?i).*(?:late|slow).*"']],
    ['<script>', ['text=~"(?i).*(?:<script>).*"']],
    ['intent:none', ['intent="none"']],
  ])('%s is %j', (text, matchers) => {
    expect(spelled(text)).toEqual(matchers);
    expect(parse(text).facts).toEqual([]);
  });

  it.each<[string, object]>([
    ['is:unassigned', { kind: 'assignee', person: 'nobody', isNot: false }],
    ['-is:mine', { kind: 'assignee', person: 'me', isNot: true }],
    ['assignee:"Dana Smith"', { kind: 'assignee', person: 'Dana Smith', isNot: false }],
    ['is:snoozed', { kind: 'status', status: 'snoozed', isNot: false }],
    ['-is:unread', { kind: 'unread', isNot: true }],
    ['since:7d', { kind: 'since', at: '2026-11-19T12:00:00.000Z' }],
    // The day begins in the workspace's zone.
    ['before:2026-11-02', { kind: 'before', at: '2026-11-01T23:00:00.000Z' }],
    ['since:2026-11-02T10:00:00Z', { kind: 'since', at: '2026-11-02T10:00:00.000Z' }],
    ['people>3', { kind: 'count', of: 'people', comparison: '>', number: 3 }],
    ['messages<=10', { kind: 'count', of: 'messages', comparison: '<=', number: 10 }],
    ['accounts:2', { kind: 'count', of: 'accounts', comparison: '=', number: 2 }],
  ])('%s asks about the case', (text, fact) => {
    expect(parse(text)).toEqual({ matchers: [], facts: [fact] });
  });

  it.each<[string, number, string]>([
    ['polarity:neg tierr:1', 14, '"tierr" is no word that a search knows, did you mean "tier"?'],
    ['tier:1 -https://x', 9, '"https" is no word that a search knows'],
    ['polarity:angry', 10, 'polarity is never "angry"'],
    ['dept:marketing', 6, 'department is never "marketing"'],
    ['tier:', 6, 'expected a value right after "tier:"'],
    ['tier:1,', 8, 'expected a value right after "tier:"'],
    ['a "b c', 3, 'missing closing quote'],
    ['""', 1, 'nothing stands between the quotes'],
    ['a -', 4, 'expected a word after "-"'],
    ['is:asleep', 4, 'a case is never "asleep"'],
    ['is:opne', 4, 'did you mean "open"?'],
    ['tier>1', 1, '"tier" cannot be compared'],
    ['people>many', 8, '"many" is no whole number'],
    ['people>1,2', 8, 'only one value can stand here'],
    ['-people>1', 1, 'turn the comparison around'],
    ['urgency>3', 9, 'urgency goes from 0 to 3'],
    ['since:soon', 7, '"soon" is no time'],
    ['since:2026-02-30', 7, 'is no time'],
    ['-since:7d', 1, 'write before:'],
    ['since>7d', 1, 'write since:value'],
  ])('%s is refused at the character', (text, column, reason) => {
    const thrown = (() => {
      try {
        return parse(text);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(QueryFault);
    expect(thrown).toMatchObject({ kind: 'invalid-input', column });
    expect((thrown as QueryFault).reason).toContain(reason);
  });

  it('finds words wherever they stand, whatever they are made of', () => {
    const word = fc.stringMatching(/^[^\s"*]{1,12}$/u);
    fc.assert(
      fc.property(word, fc.string(), fc.string(), (looked, before, after) => {
        const [matcher] = parse(`"${looked}"`).matchers;
        return matcher !== undefined && matches(matcher, { text: `${before}${looked}${after}` });
      }),
    );
  });

  it('never fails but with a place in the text', () => {
    const piece = fc.constantFrom(
      '-',
      ':',
      '"',
      ',',
      '*',
      '>',
      '=',
      ' ',
      'is',
      'tier',
      'people',
      '1',
      'a',
      '(',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        try {
          parse(text);
        } catch (error) {
          return error instanceof QueryFault && error.column >= 1 && error.column <= text.length + 1;
        }
        return true;
      }),
    );
  });
});

describe('query words of a silence', () => {
  it('name labels', () => {
    expect(parseLabelQuery('dept:sales aspect:pricing', world).map(formatMatcher)).toEqual([
      'department="sales"',
      'aspect="pricing"',
    ]);
  });

  it.each([
    ['dept:sales is:unassigned', 12],
    ['people>3', 1],
    ['', 1],
  ])('"%s" is refused', (text, column) => {
    expect(() => parseLabelQuery(text, world)).toThrow(expect.objectContaining({ column }));
  });
});
