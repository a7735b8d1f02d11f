const LETTER = String.raw`[\p{L}\p{N}\p{M}_]`;
/** Of a script that puts blanks between words; in the others a word may stand anywhere. */
const SPACED = String.raw`(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])${LETTER}`;
const STARTS_WITH_LETTER = new RegExp(`^${SPACED}`, 'u');
const ENDS_WITH_LETTER = new RegExp(`${SPACED}$`, 'u');

/** Whether a text is to be heard: it says one of `include`, if that names any, and none of `exclude`. Case and white space do not count. */
export function termFilter(
  include: readonly string[],
  exclude: readonly string[],
): (text: string) => boolean {
  const wanted = matcherOf(include);
  const unwanted = matcherOf(exclude);
  return (text) => {
    const words = text.normalize('NFC');
    return (wanted?.test(words) ?? true) && !(unwanted?.test(words) ?? false);
  };
}

function matcherOf(terms: readonly string[]): RegExp | null {
  return terms.length === 0 ? null : new RegExp(terms.map(patternOf).join('|'), 'iu');
}

/** No letter may stand beside a letter that begins or ends the term; `C++` may be followed by anything. */
function patternOf(written: string): string {
  const term = written.normalize('NFC').trim();
  const words = term.split(/\s+/u).map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  const before = STARTS_WITH_LETTER.test(term) ? `(?<!${LETTER})` : '';
  const after = ENDS_WITH_LETTER.test(term) ? `(?!${LETTER})` : '';
  return `${before}${words.join(String.raw`\s+`)}${after}`;
}
