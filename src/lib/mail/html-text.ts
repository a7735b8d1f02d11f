import { compile } from 'html-to-text';

/** Longer HTML goes through the linear tag remover: tree builders take seconds on hostile markup of this size. */
const MAX_TREE_CHARACTERS = 128 * 1024;

/** Deeper nesting makes tree builders quadratic and overflows their stack; browsers flatten at 512. */
const MAX_DEPTH = 400;

const convert = compile({
  wordwrap: false,
  limits: { maxDepth: MAX_DEPTH, maxInputLength: MAX_TREE_CHARACTERS },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

const BREAKING_TAGS = new Set(
  'address article blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th title tr ul'.split(
    ' ',
  ),
);
const SILENT_TAGS = new Set(['script', 'style', 'title', 'template', 'svg']);

/**
 * The words of an HTML mail. Up to 128 KB of sane markup is laid out (lists, quotes, tables); what is larger or nested past
 * 400 levels only loses its tags, in one linear pass, so that no input takes more than a fraction of a second.
 */
export function htmlToPlainText(html: string): string {
  if (html.length > MAX_TREE_CHARACTERS || isNestedDeeperThan(html, MAX_DEPTH)) return withoutTags(html);
  return convert(html).trim();
}

interface Tag {
  readonly name: string;
  readonly isClosing: boolean;
  readonly start: number;
  readonly end: number;
}

/** Walks the tags from left to right, in one pass; a comment is a tag named `!`, a bare `<` is text. */
function* tagsOf(html: string): Generator<Tag> {
  let start = html.indexOf('<');
  while (start >= 0) {
    const name = /^<(\/?)([a-z][a-z0-9]{0,20})/i.exec(html.slice(start, start + 24));
    if (name === null && !/[!?/]/.test(html[start + 1] ?? '')) {
      start = html.indexOf('<', start + 1);
      continue;
    }
    const isComment = html.startsWith('<!--', start);
    const close = isComment ? html.indexOf('-->', start + 4) : html.indexOf('>', start);
    const end = close < 0 ? html.length : close + (isComment ? 3 : 1);
    yield { name: (name?.[2] ?? '!').toLowerCase(), isClosing: name?.[1] === '/', start, end };
    start = html.indexOf('<', end);
  }
}

/** Counts every element that is opened and not closed, so it may overrate sloppy markup but never underrates a bomb. */
function isNestedDeeperThan(html: string, limit: number): boolean {
  let depth = 0;
  for (const { name, isClosing } of tagsOf(html)) {
    if (
      name === 'br' ||
      name === 'img' ||
      name === 'hr' ||
      name === 'meta' ||
      name === 'link' ||
      name === '!'
    )
      continue;
    depth = isClosing ? Math.max(0, depth - 1) : depth + 1;
    if (depth > limit) return true;
  }
  return false;
}

function withoutTags(html: string): string {
  const pieces: string[] = [];
  let from = 0;
  let silent: string | null = null;
  for (const { name, isClosing, start, end } of tagsOf(html)) {
    if (silent === null) pieces.push(html.slice(from, start), BREAKING_TAGS.has(name) ? '\n' : '');
    if (silent === null && !isClosing && SILENT_TAGS.has(name)) silent = name;
    else if (isClosing && name === silent) silent = null;
    from = end;
  }
  if (silent === null) pieces.push(html.slice(from));
  return tidy(decodeEntities(pieces.join('')));
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.replaceAll(/[ \t\r\f\u00A0]{1,1000}/g, ' ').trim());
  return lines
    .filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '')
    .join('\n')
    .trim();
}
