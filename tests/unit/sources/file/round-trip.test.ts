import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvSplitter } from '../../../../src/sources/file/csv-splitter.ts';
import { mboxSplitter } from '../../../../src/sources/file/mbox-splitter.ts';
import { type ReadableFile, readRecords, type Splitter } from '../../../../src/sources/file/record-reader.ts';
import { readAll, tempFolder } from './temp-file.ts';

const temp = tempFolder();
const DAY = '2026-03-30T10:00:00Z';

/** Texts with everything that breaks careless table readers. */
const cellText = fc
  .array(fc.constantFrom('a', 'Ü', '🙂', '"', '""', ',', ';', '\n', '\r\n', '\t', "'", ' x', 'From '), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => `t${parts.join('')}.`);

function quoted(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A file in memory that hands out as few bytes a read as asked, so that every cut between reads occurs. */
function fakeFile(content: Buffer, chunkBytes: number): ReadableFile {
  const read = async (
    into: Buffer,
    at: number,
    length: number,
    from: number,
  ): Promise<{ bytesRead: number }> => ({
    bytesRead: content.copy(into, at, from, Math.min(from + Math.min(length, chunkBytes), content.length)),
  });
  return { read };
}

async function recordsOf(
  content: Buffer,
  splitter: Splitter,
  chunkBytes: number,
  start = 0,
): Promise<string[]> {
  const records: string[] = [];
  const from = { offset: start, line: 1, number: 0 };
  for await (const { content: bytes } of readRecords(
    fakeFile(content, chunkBytes),
    from,
    splitter,
    new AbortController().signal,
  )) {
    records.push(Buffer.isBuffer(bytes) ? bytes.toString('latin1') : bytes.fault);
  }
  return records;
}

describe('a table that was written and is read back', () => {
  it('gives the same texts for every delimiter and line end', async () => {
    const table = fc.record({
      texts: fc.array(cellText, { minLength: 1, maxLength: 20 }),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      hasMark: fc.boolean(),
    });

    await fc.assert(
      fc.asyncProperty(table, async ({ texts, delimiter, lineEnd, hasMark }) => {
        const rows = [['id', 'text', 'date'], ...texts.map((text, id) => [String(id), text, DAY])];
        const lines = rows.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter));

        const { mentions, rejected } = await temp.read(
          'any.csv',
          (hasMark ? '\uFEFF' : '') + lines.join(lineEnd),
        );

        expect(rejected).toEqual([]);
        expect(mentions.map(({ text }) => text)).toEqual(texts);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the rest of the rows from any place between two of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cellText, { minLength: 2, maxLength: 15 }),
        fc.nat(),
        async (texts, choice) => {
          const rows = texts.map((text, id) => `${id},${quoted(text, ',')},${DAY}\n`);
          const skipped = choice % rows.length;
          const before = `id,text,date\n${rows.slice(0, skipped).join('')}`;
          const cursor = `csv:${Buffer.byteLength(before)}:${before.split('\n').length}:${skipped}`;
          temp.write('places.csv', `id,text,date\n${rows.join('')}`);

          const { mentions } = await readAll(temp.source('places.csv'), cursor);

          expect(mentions.map(({ text }) => text)).toEqual(texts.slice(skipped));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has the same rows however the bytes arrive, whatever they are', async () => {
    const bytes = fc
      .array(fc.constantFrom('"', ',', '\n', '\r', 'x', 'é'), { maxLength: 40 })
      .map((parts) => Buffer.from(parts.join('')));
    const splitter = csvSplitter({ delimiter: 0x2c, lineEnd: 0x0a });

    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 7 }), async (content, chunkBytes) => {
        expect(await recordsOf(content, splitter, chunkBytes)).toEqual(
          await recordsOf(content, splitter, 1 << 20),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('never skips a byte: the rows it can read and those it cannot make up the file', async () => {
    const rows = fc.array(
      fc.constantFrom('a,b\n', '"a\nb",c\n', '"open,c\n', 'a,"b"x,c\n', '\n', '"" ,"\n'),
      { maxLength: 12 },
    );
    const splitter = csvSplitter({ delimiter: 0x2c, lineEnd: 0x0a });

    await fc.assert(
      fc.asyncProperty(rows, async (parts) => {
        const content = Buffer.from(parts.join(''));
        let offset = 0;
        const from = { offset: 0, line: 1, number: 0 };
        for await (const { at, next } of readRecords(
          fakeFile(content, 3),
          from,
          splitter,
          new AbortController().signal,
        )) {
          expect(at.offset).toBe(offset);
          expect(next.offset).toBeGreaterThan(at.offset);
          expect(next.line).toBe(1 + content.subarray(0, next.offset).filter((byte) => byte === 0x0a).length);
          offset = next.offset;
        }
        expect(offset).toBe(content.length);
      }),
      { numRuns: 300 },
    );
  });
});

/** As mboxrd writes the lines of a text. */
function escaped(body: string): string {
  return body.replaceAll(/^(>*From )/gm, '>$1');
}

/** An mbox of one mail a text. */
function written(texts: readonly string[]): string {
  return texts
    .map((text, id) => {
      const headers = `From: a@b.example\nDate: Mon, 30 Mar 2026 10:00:00 +0000\nMessage-ID: <${id}@b.example>\n`;
      const type =
        'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n';
      return `From a@b.example Mon Mar 30 10:00:00 2026\n${headers}${type}\n${escaped(text)}\n\n`;
    })
    .join('');
}

describe('an mbox that was written and is read back', () => {
  const bodyLine = fc.constantFrom(
    '',
    'From here on',
    '>From there',
    '>>From both',
    'Hello',
    'From: no header',
    'x: y',
    'Grüße',
  );
  const bodies = fc.array(
    fc.array(bodyLine, { maxLength: 6 }).map((lines) => ['Hi', ...lines, 'Bye'].join('\n')),
    { minLength: 1, maxLength: 6 },
  );

  it('gives the same texts', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (texts) => {
        const { mentions, rejected } = await temp.read('any.mbox', written(texts));

        expect(rejected).toEqual([]);
        expect(mentions.map(({ text }) => text)).toEqual(texts);
      }),
      { numRuns: 60 },
    );
  });

  it('has the same mails however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.integer({ min: 1, max: 50 }), async (texts, chunkBytes) => {
        const content = Buffer.from(written(texts));

        const records = await recordsOf(content, mboxSplitter, chunkBytes);

        expect(records).toHaveLength(texts.length);
        expect(records.join('')).toBe(content.toString('latin1'));
      }),
      { numRuns: 60 },
    );
  });
});
