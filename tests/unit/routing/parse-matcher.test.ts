import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL_NAMES } from '../../../src/routing/labels.ts';
import { formatMatcher, matches } from '../../../src/routing/matcher.ts';
import { MatcherFault, parseMatcher, parseMatchers } from '../../../src/routing/parse-matcher.ts';

function faultOf(text: string): { column: number; reason: string } | undefined {
  try {
    parseMatchers(text);
  } catch (error) {
    if (error instanceof MatcherFault) return { column: error.column, reason: error.reason };
    throw error;
  }
  return undefined;
}

describe('parseMatcher', () => {
  it.each([
    ['aspect="sales"', '=', 'sales'],
    ['aspect=sales', '=', 'sales'],
    ['  aspect  !=  sales  ', '!=', 'sales'],
    ['"aspect"="sales"', '=', 'sales'],
    ['aspect=~"sales|pricing"', '=~', 'sales|pricing'],
    ['aspect=~sales|pricing', '=~', 'sales|pricing'],
    ['aspect!~".*"', '!~', '.*'],
    ['aspect=""', '=', ''],
    ['aspect="a, {b}"', '=', 'a, {b}'],
    [String.raw`aspect="say \"no\"\nor \\ \d"`, '=', 'say "no"\nor \\ \\d'],
    [String.raw`aspect=~"\d+\.\d"`, '=~', String.raw`\d+\.\d`],
    ['{aspect="sales"}', '=', 'sales'],
    ['aspect=two words', '=', 'two words'],
    ['aspect="größe 🙂"', '=', 'größe 🙂'],
  ])('reads %s', (text, op, value) => {
    expect(parseMatcher(text)).toEqual({ label: 'aspect', op, value });
  });

  it.each([
    ['{aspect="sales", tier=~"1|2"}'],
    ['aspect="sales",tier=~"1|2"'],
    ['{ aspect = sales , tier =~ 1|2 , }'],
  ])('reads the list %s', (text) => {
    expect(parseMatchers(text)).toEqual([
      { label: 'aspect', op: '=', value: 'sales' },
      { label: 'tier', op: '=~', value: '1|2' },
    ]);
  });

  it.each([
    ['', 1, 'empty matcher'],
    ['{}', 3, 'empty matcher'],
    ['="sales"', 1, 'expected a label'],
    ['aspect', 7, 'expected =, !=, =~ or !~ after "aspect"'],
    ['aspect~"sales"', 7, 'expected =, !=, =~ or !~ after "aspect"'],
    ['aspect=="sales"', 7, '"==" is not an operator, write "="'],
    ['aspect=', 8, 'missing value, write "" for the empty one'],
    ['aspect="sales', 8, 'missing closing quote (")'],
    ["aspect='sales'", 8, "a value with ' in it needs double quotes"],
    ['aspect="a" tier="1"', 12, 'expected "," after the value'],
    ['{aspect="a" tier="1"}', 13, 'expected "," or "}" after the value'],
    ['{aspect="a"', 12, 'missing "}" at the end'],
    ['{aspect="a"} x', 14, 'nothing may follow the closing "}"'],
    ['aspect=a=b', 9, 'a value with = in it needs double quotes'],
    ['text=~a{2}', 8, 'a value with { in it needs double quotes'],
    ['departement="x"', 1, 'unknown label "departement", use one of aspect'],
    ['teir="x"', 1, 'unknown label "teir", did you mean "tier"?'],
    ['text=~"("', 7, 'not an RE2 regular expression: missing closing ): `(`'],
    ['text=~"a", text!~"[z-a]"', 18, 'not an RE2 regular expression: invalid character class range: `z-a`'],
    [String.raw`text=~"(a)\1"`, 7, 'not an RE2 regular expression: invalid escape sequence'],
  ])('refuses %j at column %i: %s', (text, column, reason) => {
    expect(faultOf(text)).toEqual({ column, reason: expect.stringContaining(reason) });
  });

  it('wants exactly one matcher', () => {
    expect(() => parseMatcher('aspect=a,tier=b')).toThrow('expected exactly one matcher');
  });

  it('reads back what formatMatcher prints, whatever the value', () => {
    const matcher = fc.record({
      label: fc.constantFrom(...LABEL_NAMES),
      op: fc.constantFrom('=' as const, '!=' as const),
      value: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('\\', '"', 'n', '\n', '{', ',') }),
      ),
    });
    fc.assert(
      fc.property(matcher, (one) => {
        expect(parseMatcher(formatMatcher(one))).toEqual(one);
      }),
    );
    fc.assert(
      fc.property(fc.array(matcher, { minLength: 1 }), (many) => {
        expect(parseMatchers(`{${many.map(formatMatcher).join(',')}}`)).toEqual(many);
      }),
    );
  });

  it('answers any text with matchers or a fault inside the text', () => {
    const piece = fc.constantFrom(
      'aspect',
      'tier',
      '=',
      '!',
      '~',
      '"',
      '{',
      '}',
      ',',
      ' ',
      '\\',
      '(',
      'x',
      '\n',
      '🙂',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const column = faultOf(text)?.column ?? 1;
        expect(column).toBeGreaterThan(0);
        expect(column).toBeLessThanOrEqual(text.length + 1);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('matches', () => {
  it.each([
    ['tier=~"1"', { tier: '12' }, false],
    ['tier=~"1"', { tier: '21' }, false],
    ['tier=~"1|2"', { tier: '12' }, false],
    ['tier=~"1|12"', { tier: '12' }, true],
    ['tier!~"1|2"', { tier: '2' }, false],
    ['tier=""', {}, true],
    ['tier!=""', {}, false],
    ['tier=~".+"', {}, false],
    ['tier!~".+"', {}, true],
    ['text=~".*refund.*"', { text: 'I want\na refund\nnow' }, true],
    ['text=~"(?i).*REFUND.*"', { text: 'a refund' }, true],
    [String.raw`text=~".*\brefund\b.*"`, { text: 'refunds' }, false],
  ])('%s on %j is %s', (text, labels, isMatch) => {
    expect(matches(parseMatcher(text), labels)).toBe(isMatch);
  });

  it('anchors at both ends: a pattern for one value takes that value alone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,5}$/), fc.stringMatching(/^[a-z]{0,3}$/), (word, more) => {
        const matcher = { label: 'account', op: '=~', value: word } as const;
        expect(matches(matcher, { account: word + more })).toBe(more === '');
        expect(matches(matcher, { account: more + word })).toBe(more === '');
      }),
    );
  });

  it('takes time in line with the text, however evil the pattern', () => {
    const matcher = parseMatcher('text=~"(a+)+b"');

    expect(matches(matcher, { text: 'a'.repeat(50_000) })).toBe(false);
  });
});
