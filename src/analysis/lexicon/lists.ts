import { readFileSync } from 'node:fs';
import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import type { AspectWords, PolarityWords, WordLists } from './pack.ts';

const ASPECT_LISTS = ['names', 'hints', 'praise', 'blame'] as const;
const POLARITY_LISTS = ['best', 'good', 'fair', 'poor', 'bad', 'worst', 'flat'] as const;

/** Reads `lists/<lang>.txt`: a line `# polarity best` or `# product names` opens each list, which is the same as in a pack. */
export function readLists(lang: string): WordLists {
  const text = readFileSync(new URL(`./lists/${lang}.txt`, import.meta.url), 'utf8');
  const lists = new Map<string, string>();
  for (const part of text.split(/^# /mu).slice(1)) {
    const end = part.indexOf('\n');
    lists.set(part.slice(0, end), part.slice(end + 1));
  }
  const take = <Name extends string>(group: string, names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, lists.get(`${group} ${name}`) ?? ''])) as Record<
      Name,
      string
    >;
  const polarity: PolarityWords = take('polarity', POLARITY_LISTS);
  const aspects = BUILT_IN_ASPECTS.map((aspect) => [aspect, take(aspect, ASPECT_LISTS)] as const);
  return {
    polarity,
    aspects: Object.fromEntries(aspects) as Record<(typeof aspects)[number][0], AspectWords>,
  };
}
