import type { ChannelKind } from '../../domain/words.ts';
import {
  CLOSING,
  DEVICE_FOOTER,
  FORWARD,
  GREETING,
  HEADER_LINE,
  QUOTE_INTRO,
  REPLY_BLOCK,
} from './mail-phrases.ts';

const LINES_LOOKED_AT = 60;
const HANDLE_OR_TAG = /(?:^|\s)[@#][\p{L}\p{N}_]{2,}/u;
const REVIEW_WORDS =
  /\b(?:stars?|sterne|étoiles|estrellas|estrelas|sterren|would recommend|reviewed|my review)\b/iu;

/** Tells from the text alone how it was written: signs of mail first, then of a post; a long rest reads as a review. */
export function tellKind(text: string): ChannelKind {
  const head = text.slice(0, 8_000);
  const lines = head.split('\n', LINES_LOOKED_AT).map((line) => line.slice(0, 160).trim());
  if (looksLikeMail(lines)) return 'mail';
  if (HANDLE_OR_TAG.test(head.slice(0, 600)) || text.length <= 60) return 'post';
  return text.length > 400 || REVIEW_WORDS.test(head) ? 'review' : 'post';
}

function looksLikeMail(lines: readonly string[]): boolean {
  const written = lines.filter((line) => line !== '');
  if (written.length < 2) return false;
  const first = written.slice(0, 3);
  const isCertain = written.some(
    (line, index) =>
      line === '--' ||
      FORWARD.test(line) ||
      REPLY_BLOCK.test(line) ||
      DEVICE_FOOTER.test(line) ||
      QUOTE_INTRO.test(`${line} ${written[index + 1] ?? ''}`) ||
      (index < 2 && HEADER_LINE.test(line)),
  );
  const hasGreeting = first.some((line) => GREETING.test(`${line}\n`));
  const hasClosing = written.slice(1).some((line) => CLOSING.test(line));
  return isCertain || hasGreeting || hasClosing;
}
