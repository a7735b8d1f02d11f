import type { DigestDocument, ItemSection, QuoteItem, QuoteTexts, Tile } from '../domain/digest.ts';
import { printable } from '../lib/printable.ts';
import { digestUrl, mentionUrl } from './evidence.ts';
import { dayLine, footerLines, titleOf } from './footer.ts';
import { quoted, SIGN } from './quoted.ts';
import { tileNotes } from './tiles.ts';
import { capitalised, count, cut, number, shortDate, threes } from './words.ts';

const WIDTH = 88;
const QUOTE_LENGTH = 240;
const BAR_WIDTH = 10;

/** The digest for a terminal and a mail's plain part; lines of at most 88 characters, addresses aside. */
export function renderText(document: DigestDocument, texts: QuoteTexts): string {
  const { verdict, isEmpty, frozen } = document;
  const head = [
    `${titleOf(document).toUpperCase()} · ${cut(printable(frozen.workspace), 50)}`,
    dayLine(document),
    '─'.repeat(WIDTH),
    ...verdict.sentences.flatMap(({ text }, index) => wrap(printable(text), index === 0 ? '' : '  ')),
  ];
  const body = isEmpty
    ? []
    : [
        totals(document),
        tileTable(document),
        itemList('NEEDS AN ANSWER', document.urgent, document, texts),
        quoteLists(document, texts),
        itemList('MIGHT LEAVE', document.churn, document, texts),
        itemList('WANTS TO BUY', document.purchase, document, texts),
        accountLines(document),
      ];
  const notHeard =
    document.notHeard.length === 0
      ? []
      : [['NOT HEARD', ...document.notHeard.flatMap(({ text }) => wrap(printable(text), '  '))]];
  const foot = [
    '─'.repeat(WIDTH),
    `Read it with every mention behind it: ${digestUrl(frozen)}`,
    ...footerLines(document).flatMap((line) => wrap(line, '')),
  ];
  return `${[head, ...body.filter((part) => part.length > 0), ...notHeard, foot].map((part) => part.join('\n')).join('\n\n')}\n`;
}

function totals({ total, totalBefore, hasBefore, frozen }: DigestDocument): readonly string[] {
  const before = hasBefore ? `${shortDate(frozen.before.date)}: ${threes(totalBefore)}` : '';
  return [threes(total), ...(before === '' ? [] : [before])];
}

function tileTable({ tiles }: DigestDocument): readonly string[] {
  const most = Math.max(1, ...tiles.map(({ today }) => today.all.people));
  const header = tableRow([
    '',
    'people',
    'messages',
    'accounts',
    `bad ${SIGN.negative}`,
    `neutral ${SIGN.neutral}`,
    `good ${SIGN.positive}`,
    '',
  ]);
  return [
    header,
    ...tiles.flatMap((tile) => {
      const { all, negative, neutral, positive } = tile.today;
      const figures = [
        all.people,
        all.messages,
        all.accounts,
        negative.messages,
        neutral.messages,
        positive.messages,
      ];
      const bar = '█'.repeat(Math.round((BAR_WIDTH * all.people) / most));
      return [
        tableRow([capitalised(cut(printable(tile.aspect), 12)), ...figures.map(number), ` ${bar}`]),
        ...wrap(changeLine(tile), '  '),
      ];
    }),
  ];
}

/** Name, six figures to the right, a bar. */
function tableRow([name = '', ...cells]: readonly string[]): string {
  const figures = cells.slice(0, 6).map((cell) => cell.padStart(9));
  return [name.padEnd(13), ...figures, ` ${cells[6] ?? ''}`].join('').trimEnd();
}

function changeLine(tile: Tile): string {
  const notes = tileNotes(tile).filter(
    (note) => note !== 'few voices' || !tile.change.words.startsWith(note),
  );
  return [`${tile.change.arrow} ${tile.change.words}`.trim(), ...notes].join(' · ');
}

function quoteLists(document: DigestDocument, texts: QuoteTexts): readonly string[] {
  return document.tiles.flatMap(({ aspect, quotes }, index) =>
    quotes.length === 0
      ? []
      : [
          ...(index > 0 ? [''] : []),
          `ON ${cut(printable(aspect).toUpperCase(), 80)}`,
          ...quotes.flatMap((item) => quoteLines(item, document, texts)),
        ],
  );
}

function itemList(
  title: string,
  section: ItemSection,
  document: DigestDocument,
  texts: QuoteTexts,
): readonly string[] {
  const { today, items } = section;
  if (today.messages === 0) return [];
  const more = today.messages - items.length;
  return [
    `${title} · ${threes(today)}`,
    ...items.flatMap((item) => quoteLines(item, document, texts)),
    ...(more > 0 && items.length > 0 ? [`  and ${count(more, 'more message')}`] : []),
  ];
}

function quoteLines(item: QuoteItem, document: DigestDocument, texts: QuoteTexts): readonly string[] {
  const { words, isErased, from } = quoted(item, document, texts, QUOTE_LENGTH);
  const lines = wrap(isErased ? words : `“${words}”`, '    ');
  return [
    `  ${SIGN[item.polarity]} ${lines[0]?.trimStart() ?? ''}`,
    ...lines.slice(1),
    ...wrap(from, '    '),
    `    ${mentionUrl(document.frozen, item.ref.mentionId)}`,
  ];
}

function accountLines({ accounts }: DigestDocument): readonly string[] {
  const { heard, silent, rosterSize, silence } = accounts;
  if (rosterSize === 0) return [];
  const mood = { upset: '− upset', delighted: '+ delighted', mixed: '= mixed', neutral: '= neutral' };
  return [
    `TOP ACCOUNTS · ${heard.length} of ${rosterSize} heard`,
    ...heard.map(
      (account) =>
        `  ${cut(printable(account.name), 28).padEnd(29)}${mood[account.mood].padEnd(13)}${account.negative} bad, ${account.positive} good${account.owner === '' ? '' : ` · ${cut(printable(account.owner), 24)}`}`,
    ),
    ...(silent.length === 0
      ? []
      : wrap(`Silent (${silence}): ${silent.map(({ name }) => cut(printable(name), 40)).join(', ')}`, '  ')),
  ];
}

/** Lines of at most {@link WIDTH} code points, each behind `indent`; a longer word is broken. */
function wrap(text: string, indent: string): readonly string[] {
  const room = WIDTH - indent.length;
  const lines: string[] = [];
  let line: string[] = [];
  for (const word of text.split(' ').flatMap((part) => broken(part, room))) {
    if (line.length > 0 && line.length + 1 + word.length > room) {
      lines.push(indent + line.join(''));
      line = [];
    }
    line.push(...(line.length > 0 ? [' '] : []), ...word);
  }
  return line.length > 0 ? [...lines, indent + line.join('')] : lines;
}

function broken(word: string, room: number): readonly (readonly string[])[] {
  const points = Array.from(word);
  const pieces: string[][] = [];
  for (let at = 0; at < points.length; at += room) pieces.push(points.slice(at, at + room));
  return pieces;
}
