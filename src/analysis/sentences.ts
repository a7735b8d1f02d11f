import type { ChannelKind } from '../domain/words.ts';
import type { Token } from './text/tokens.ts';
import { wordSet } from './word-set.ts';

/** A stretch of tokens, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Sentence extends Span {
  readonly isQuestion: boolean;
  /** Number of exclamation marks at its end, at most 3. */
  readonly shouts: number;
}

const ABBREVIATIONS = wordSet(
  'mr mrs ms dr prof st vs etc e.g i.e approx inc ltd no nr dept est tel min hr z.b bzw ca usw d.h sr sra srta ud uds núm pág av p.ej mme mlle m dhr mevr o.a bv jr u.s a.m p.m',
);
/** A line of mail shorter than this was ended by its writer, a longer one by the client's wrapping. */
const WRAPPED_LINE = 45;

/** Splits tokens at sentence ends, blank lines and (outside wrapped mail) line ends; stops and breaks belong to no sentence's words but end it. */
export function splitSentences(tokens: readonly Token[], kind: ChannelKind): Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  let lineStart = tokens[0]?.start ?? 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'break') {
      const isEnd = token.norm === '\n\n' || kind !== 'mail' || token.start - lineStart < WRAPPED_LINE;
      lineStart = token.end;
      if (!isEnd) continue;
    } else if (token.kind !== 'stop' || !endsSentence(tokens, at)) continue;
    if (tokens[at + 1]?.kind === 'emoji' && token.kind === 'stop') continue;
    pushSentence(sentences, tokens, { from, to: at + 1 });
    from = at + 1;
  }
  pushSentence(sentences, tokens, { from, to: tokens.length });
  return sentences;
}

function endsSentence(tokens: readonly Token[], at: number): boolean {
  const [before, stop, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (stop === undefined) return false;
  const isTight =
    after !== undefined && after.start === stop.end && (after.kind === 'word' || after.kind === 'link');
  if (stop.norm !== '.') return true;
  if (isTight && (after.norm.length < 3 || /^\p{N}/u.test(after.norm) || before?.norm.length === 1))
    return false;
  return !(
    before?.kind === 'word' &&
    (ABBREVIATIONS.has(before.norm) || (before.norm.length === 1 && before.norm !== 'i'))
  );
}

function pushSentence(sentences: Sentence[], tokens: readonly Token[], span: Span): void {
  if (span.to <= span.from) return;
  let ending = '';
  for (let at = span.to - 1; at >= span.from && at >= span.to - 3; at -= 1)
    ending += tokens[at]?.kind === 'stop' ? tokens[at]?.norm : '';
  let hasWord = false;
  for (let at = span.from; at < span.to && !hasWord; at += 1)
    hasWord = tokens[at]?.kind === 'word' || tokens[at]?.kind === 'emoji';
  if (!hasWord) return;
  const shouts = Math.min(3, ending.length - ending.replaceAll('!', '').length);
  sentences.push({ ...span, isQuestion: /[?؟？]/u.test(ending), shouts });
}
