import { BUILT_IN_ASPECTS, CHANNEL_KINDS } from '../../domain/words.ts';
import { cursor } from '../clauses.ts';
import type { Evidence } from '../evidence.ts';
import type { Judgement } from '../judgements.ts';
import { JUDGED, NAMED } from '../lexicon/lexicon.ts';
import { LANGUAGES } from '../lexicon/packs.ts';
import { GROUPS, type Group, type Hit } from '../lexicon/phrase-index.ts';
import type { Span } from '../sentences.ts';
import type { Token } from '../text/tokens.ts';

/** What the lexicon finds in a unit, in words that are the same in every language, as small numbers. */
export interface ClassSequence {
  /** Findings in the order of the text. */
  readonly classes: readonly number[];
  /** What holds for the unit as a whole. */
  readonly summary: readonly number[];
}

/** Numbers of the classes; the model is trained with them, so they never change their meaning. */
const ASPECT = 0;
const JUDGEMENT = 16;
const TOKEN = 32;
const SIGNAL = 64;
const LAST = 256;

/** Numbers of the summary. */
const SUM = 0;
const PRAISE = 16;
const BLAME = 32;
const NAMES = 48;
const ALONE = 64;
const ASPECT_SIGN = 72;
const SIGNALLED = 96;
const LANGUAGE = 128;
const KIND = 144;
const LENGTH = 152;
const FLAG = 168;
const MIXED = 176;
const ASKED = 200;
const ADDRESSED = 240;

const STEPS = [-6, -4, -2.5, -1.5, -0.8, -0.3, 0.3, 0.8, 1.5, 2.5, 4, 6];
const JUDGEMENT_STEPS = [-2.5, -1.5, -0.75, 0, 0.75, 1.5, 2.5];
/** Of praise and of blame, to tell how both are mixed. */
const LEVELS = [0.3, 2.2, 4.5];
const LENGTHS = [2, 4, 7, 11, 16, 24, 40, 80, 200];
const [A, Z] = [0x61, 0x7a];
const NUMBER = /^\p{N}/u;
const SEQUENCED: readonly Group[] = GROUPS.filter((group) => group !== 'polarity' && group !== 'aspect');

/** Reads the classes of a unit of one text; looking hits up is prepared once a text. */
export function createClassReader(
  tokens: readonly Token[],
  evidence: Evidence,
): (unit: Span, flags: UnitFlags) => ClassSequence {
  const aspects = cursor(evidence.hits.aspect);
  const judged = cursor(evidence.judgements);
  const signals = SEQUENCED.flatMap((group, at) =>
    evidence.hits[group].length === 0 ? [] : [{ at, within: cursor(evidence.hits[group]) }],
  );
  return (unit, flags) => {
    const names = aspects(unit);
    const judgements = judged(unit);
    const found: number[] = [];
    for (const hit of names) pushAspect(found, hit);
    for (const { from, weight } of judgements)
      found.push(from * LAST + JUDGEMENT + stepOf(JUDGEMENT_STEPS, weight));
    const summary = summarise(tokens, unit, names, judgements, evidence, flags);
    for (const { at, within } of signals) pushSignals(found, summary, at, within(unit));
    for (let at = unit.from; at < unit.to; at += 1) {
      const sign = signOf(tokens[at]);
      if (sign !== 0) found.push(at * LAST + TOKEN + sign);
    }
    found.sort((a, b) => a - b);
    return { classes: found.map((one) => one % LAST), summary };
  };
}

/** What is known of a unit besides its words. */
export interface UnitFlags {
  readonly isText: boolean;
  readonly isContrasted: boolean;
  readonly isQuestion: boolean;
  readonly shouts: number;
}

function pushAspect(found: number[], hit: Hit): void {
  const aspect = indexOf(hit.name);
  if (aspect >= 0) found.push(hit.from * LAST + ASPECT + aspect * 3 + tierOf(hit));
}

function pushSignals(found: number[], summary: number[], at: number, hits: readonly Hit[]): void {
  for (const { from, weight } of hits)
    found.push(from * LAST + SIGNAL + at * 4 + Math.min(3, Math.max(0, Math.round(weight))));
  if (hits.length > 0) summary.push(SIGNALLED + at);
}

function summarise(
  tokens: readonly Token[],
  unit: Span,
  names: readonly Hit[],
  judgements: readonly Judgement[],
  { lang, kind }: Evidence,
  { isText, isContrasted, isQuestion, shouts }: UnitFlags,
): number[] {
  let [praise, blame] = [0, 0];
  for (const { weight } of judgements) {
    if (weight > 0) praise += weight;
    else blame -= weight;
  }
  const sum = praise - blame;
  const sign = sum > 0.3 ? 2 : sum < -0.3 ? 0 : 1;
  const summary = [LANGUAGE + LANGUAGES.indexOf(lang) + 1, KIND + CHANNEL_KINDS.indexOf(kind)];
  addSteps(summary, SUM, sum);
  addSteps(summary, PRAISE, praise);
  addSteps(summary, BLAME, blame);
  summary.push(LENGTH + stepOf(LENGTHS, unit.to - unit.from));
  const tiers = new Map<number, number>();
  for (const hit of names) {
    const aspect = indexOf(hit.name);
    if (aspect >= 0) tiers.set(aspect, Math.min(tiers.get(aspect) ?? 2, tierOf(hit)));
  }
  for (const [aspect, tier] of tiers) {
    summary.push(NAMES + aspect * 3 + tier, ASPECT_SIGN + aspect * 3 + sign);
    if (tiers.size === 1) summary.push(ALONE + aspect);
  }
  if (tiers.size === 0) summary.push(ALONE + 4);
  const isAddressed = tokens[unit.from]?.kind === 'handle';
  summary.push(
    MIXED + stepOf(LEVELS, praise) * 4 + stepOf(LEVELS, blame),
    ASKED + (isQuestion ? 12 : 0) + Math.min(tiers.size, 2) * 3 + sign,
    ADDRESSED + (isAddressed ? 6 : 0) + (isQuestion ? 3 : 0) + sign,
  );
  const flags = [isText, isContrasted, isQuestion, shouts > 0, shouts > 2, isAddressed];
  for (const [at, flag] of flags.entries()) if (flag) summary.push(FLAG + at);
  return summary;
}

function addSteps(summary: number[], base: number, value: number): void {
  for (const [at, step] of STEPS.entries())
    if (step > 0 ? value >= step : value <= step) summary.push(base + at);
}

function stepOf(steps: readonly number[], value: number): number {
  let at = 0;
  while (at < steps.length && value >= (steps[at] ?? Infinity)) at += 1;
  return at;
}

function indexOf(aspect: string): number {
  return (BUILT_IN_ASPECTS as readonly string[]).indexOf(aspect);
}

function tierOf({ weight }: Hit): 0 | 1 | 2 {
  if (weight >= NAMED) return 0;
  return weight >= JUDGED ? 1 : 2;
}

/** Most words begin with a plain letter, which needs no pattern. */
function startsWithNumber(word: string): boolean {
  const first = word.charCodeAt(0);
  return !(first >= A && first <= Z) && NUMBER.test(word);
}

/** Signs that speak by themselves, as a small number; 0 for words. */
function signOf(token: Token | undefined): number {
  if (token === undefined) return 0;
  if (token.kind === 'handle') return 1;
  if (token.kind === 'link') return 2;
  if (token.kind === 'stop')
    return token.norm.includes('?') ? 3 : token.norm.includes('!') ? 4 : token.norm.length > 1 ? 5 : 0;
  if (token.kind === 'mark') return '$£€'.includes(token.norm) ? 6 : token.norm === '%' ? 7 : 0;
  if (token.kind === 'emoji') return 8;
  if (token.isShouted) return 9;
  return startsWithNumber(token.norm) ? 10 : 0;
}
