import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedText } from '../../../src/http/pages/marked-text.ts';

function span(start: number, end: number, polarity = 'negative') {
  return { start, end, polarity, aspect: 'sales' };
}

const MARK = '<mark class="negative" title="sales, negative">';

/** The text as a reader sees it. */
function shown(markup: string): string {
  return markup
    .replaceAll(/<\/?mark[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

describe('marking the words of opinions', () => {
  it.each<[string, readonly ReturnType<typeof span>[], string]>([
    ['nothing', [], 'They love it, sales stinks'],
    ['one', [span(14, 26)], `They love it, ${MARK}sales stinks</mark>`],
    ['the whole text', [span(0, 26)], `${MARK}They love it, sales stinks</mark>`],
    [
      'two in whatever order',
      [span(14, 26), span(0, 12, 'positive')],
      `<mark class="positive" title="sales, positive">They love it</mark>, ${MARK}sales stinks</mark>`,
    ],
    ['the first of two that overlap', [span(0, 12), span(5, 20)], `${MARK}They love it</mark>, sales stinks`],
  ])('marks %s', (_, spans, markup) => {
    expect(markedText('They love it, sales stinks', spans).markup).toBe(markup);
  });

  it('escapes what it marks and what stands around it', () => {
    expect(markedText('<b>"x"</b>', [span(3, 6)]).markup).toBe(
      `&lt;b&gt;${MARK}&quot;x&quot;</mark>&lt;/b&gt;`,
    );
  });

  it('shows every word once, whatever the spans', () => {
    const spans = fc.array(
      fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => span(Math.min(a, b), Math.max(a, b))),
    );
    const words = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '<', '>', '&', '"', "'", 'é'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(words, spans, (text, found) => {
        expect(shown(markedText(text, found).markup)).toBe(text);
      }),
    );
  });
});
