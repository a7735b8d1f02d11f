import type { DigestDocument, ItemSection, QuoteItem, QuoteTexts, Tile } from '../domain/digest.ts';
import { printable } from '../lib/printable.ts';
import { caseUrl, digestUrl, mentionUrl } from './evidence.ts';
import { dayLine, footerLines, titleOf } from './footer.ts';
import { beforeName } from './period-words.ts';
import { briefly, quoted, SIGN } from './quoted.ts';
import { restatedSentence } from './restated.ts';
import { lastingSentences, STAGE } from './theme-words.ts';
import { tileNotes } from './tiles.ts';
import { capitalised, count, cut, number, threes } from './words.ts';
import { caseTitle, closedWords, openWords, standingWords, waitingSentence } from './work-words.ts';

/** Characters of a department's name where two share a line. */
const PASSED = 30;
const WIDTH = 88;
const QUOTE_LENGTH = 240;
const CASE_QUOTE = 80;
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
  const isDepartment = frozen.definition.department !== undefined;
  const body = isEmpty
    ? []
    : [
        ...(isDepartment ? [openLines(document, texts)] : []),
        totals(document),
        tileTable(document),
        themeLines(document, texts),
        quoteLists(document, texts),
        accountLines(document),
        itemList('NEEDS AN ANSWER', document.urgent, document, texts),
        itemList('MIGHT LEAVE', document.churn, document, texts),
        itemList('WANTS TO BUY', document.purchase, document, texts),
        ...(isDepartment ? [] : [openLines(document, texts)]),
        closedLines(document, texts),
        misrouteLines(document),
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

/** What waits. A department's own cases stand before everything else of its digest. */
function openLines(document: DigestDocument, texts: QuoteTexts): readonly string[] {
  const { frozen } = document;
  const { open } = frozen.work;
  if (frozen.work.openCases === 0) return [];
  const title = frozen.definition.department === undefined ? 'WAITS FOR SOMEBODY' : 'YOUR CASES';
  return [
    `${title} · ${waitingSentence(frozen.work)}`,
    ...open.flatMap((each) => [
      ...wrap(`${capitalised(printable(caseTitle(each)))}: ${printable(openWords(each, frozen))}`, '  '),
      ...(each.quote === null ? [] : [`    “${quoted(each.quote, document, texts, CASE_QUOTE).words}”`]),
      `    ${caseUrl(frozen, each.caseId)}`,
    ]),
  ];
}

function themeLines(document: DigestDocument, texts: QuoteTexts): readonly string[] {
  const { themes, restated, frozen } = document;
  const again = restatedSentence(restated);
  if (themes.length === 0 && again === '') return [];
  return [
    'WHAT CHANGED',
    ...themes.flatMap(({ theme, stage, words, quotes }) => [
      ...wrap(`${STAGE[stage]} “${printable(theme.name)}” (${printable(theme.aspect)}): ${words}`, '  '),
      ...wrap(printable(standingWords(theme.standing)), '    '),
      ...quotes.flatMap((item) => quoteLines(item, document, texts)),
    ]),
    ...(again === '' ? [] : wrap(printable(again), '  ')),
    ...(frozen.edition === 'day' ? [] : lastingLines(document)),
  ];
}

function lastingLines({ frozen }: DigestDocument): readonly string[] {
  return lastingSentences(frozen).flatMap((line) => wrap(printable(line), '  '));
}

function closedLines(document: DigestDocument, texts: QuoteTexts): readonly string[] {
  const { frozen } = document;
  const { closed } = frozen.work;
  if (closed.length === 0) return [];
  return [
    'YOU SAID, WE DID',
    ...closed.flatMap((each) => [
      ...wrap(`${capitalised(printable(caseTitle(each)))}: ${printable(closedWords(each, frozen))}.`, '  '),
      ...(each.quote === null ? [] : [`    “${quoted(each.quote, document, texts, CASE_QUOTE).words}”`]),
    ]),
  ];
}

function misrouteLines({ frozen }: DigestDocument): readonly string[] {
  const { misroutes } = frozen.work;
  if (misroutes.length === 0 || frozen.edition === 'day') return [];
  return [
    'PASSED ON',
    ...misroutes.map(
      ({ from, to, cases }) =>
        `  ${printable(cut(from, PASSED))} → ${printable(cut(to, PASSED))}: ${count(cases, 'case')}`,
    ),
  ];
}

function totals({ total, totalBefore, hasBefore, frozen }: DigestDocument): readonly string[] {
  const before = hasBefore ? `${capitalised(beforeName(frozen))}: ${threes(totalBefore)}` : '';
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
          ...briefly(quotes, document).flatMap((item) => quoteLines(item, document, texts)),
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
