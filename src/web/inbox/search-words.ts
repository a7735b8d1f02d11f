/** One term as it stands in a search; in quotes there may be spaces. */
const TERM = /-?(?:[\p{L}_]+(?::|[<>]=?|=))?(?:"[^"]*"?|[^\s"])+/gu;

/** What stands after `word:` in a search, where it stands once and alone; else undefined. */
export function valueOf(search: string, word: string): string | undefined {
  const term = termsOf(search).find((each) => each.startsWith(`${word}:`));
  return term?.slice(word.length + 1).replaceAll('"', '');
}

/** The search with `word:value` in place of what it says of that word; an empty value takes it out. */
export function withValue(search: string, word: string, value: string): string {
  const others = termsOf(search).filter((each) => !each.startsWith(`${word}:`));
  const quoted = /^[^\s",]+$/.test(value) ? value : `"${value}"`;
  return (value === '' ? others : [...others, `${word}:${quoted}`]).join(' ');
}

function termsOf(search: string): readonly string[] {
  return search.match(TERM) ?? [];
}
