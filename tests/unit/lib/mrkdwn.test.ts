import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMrkdwn } from '../../../src/lib/mrkdwn.ts';

describe('mrkdwn escaping', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U123>', '&lt;@U123&gt;'],
    ['<!subteam^S1>', '&lt;!subteam^S1&gt;'],
    ['<#C1>', '&lt;#C1&gt;'],
    ['<https://evil|https://bank.example>', '&lt;https://evil|https://bank.example&gt;'],
    ['<!date^1^x|y>', '&lt;!date^1^x|y&gt;'],
    ['&lt;!channel&gt;', '&amp;lt;!channel&amp;gt;'],
    ['R&D', 'R&amp;D'],
    ['@channel, @HERE and @everyone', '@\u2060channel, @\u2060HERE and @\u2060everyone'],
    ['ann@channelpartner.example', 'ann@channelpartner.example'],
    ['```code```', '\u02cb\u02cb\u02cbcode\u02cb\u02cb\u02cb'],
  ])('turns %j into %j', (text, escaped) => {
    expect(escapeMrkdwn(text)).toBe(escaped);
  });

  it('leaves 4000 asterisks alone', () => {
    expect(escapeMrkdwn('*'.repeat(4_000))).toBe('*'.repeat(4_000));
  });

  it('leaves no way to open markup and can be read back once', () => {
    const text = fc.string({
      unit: fc.constantFrom('<', '>', '&', 'l', 't', ';', '!', '|', ' ', 'é', '\u{1f600}'),
    });
    fc.assert(
      fc.property(text, (given) => {
        const escaped = escapeMrkdwn(given);
        expect(escaped).not.toMatch(/[<>]/);
        expect(escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(given);
      }),
    );
  });
});
