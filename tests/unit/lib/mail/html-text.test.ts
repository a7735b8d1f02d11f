import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToPlainText } from '../../../../src/lib/mail/html-text.ts';

const FILLER = '<i></i>'.repeat(20_000);

describe('the words of an HTML mail', () => {
  it('keeps lists, quotes and headings apart and drops links, pictures and scripts', () => {
    const html =
      '<h1>Hello</h1><p>See <a href="https://x.example">here</a><img src="x" alt="y"></p><ul><li>one<li>two</ul><blockquote>old</blockquote><script>bad()</script><style>p{}</style>';

    const text = htmlToPlainText(html);

    expect(text).toMatch(/^Hello\n+See here\n+ \* one\n \* two\n+> old$/);
  });

  it('only takes the tags out of HTML that is too large to lay out', () => {
    const html = `<head><title>t</title><style>p{}</style><body><p>Fish &amp; chips&nbsp;&#33;&#x3f; &bogus; 1 < 2</p><!-- <p>no</p> -->${FILLER}<p>two<br>three</p><script>bad()</script>`;

    expect(htmlToPlainText(html)).toBe('Fish & chips !? &bogus; 1 < 2\n\ntwo\nthree');
  });

  it('only takes the tags out of HTML that is nested too deep', () => {
    expect(htmlToPlainText(`${'<div>'.repeat(500)}deep<b>est</b>`)).toBe('deepest');
  });

  it.each([
    ['open brackets', '<'.repeat(1_000_000)],
    ['open comments', '<!--'.repeat(250_000)],
    ['open scripts', '<script>'.repeat(125_000)],
    ['entities', '&#x1F642;'.repeat(120_000)],
    ['blanks', ' '.repeat(1_000_000)],
    ['nested spans', '<span>'.repeat(20_000)],
    ['table cells', '<table><tr><td>'.repeat(8000)],
    ['list items', '<ul><li>x'.repeat(10_000)],
    ['attributes', `<p ${'a="b" '.repeat(20_000)}>`],
  ])('takes less than 2 s of processor time for hostile %s', (_what, html) => {
    const started = process.cpuUsage();

    htmlToPlainText(html);

    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(2000);
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '!--',
      '-->',
      'p',
      'script',
      '&#',
      'x41;',
      ' ',
      '"',
      'a="',
      'table',
      'td',
      'é',
    );

    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.boolean(), (parts, isLarge) => {
        expect(typeof htmlToPlainText((isLarge ? FILLER : '') + parts.join(''))).toBe('string');
      }),
      { numRuns: 200 },
    );
  });
});
