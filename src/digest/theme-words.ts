import type { FrozenFacts, ThemeStage } from '../domain/digest.ts';
import { cut, listed, number } from './words.ts';
import { NAME } from './work-words.ts';

/** The tag of a theme; told by a word and not by colour alone. */
export const STAGE: Readonly<Record<ThemeStage, string>> = {
  new: 'New',
  growing: 'Growing',
  steady: 'Steady',
  fading: 'Fading',
  heard: 'Heard',
};

const STAYED_FROM = 4;
const MOST_NAMES = 5;

/** Themes of a weekly or monthly edition that people went on speaking of. */
export function lastingSentences({ themes, edition, trend }: FrozenFacts): readonly string[] {
  const span = trend.length + 1;
  const stayed = themes
    .filter(({ weeksHeard }) => weeksHeard >= Math.min(STAYED_FROM, span))
    .toSorted((a, b) => b.weeksHeard - a.weeksHeard || Number(a.id) - Number(b.id))
    .slice(0, MOST_NAMES)
    .map(
      ({ name, weeksHeard }) => `“${cut(name, NAME)}” (${number(weeksHeard)} of ${number(span)} ${edition}s)`,
    );
  return stayed.length === 0 ? [] : [`Stayed: ${listed(stayed)}.`];
}
