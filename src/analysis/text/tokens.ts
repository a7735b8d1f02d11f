/** A stretch of the raw text in UTF-16 code units, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type TokenKind = 'word' | 'emoji' | 'handle' | 'link' | 'stop' | 'mark' | 'break';

/**
 * A word or sign with its exact place in the raw text. `norm` is lower case with straight apostrophes and runs of three
 * or more equal letters cut to two; `squeezed` is set for such a run and cuts it to one (`soooo` -> `so`).
 * `stop` is `.`, `!`, `?` or a row of them, `mark` any other sign that matters, `break` a row of line ends or a `<br>`.
 */
export interface Token extends Range {
  readonly kind: TokenKind;
  readonly norm: string;
  readonly squeezed: string | undefined;
  readonly isShouted: boolean;
  /** Came as a hashtag. */
  readonly isTag: boolean;
}

const LONGEST_WORD = 64;
const SPACE = 0x20;
const APOSTROPHE = /['’´`]/;

// Signs that came escaped (`&amp;`, `<br />`), as exports of posts and reviews have them, say what they stand for.
// Every alternative is linear: no nested repetition, and each repeated class is bounded or followed by what it excludes.
const TOKEN = new RegExp(
  [
    String.raw`(?<link>(?:https?:\/\/|www\.)[^\s<>"]+|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}\.[\p{L}\p{N}.-]{1,63})`,
    String.raw`(?<handle>@[\p{L}\p{N}_]{1,60})`,
    String.raw`#(?<tag>[\p{L}\p{N}_]{1,100})`,
    String.raw`(?<face>[:;=]['’]?-?[)(DPp\/|\\\]\[](?![\p{L}\p{N}])|(?:<|&lt;)3)`,
    String.raw`(?<entity>&(?:amp|lt|gt|quot|nbsp|#34|#39);)`,
    String.raw`(?<=[\p{L}\p{N}] )(?<tail>n ?['’] ?t|(?<=n )['’] ?t|['’] ?(?:s|m|re|ve|ll|d))(?![\p{L}\p{N}])`,
    String.raw`(?<word>\p{N}+(?:[.,:]\p{N}+)+(?![\p{L}\p{N}])|[\p{L}\p{N}\p{M}]+(?:['’´\x60][\p{L}\p{N}\p{M}]+)*['’]?)`,
    String.raw`(?<emoji>\p{Extended_Pictographic}(?:\u{FE0F}|\u{200D}\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}])*)`,
    String.raw`(?<stop>[.!?…‽。！？؟]+)`,
    String.raw`(?<break>(?:\r?\n[ \t]*)+|<br ?\/?>)`,
    String.raw`(?<mark>--+|(?<=\s)-(?=\s)|[,;:()"“”«»–—¿¡$€£%•*\/])`,
  ].join('|'),
  'gu',
);

// Elided articles and pronouns (French, Italian, Catalan) are words of their own.
const ELISION = "(?:[ldjnscmt]|qu|jusqu|lorsqu|puisqu|quelqu)'";
const ELIDED = new RegExp(`^(?!n't$)${ELISION}(?=.)`, 'u');
/** An elided word by itself (`n'`), as packs list it. */
export const ELIDED_ALONE = new RegExp(`^${ELISION}$`, 'u');
const LETTER_RUN = /(.)\1{2,}/gu;
const CAMEL = /\p{Lu}?[\p{Ll}\p{N}\p{M}]+|\p{Lu}+(?!\p{Ll})|[\p{L}\p{N}]/gu;

// A plain word of ASCII letters that cannot be the start of a link or an address: most words are, and the whole pattern is dear.
const PLAIN_WORD = /[A-Za-z0-9]+(?=[ !?;)]|,(?![0-9])|\.(?:\s|$)|\s|$)/y;

/** The normalised word or sign at a place; empty outside the text. */
export function normAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.norm ?? '';
}

/** Cuts the visible ranges of a text into tokens, in order. Linear in the length of the ranges. */
export function tokenize(text: string, ranges: readonly Range[]): Token[] {
  const tokens: Token[] = [];
  for (const { start, end } of ranges) {
    const slice = start === 0 && end === text.length ? text : text.slice(start, end);
    for (let at = 0; at < slice.length; ) {
      if (slice.charCodeAt(at) === SPACE) {
        at += 1;
        continue;
      }
      PLAIN_WORD.lastIndex = at;
      if (PLAIN_WORD.test(slice)) {
        const to = PLAIN_WORD.lastIndex;
        pushWord(tokens, slice.slice(at, to), start + at);
        at = to;
        continue;
      }
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(slice);
      if (match === null) break;
      pushToken(tokens, match, start + match.index);
      at = match.index + match[0].length;
    }
    tokens.push(signToken('break', '\n\n', end, end));
  }
  return tokens;
}

function pushToken(tokens: Token[], match: RegExpExecArray, start: number): void {
  const raw = match[0];
  const end = start + raw.length;
  const groups = match.groups ?? {};
  if (groups.word !== undefined) pushWord(tokens, raw, start);
  else if (groups.tail !== undefined) pushTail(tokens, raw, start);
  else if (groups.tag !== undefined) pushTag(tokens, groups.tag, start + 1);
  else if (groups.stop !== undefined) tokens.push(signToken('stop', raw, start, end));
  else if (groups.mark !== undefined) tokens.push(signToken('mark', raw, start, end));
  else if (groups.break !== undefined) tokens.push(signToken('break', lineEnds(raw), start, end));
  else if (groups.link !== undefined) tokens.push(signToken('link', '', start, end));
  else if (groups.handle !== undefined) tokens.push(signToken('handle', raw.toLowerCase(), start, end));
  else if (groups.entity === undefined)
    tokens.push(signToken('emoji', faceOf(groups.face) ?? firstCharacter(raw), start, end));
  else if (raw === '&quot;' || raw === '&#34;') tokens.push(signToken('mark', '"', start, end));
}

function faceOf(face: string | undefined): string | undefined {
  return face === '&lt;3' ? '<3' : face;
}

/** The base of an emoji: skin tones and what is joined to it change who is shown, not what is felt. */
function firstCharacter(emoji: string): string {
  return String.fromCodePoint(emoji.codePointAt(0) ?? 0);
}

function signToken(kind: TokenKind, norm: string, start: number, end: number): Token {
  return { kind, start, end, norm, squeezed: undefined, isShouted: false, isTag: false };
}

function lineEnds(raw: string): string {
  return raw.indexOf('\n') === raw.lastIndexOf('\n') ? '\n' : '\n\n';
}

function pushWord(tokens: Token[], raw: string, start: number): void {
  if (raw.length > LONGEST_WORD) {
    tokens.push(signToken('link', '', start, start + raw.length));
    return;
  }
  if (!APOSTROPHE.test(raw)) {
    tokens.push(wordToken(raw, start, false));
    return;
  }
  const word = raw.endsWith("'") || raw.endsWith('’') ? raw.slice(0, -1) : raw;
  const straight = word.replaceAll(/[’´`]/g, "'");
  const elided = ELIDED.exec(straight.toLowerCase())?.[0].length ?? 0;
  if (elided > 0) tokens.push(wordToken(straight.slice(0, elided), start, false));
  tokens.push(wordToken(straight.slice(elided), start + elided, false));
}

/** Texts that were cut into words before us have the tail of a contraction apart (`ca n't`, `it 's`, `don ' t`): it belongs to the word before it. */
function pushTail(tokens: Token[], raw: string, start: number): void {
  const word = tokens.at(-1);
  const whole = `${word?.norm ?? ''}${raw.replace('’', "'").replaceAll(' ', '')}`;
  if (word?.kind !== 'word' || whole.length > LONGEST_WORD) pushWord(tokens, raw, start);
  else tokens[tokens.length - 1] = { ...wordToken(whole, word.start, false), end: start + raw.length };
}

function pushTag(tokens: Token[], tag: string, start: number): void {
  if (tag.length > LONGEST_WORD) return;
  const parts = [...tag.matchAll(CAMEL)].filter((part) => part[0].length > 1);
  const isCamel = parts.length > 1 && tag !== tag.toUpperCase();
  if (!isCamel) tokens.push(wordToken(tag, start, true));
  else for (const part of parts) tokens.push(wordToken(part[0], start + part.index, true));
}

type Shape = Pick<Token, 'norm' | 'squeezed' | 'isShouted'>;

const SHAPES_KEPT = 20_000;
// A cache and nothing else: words repeat, and one that is the same string again is found faster by all who look it up. The bound keeps
// hostile texts from filling memory.
const shapes = new Map<string, Shape>();

function wordToken(raw: string, start: number, isTag: boolean): Token {
  const { norm, squeezed, isShouted } = shapeOf(raw);
  return { kind: 'word', start, end: start + raw.length, norm, squeezed, isShouted, isTag };
}

function shapeOf(raw: string): Shape {
  const known = shapes.get(raw);
  if (known !== undefined) return known;
  const lower = raw.toLowerCase();
  const isRun = hasRun(lower);
  const shape = {
    norm: isRun ? lower.replaceAll(LETTER_RUN, '$1$1') : lower,
    squeezed: isRun ? lower.replaceAll(LETTER_RUN, '$1') : undefined,
    isShouted: raw.length > 2 && raw !== lower && raw === raw.toUpperCase(),
  };
  if (shapes.size >= SHAPES_KEPT) shapes.clear();
  shapes.set(raw, shape);
  return shape;
}

/** Whether three equal letters stand in a row. */
function hasRun(word: string): boolean {
  for (let at = 2; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code === word.charCodeAt(at - 1) && code === word.charCodeAt(at - 2)) return true;
  }
  return false;
}
