import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, readLines } from '../../../src/lib/line-reader.ts';

async function* chunks(...pieces: (Buffer | string)[]): AsyncGenerator<Buffer | string> {
  yield* pieces;
}

async function linesOf(pieces: (Buffer | string)[], maxLineBytes = 1024): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of readLines(chunks(...pieces), { maxLineBytes })) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it.each([
    { name: 'LF', input: 'a\nb\n', texts: ['a', 'b'] },
    { name: 'CRLF', input: 'a\r\nb\r\n', texts: ['a', 'b'] },
    { name: 'no line end at the end', input: 'a\nb', texts: ['a', 'b'] },
    { name: 'blank lines are lines', input: '\n\na', texts: ['', '', 'a'] },
    { name: 'nothing', input: '', texts: [] },
    { name: 'a byte order mark', input: '\u{feff}a\n\u{feff}b', texts: ['a', '\u{feff}b'] },
  ])('splits $name', async ({ input, texts }) => {
    const lines = await linesOf([input]);
    expect(lines).toEqual(texts.map((text, index) => ({ number: index + 1, text })));
  });

  it('joins a character that is cut between two chunks', async () => {
    const bytes = Buffer.from('é😀\n');
    const lines = await linesOf([bytes.subarray(0, 1), bytes.subarray(1, 4), bytes.subarray(4)]);
    expect(lines).toEqual([{ number: 1, text: 'é😀' }]);
  });

  it('gives broken UTF-8 as an error of its line alone', async () => {
    const lines = await linesOf([Buffer.from([0x61, 0x0a, 0xff, 0xc3, 0x0a, 0x62])]);
    expect(lines).toEqual([
      { number: 1, text: 'a' },
      { number: 2, error: 'line 2 is not valid UTF-8' },
      { number: 3, text: 'b' },
    ]);
  });

  it('names a UTF-16 file for what it is', async () => {
    const [first] = await linesOf([Buffer.from('\u{feff}a', 'utf16le')]);
    expect(first).toEqual({ number: 1, error: expect.stringContaining('UTF-16') });
  });

  it('skips a line that is too long and goes on at the next', async () => {
    const lines = await linesOf(
      ['x'.repeat(8), 'x'.repeat(8), 'x\nok\r\n', 'y'.repeat(10), '\r\n', 'y'.repeat(11)],
      10,
    );
    expect(lines).toEqual([
      { number: 1, error: 'line 1 is longer than 10 bytes' },
      { number: 2, text: 'ok' },
      { number: 3, text: 'y'.repeat(10) },
      { number: 4, error: 'line 4 is longer than 10 bytes' },
    ]);
  });

  it('reads the same lines however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 1, max: 7 }),
        async (texts, size) => {
          const clean = texts.map((text) => `a${text.replaceAll(/[\r\n]/g, '')}`);
          const bytes = Buffer.from(clean.join('\n'));
          const pieces: Buffer[] = [];
          for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
          const lines = await linesOf(pieces);
          expect(lines.map((line) => ('text' in line ? line.text : line.error))).toEqual(clean);
        },
      ),
    );
  });
});
