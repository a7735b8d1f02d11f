import type { Source } from '../../../src/domain/source.ts';
import { tempFolder } from '../../unit/sources/file/temp-file.ts';
import { flipped, noise } from './broken.ts';
import { describeSource } from './kit.ts';

const temp = tempFolder();
const ROWS = 1203;
const DAY = '2026-03-30T10:00:00Z';

const numbers = Array.from({ length: ROWS }, (_, id) => id);
const table = `id,text,date\n${numbers.map((id) => `${id},"text, ""${id}""\nsecond line",${DAY}\n`).join('')}`;
const lines = numbers.map((id) => `${JSON.stringify({ id, text: `text ${id}`, date: DAY })}\n`).join('');
const mails = numbers
  .map(
    (id) =>
      `From a@b.example Mon Mar 30 10:00:00 2026\nFrom: a@b.example\nMessage-ID: <${id}@b>\n\nText ${id}\n\n`,
  )
  .join('');

function hostile(format: string, content: string): (readonly [string, () => Source])[] {
  const of = (name: string, bytes: Buffer | string): (() => Source) => {
    const path = temp.write(`${format}-${name}`, bytes);
    return () => temp.source(path, { format });
  };
  return [
    ['noise', of('noise', noise(100_000))],
    ['NUL bytes', of('nul', Buffer.alloc(100_000))],
    ['quotes alone', of('quotes', '"'.repeat(100_001))],
    ['flipped bytes', of('flipped', flipped(content, 97))],
    ['a cut end', of('cut', Buffer.from(content).subarray(0, 10_007))],
    [
      'a line of 3 MB',
      of('long', `${content.slice(0, 5000)}\n${'x'.repeat(3_000_000)}\n${content.slice(0, 5000)}`),
    ],
    ['a missing file', () => temp.source('gone', { format })],
  ];
}

const cases = [
  ['csv', table],
  ['jsonl', lines],
  ['mbox', mails],
] as const;

for (const [format, content] of cases) {
  const path = temp.write(`whole.${format}`, content);
  describeSource(`file (${format})`, {
    open: () => temp.source(path),
    mentions: ROWS,
    hostile: hostile(format, content),
  });
}

const bulky = numbers.slice(0, 30).map((id) => `${id},${'word '.repeat(100_000)},${DAY}\n`);
const bulkyPath = temp.write('bulky.csv', `id,text,date\n${bulky.join('')}`);
describeSource('file (rows of 500 KB)', {
  open: () => temp.source(bulkyPath),
  mentions: 30,
  hostile: [['no file', () => temp.source('gone')]],
});
