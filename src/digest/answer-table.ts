const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE =
  /[\p{Extended_Pictographic}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes on a terminal: what a reader sees as one sign is one, East Asian signs and emoji are two. */
export function displayWidth(text: string): number {
  return [...SEGMENTS.segment(text)].reduce((sum, { segment }) => sum + (WIDE.test(segment) ? 2 : 1), 0);
}

/** The text in exactly `width` columns; what does not fit ends in `…`. */
export function fitColumn(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  let fitted = text;
  if (displayWidth(text) > width) {
    const signs = [...SEGMENTS.segment(text)].map(({ segment }) => segment);
    while (signs.length > 0 && displayWidth(signs.join('')) > width - 1) signs.pop();
    fitted = `${signs.join('').trimEnd()}…`;
  }
  const padding = ' '.repeat(Math.max(0, width - displayWidth(fitted)));
  return align === 'left' ? fitted + padding : padding + fitted;
}

/** Lines of at most `width` columns, broken at blanks; only a word that is longer stands out. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
