import type { Draft } from './draft.ts';

type Chances = Draft['chances'];

/** How much the only opinion of a text leans on the whole. */
const WHOLE_SHARE = 0.3;
/** How much the opinions of a customer's text count in how the whole is judged. */
const OPINIONS_SHARE = 0.3;

/** The only opinion of a text, in part judged as the whole is. */
export function leanOnWhole(own: Chances, whole: Chances): Chances {
  return mix(own, whole, WHOLE_SHARE);
}

/** The whole text, in part judged as its opinions are, as far as it is a customer's: `voice`, 0 to 1. */
export function leanOnOpinions(whole: Chances, drafts: readonly Draft[], voice: number): Chances {
  const told = drafts.filter(({ aspect }) => aspect !== 'other');
  const sum = told.reduce((total, { aspectChance }) => total + aspectChance, 0);
  if (sum === 0) return whole;
  const mean = (at: 0 | 1 | 2): number =>
    told.reduce((total, { chances, aspectChance }) => total + chances[at] * aspectChance, 0) / sum;
  return mix(whole, [mean(0), mean(1), mean(2)], OPINIONS_SHARE * voice);
}

function mix(own: Chances, other: Chances, share: number): Chances {
  const of = (at: 0 | 1 | 2): number => (1 - share) * own[at] + share * other[at];
  return [of(0), of(1), of(2)];
}
