import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../../src/lib/printable.ts';

describe('printable', () => {
  it.each([
    { name: 'colours', text: '\u001b[31mred\u001b[0m', printed: 'red' },
    { name: 'a window title', text: '\u001b]0;owned\u0007hi', printed: 'hi' },
    { name: 'an escape sequence that is cut off', text: 'a\u001b', printed: 'a' },
    { name: 'line ends', text: 'one\r\n\ttwo\n', printed: 'one two' },
    { name: 'white space around a control character', text: 'one\t\u0000\ttwo', printed: 'one two' },
    { name: 'direction marks', text: 'abc\u202egnp.exe', printed: 'abcgnp.exe' },
    { name: 'one-byte control sequences', text: '\u009b2Jx', printed: 'x' },
    { name: 'emoji and letters', text: 'Café 👩‍👧 日本', printed: 'Café 👩‍👧 日本' },
  ])('makes one safe line of $name', ({ text, printed }) => {
    expect(printable(text)).toBe(printed);
  });

  it('never lets a control character through and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = printable(text);
        expect(once).not.toMatch(/\p{Cc}/u);
        expect(printable(once)).toBe(once);
      }),
    );
  });
});
