import type { DigestDocument, ItemSection, QuoteItem, QuoteTexts, Sentence, Tile } from '../domain/digest.ts';
import { SHORTEST_QUOTE } from '../domain/digest-quote.ts';
import { escapeMrkdwn } from '../lib/mrkdwn.ts';
import { printable } from '../lib/printable.ts';
import { caseUrl, digestUrl, evidenceUrl, mentionUrl } from './evidence.ts';
import { dayLine, footerLines, titleOf } from './footer.ts';
import { quoted, SIGN } from './quoted.ts';
import { restatedSentence } from './restated.ts';
import { lastingSentences, STAGE } from './theme-words.ts';
import { tileNotes } from './tiles.ts';
import { capitalised, count, cut, number, threes } from './words.ts';
import { caseTitle, closedWords, NAME, openWords, standingWords, waitingSentence } from './work-words.ts';

// Slack's limits (docs.slack.dev, block kit): 50 blocks, header 150, section text 3,000, ten fields of 2,000.
const MOST_BLOCKS = 19;
const SECTION_LENGTH = 2_900;
const FIELD_LENGTH = 900;
/** A message of more than about 13,000 characters is refused as a whole. */
const TOTAL_LENGTH = 11_000;
const HEADER_LENGTH = 150;
const CASE_QUOTE = 80;

type Block = Readonly<Record<string, unknown>>;

/** The digest as Block Kit, at most 20 blocks; what does not fit is counted in a last line with the link. */
export function renderSlack(document: DigestDocument, texts: QuoteTexts): readonly Block[] {
  const { frozen, verdict, isEmpty, tiles } = document;
  const fixed: Block[] = [
    {
      type: 'header',
      text: { type: 'plain_text', text: cut(printable(verdict.subject), HEADER_LENGTH), emoji: false },
    },
    note(`${mrkdwn(titleOf(document))} · ${mrkdwn(dayLine(document))} · ${threes(document.total)}`),
    section(joined(verdict.sentences.map((sentence) => linked(sentence, document)))),
  ];
  const isDepartment = frozen.definition.department !== undefined;
  const open = openBlocks(document, texts);
  const optional: Block[] = isEmpty
    ? []
    : [
        ...(isDepartment ? open : []),
        { type: 'section', fields: tiles.map((tile) => text(tileField(tile, document))) },
        ...themeBlocks(document, texts),
        ...accountBlocks(document),
        ...itemBlock('Needs an answer', document.urgent, document, texts),
        ...itemBlock('Might leave', document.churn, document, texts),
        ...itemBlock('Wants to buy', document.purchase, document, texts),
        ...(isDepartment ? [] : open),
        ...closedBlocks(document),
      ];
  const quotes = isEmpty ? [] : tiles.flatMap((tile) => quoteBlock(tile, document, texts));
  const unheard = document.notHeard.map((sentence) => linked(sentence, document));
  if (unheard.length > 0) optional.push(section(joined(['*Not heard*', ...unheard])));
  // What is quoted by aspect is the first to go: the themes have their words already.
  optional.push(...quotes);
  const { kept, left } = fitting(fixed, optional);
  const more = left > 0 ? ` · +${count(left, 'more part')} there` : '';
  const foot = `${anchor(digestUrl(frozen), 'Read the digest')}${more} · ${mrkdwn(footerLines(document).slice(2).join(' '))}`;
  return [...kept, note(foot)];
}

/** Drops parts from the tail until the message is within the limits. */
function fitting(
  fixed: readonly Block[],
  optional: readonly Block[],
): { kept: readonly Block[]; left: number } {
  let taken = Math.min(optional.length, MOST_BLOCKS - fixed.length);
  while (taken > 0 && JSON.stringify([...fixed, ...optional.slice(0, taken)]).length > TOTAL_LENGTH)
    taken -= 1;
  return { kept: [...fixed, ...optional.slice(0, taken)], left: optional.length - taken };
}

/** `verbatim`: Slack makes no links and mentions of its own out of foreign words. */
function text(words: string): Block {
  return { type: 'mrkdwn', text: words, verbatim: true };
}

function section(words: string): Block {
  return { type: 'section', text: text(words) };
}

function note(words: string): Block {
  return { type: 'context', elements: [text(words)] };
}

/** A link of ours; Slack wants `&` escaped in addresses too. */
function anchor(url: string, label: string): string {
  return `<${url.replaceAll('&', '&amp;')}|${label}>`;
}

/** As many whole lines as a section takes: a line cut in half could lose the end of a link. */
function joined(lines: readonly string[], length = SECTION_LENGTH): string {
  let taken = lines.length;
  while (taken > 1 && lines.slice(0, taken).join('\n').length > length) taken -= 1;
  const left = lines.length - taken;
  return [...lines.slice(0, taken), ...(left > 0 ? [`+${count(left, 'more line')}`] : [])].join('\n');
}

function mrkdwn(words: string): string {
  return escapeMrkdwn(printable(words));
}

function linked({ text: words, filter }: Sentence, { frozen }: DigestDocument): string {
  return filter === null ? mrkdwn(words) : `${mrkdwn(words)} ${anchor(evidenceUrl(frozen, filter), 'show')}`;
}

function tileField(tile: Tile, { frozen }: DigestDocument): string {
  const { aspect, today, change } = tile;
  const notes = tileNotes(tile).filter((line) => line !== 'few voices' || !change.words.startsWith(line));
  const lines = [
    `*${anchor(evidenceUrl(frozen, { aspect }), mrkdwn(capitalised(cut(aspect, 40))))}* ${threes(today.all)}`,
    mrkdwn(`${change.arrow} ${change.words}`),
    `${SIGN.negative} ${number(today.negative.messages)}  ${SIGN.neutral} ${number(today.neutral.messages)}  ${SIGN.positive} ${number(today.positive.messages)}`,
    ...(notes.length > 0 ? [`_${mrkdwn(notes.join(' · '))}_`] : []),
  ];
  return joined(lines, FIELD_LENGTH);
}

function themeBlocks(document: DigestDocument, texts: QuoteTexts): readonly Block[] {
  const { themes, restated, frozen } = document;
  const notes = [
    restatedSentence(restated),
    ...(frozen.edition === 'day' ? [] : lastingSentences(frozen)),
  ].filter((line) => line !== '');
  const blocks = themes.map(({ theme, stage, words, quotes }) =>
    section(
      joined([
        `*${STAGE[stage]}* ${anchor(evidenceUrl(frozen, { theme: theme.id }), mrkdwn(`“${cut(theme.name, 60)}”`))} (${mrkdwn(cut(theme.aspect, 40))}): ${mrkdwn(words)}`,
        `_${mrkdwn(standingWords(theme.standing))}_`,
        ...quotes.map((item) => quoteLine(item, document, texts)),
      ]),
    ),
  );
  return [...blocks, ...(notes.length === 0 ? [] : [note(mrkdwn(notes.join(' ')))])];
}

function openBlocks(document: DigestDocument, texts: QuoteTexts): readonly Block[] {
  const { frozen } = document;
  const { work, definition } = frozen;
  if (work.openCases === 0) return [];
  const title = definition.department === undefined ? 'Waits for somebody' : 'Your cases';
  const lines = work.open.map((open) => {
    const words =
      open.quote === null ? '' : ` “${mrkdwn(quoted(open.quote, document, texts, CASE_QUOTE).words)}”`;
    return `• ${anchor(caseUrl(frozen, open.caseId), mrkdwn(capitalised(caseTitle(open))))}${words}: ${mrkdwn(openWords(open, frozen))}`;
  });
  return [section(joined([`*${title}* · ${waitingSentence(work)}`, ...lines]))];
}

function closedBlocks({ frozen }: DigestDocument): readonly Block[] {
  const { closed, misroutes } = frozen.work;
  const lines = closed.map(
    (each) =>
      `• ${anchor(caseUrl(frozen, each.caseId), mrkdwn(capitalised(caseTitle(each))))}: ${mrkdwn(closedWords(each, frozen))}`,
  );
  const passed = misroutes.map(({ from, to, cases }) =>
    mrkdwn(`${cut(from, NAME)} → ${cut(to, NAME)}: ${count(cases, 'case')}`),
  );
  return [
    ...(lines.length === 0 ? [] : [section(joined(['*You said, we did*', ...lines]))]),
    ...(passed.length === 0 || frozen.edition === 'day' ? [] : [section(joined(['*Passed on*', ...passed]))]),
  ];
}

function quoteBlock({ aspect, quotes }: Tile, document: DigestDocument, texts: QuoteTexts): readonly Block[] {
  if (quotes.length === 0) return [];
  return [
    section(
      joined([`*On ${mrkdwn(cut(aspect, 40))}*`, ...quotes.map((item) => quoteLine(item, document, texts))]),
    ),
  ];
}

function itemBlock(
  title: string,
  { today, items }: ItemSection,
  document: DigestDocument,
  texts: QuoteTexts,
): readonly Block[] {
  if (today.messages === 0) return [];
  return [
    section(
      joined([`*${title}* · ${threes(today)}`, ...items.map((item) => quoteLine(item, document, texts))]),
    ),
  ];
}

function quoteLine(item: QuoteItem, document: DigestDocument, texts: QuoteTexts): string {
  const { words, isErased, from } = quoted(item, document, texts, SHORTEST_QUOTE);
  const shown = isErased ? words : `“${escapeMrkdwn(words)}”`;
  return `> ${SIGN[item.polarity]} ${shown}\n> ${mrkdwn(from)} · ${anchor(mentionUrl(document.frozen, item.ref.mentionId), 'open')}`;
}

function accountBlocks({ accounts, frozen }: DigestDocument): readonly Block[] {
  const { heard, silent, rosterSize, silence } = accounts;
  if (rosterSize === 0) return [];
  const sign = { upset: SIGN.negative, delighted: SIGN.positive, mixed: SIGN.neutral, neutral: SIGN.neutral };
  const lines = heard.map(
    ({ id, name, mood, negative, positive }) =>
      `${sign[mood]} ${anchor(evidenceUrl(frozen, { account: id }), mrkdwn(cut(name, 60)))}: ${negative} bad, ${positive} good`,
  );
  const quiet = silent.slice(0, 10).map(({ name }) => mrkdwn(cut(name, 60)));
  const rest = silent.length - quiet.length;
  const silentLine =
    quiet.length === 0
      ? []
      : [`Silent (${silence}): ${quiet.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
  return [
    section(joined([`*Top accounts* · ${heard.length} of ${rosterSize} heard`, ...silentLine, ...lines])),
  ];
}
