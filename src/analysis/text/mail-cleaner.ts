import type { ChannelKind } from '../../domain/words.ts';
import { isGivenName } from '../given-names.ts';
import {
  CLOSING,
  DEVICE_FOOTER,
  DISCLAIMER,
  FORWARD,
  FORWARD_SUBJECT,
  GREETING,
  HEADER_LINE,
  NAME_LINE,
  QUOTE_INTRO,
  REPLY_BLOCK,
  REPLY_SUBJECT,
  SENDER_LINE,
  TITLED_GREETING,
} from './mail-phrases.ts';
import type { Range } from './tokens.ts';

/** How much visible text is analysed at most, in UTF-16 code units. */
export const VISIBLE_LIMIT = 20_000;

/** How much of a line is looked at to tell what it is; longer lines are somebody's words. */
const LINE_HEAD = 160;

/**
 * The parts of a text that its writer wrote now, as ranges into the raw text, in order. In mail the quoted text, reply
 * headers, greeting, closing, signature, device footer and legal notice are left out; a forwarded message stays, without
 * its header lines. At most the first 20,000 code units of what is visible are kept. Linear in the length of the text.
 */
export function visibleRanges(text: string, kind: ChannelKind): readonly Range[] {
  return kind === 'mail' ? mailRanges(text) : capRanges([{ start: 0, end: text.length }], text);
}

type Part = 'head' | 'body' | 'signature' | 'forward-head';

function mailRanges(text: string): readonly Range[] {
  const kept: Range[] = [];
  let visible = 0;
  let part: Part = 'head';
  let written = 0;
  let isApart = false;
  for (let start = 0; start < text.length && visible < VISIBLE_LIMIT; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    const head = text.slice(start, Math.min(end, start + LINE_HEAD)).trim();
    const isShort = end - start <= LINE_HEAD;
    const line = { start, end };
    start = end;

    if (head.startsWith('>') || head.startsWith('|')) continue;
    if (isShort && FORWARD.test(head)) {
      part = 'forward-head';
      continue;
    }
    if (part === 'forward-head') {
      if (head === '' || HEADER_LINE.test(head)) continue;
      part = 'head';
    }
    if (isShort && SENDER_LINE.test(head) && isHeaderCopy(text, line.start)) {
      if (!FORWARD_SUBJECT.test(text)) break;
      part = 'forward-head';
      continue;
    }
    if (REPLY_BLOCK.test(head) || (QUOTE_INTRO.test(`${head} ${nextLineHead(text, end)}`) && isShort)) {
      if (isQuotedAfter(text, end)) continue;
      break;
    }
    if (part === 'signature') {
      if (/^p\.? ?s\.?\b/iu.test(head)) part = 'body';
      else continue;
    }
    if (DISCLAIMER.test(head)) break;
    if (
      isShort &&
      (head === '--' || head === '—' || DEVICE_FOOTER.test(head) || (written > 0 && CLOSING.test(head)))
    ) {
      part = 'signature';
      continue;
    }
    if (isShort && isApart && written > 1 && isSignature(text, line.start)) {
      part = 'signature';
      continue;
    }
    isApart = head === '';
    if (written === 0 && REPLY_SUBJECT.test(head)) continue;
    const skipped =
      part === 'head' && written <= 2
        ? greetingLength(text.slice(line.start, Math.min(line.end, line.start + LINE_HEAD)))
        : 0;
    if (skipped > 0) part = 'body';
    if (head !== '') written += 1;
    addRange(kept, { start: line.start + skipped, end: line.end });
    visible += line.end - line.start - skipped;
  }
  return capRanges(kept, text);
}

/** How much of a line is greeting: `Dear team,` of `Dear team, the app is slow`. */
function greetingLength(line: string): number {
  return (GREETING.exec(line) ?? TITLED_GREETING.exec(line))?.[0].length ?? 0;
}

/** How many lines a signature has at most, and how long the lines below the name are. */
const SIGNATURE_LINES = 6;
const SIGNATURE_LINE = 80;

/** Whether a paragraph is a signature without a closing before it: a name, and below it short lines that are no sentences. */
function isSignature(text: string, start: number): boolean {
  const lines = text.slice(start, start + (SIGNATURE_LINES + 1) * LINE_HEAD).split('\n');
  const blank = lines.findIndex((line) => line.trim() === '');
  const block = blank < 0 ? lines : lines.slice(0, blank);
  const [name = '', ...below] = block.map((line) => line.trim());
  if (!NAME_LINE.test(name) || below.length >= SIGNATURE_LINES) return false;
  if (below.some((line) => line.length > SIGNATURE_LINE || /[.!?:]$/u.test(line))) return false;
  const rest = lines.slice(block.length).find((line) => line.trim() !== '');
  const isLast = rest === undefined || /^[>|]/u.test(rest) || DISCLAIMER.test(rest) || QUOTE_INTRO.test(rest);
  const isNamed = isGivenName(name.split(' ')[0] ?? '');
  return below.length > 0 ? isLast || isNamed : isLast && isNamed;
}

function nextLineHead(text: string, start: number): string {
  const newline = text.indexOf('\n', start);
  return text.slice(start, Math.min(newline === -1 ? text.length : newline, start + LINE_HEAD)).trim();
}

/** Whether two more lines of another mail's header follow on the line with its sender. */
function isHeaderCopy(text: string, start: number): boolean {
  const [, ...others] = text.slice(start, start + 3 * LINE_HEAD).split('\n', 3);
  return others.length === 2 && others.every((line) => HEADER_LINE.test(line.trim()));
}

/** Whether the quote that an intro announces is marked line by line, so that answers may stand between its lines. */
function isQuotedAfter(text: string, start: number): boolean {
  const window = text.slice(start, start + 4 * LINE_HEAD);
  return window.includes('\n>') || window.trimStart().startsWith('>');
}

function addRange(kept: Range[], range: Range): void {
  const last = kept.at(-1);
  if (last !== undefined && last.end === range.start)
    kept[kept.length - 1] = { start: last.start, end: range.end };
  else if (range.end > range.start) kept.push(range);
}

function capRanges(ranges: readonly Range[], text: string): readonly Range[] {
  const kept: Range[] = [];
  let left = VISIBLE_LIMIT;
  for (const range of ranges) {
    if (left <= 0) break;
    const end = Math.min(range.end, range.start + left);
    kept.push({ start: range.start, end: end < range.end && isInsidePair(text, end) ? end - 1 : end });
    left -= end - range.start;
  }
  return kept;
}

function isInsidePair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
