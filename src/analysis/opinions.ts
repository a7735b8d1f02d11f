import type { ClassifiedOpinion } from '../domain/opinion.ts';
import type { ChannelKind, Intent, Polarity } from '../domain/words.ts';
import { JUDGED } from './lexicon/lexicon.ts';
import type { AspectReading, ClauseReading } from './reading.ts';
import type { Token } from './text/tokens.ts';

/** Below this a score is no judgement. */
const NEUTRAL_BAND = 0.2;
/** Sets how fast weight becomes score: one plain judging word (weight 2) scores 0.58, two score 0.82. */
const SOFTNESS = 8;
/** A bare word must judge this clearly to count for the product; "thanks" does not. */
const CLEAR = 1.5;
/** How many clauses back a pronoun may reach. */
const PRONOUN_REACH = 2;

/** Presses a sum of weights into [-1, 1]. */
export function scoreOf(weight: number): number {
  return weight / Math.sqrt(weight * weight + SOFTNESS);
}

export function polarityOf(score: number): Polarity {
  if (score >= NEUTRAL_BAND) return 'positive';
  return score <= -NEUTRAL_BAND ? 'negative' : 'neutral';
}

/** How a clause came by its aspect; the less it says itself, the less sure we are. */
type Ground = 'named' | 'hinted' | 'lent' | 'default' | 'none';
const SURENESS: Readonly<Record<Ground, number>> = {
  named: 0.55,
  hinted: 0.4,
  lent: 0.4,
  default: 0.35,
  none: 0.15,
};

interface Draft {
  readonly aspect: string;
  readonly weight: number;
  readonly ground: Ground;
  readonly from: number;
  readonly to: number;
  readonly clauseFrom: number;
  readonly clauseTo: number;
  readonly intent: Intent | 'none';
  readonly words: readonly { readonly from: number; readonly to: number; readonly weight?: number }[];
}

/**
 * Turns clause readings into opinions. A clause that judges without naming anything takes the aspect of what its pronoun
 * stands for or of the clause before; bare liking means the product. Adjacent clauses of one aspect and polarity become one.
 */
export function formOpinions(
  text: string,
  tokens: readonly Token[],
  readings: readonly ClauseReading[],
  kind: ChannelKind,
): ClassifiedOpinion[] {
  const drafts: Draft[] = [];
  const context = { kind, isAboutThing: isAboutThing(tokens, readings, kind) };
  for (const [at, reading] of readings.entries()) drafts.push(...draftClause(at, reading, readings, context));
  return mergeDrafts(tokens, dropEmpty(drafts)).map((draft) => present(text, tokens, draft));
}

interface Context {
  readonly kind: ChannelKind;
  readonly isAboutThing: boolean;
}

/** Whether judgement of nothing in particular means the product: in reviews, and where nothing is named and nobody addressed. */
function isAboutThing(
  tokens: readonly Token[],
  readings: readonly ClauseReading[],
  kind: ChannelKind,
): boolean {
  if (kind !== 'post') return kind === 'review';
  const isAddressed = tokens.some((token) => token.kind === 'handle');
  return !isAddressed && !readings.some(({ aspects }) => aspects.some(({ weight }) => weight >= JUDGED));
}

function draftClause(
  at: number,
  reading: ClauseReading,
  readings: readonly ClauseReading[],
  context: Context,
): Draft[] {
  const intent = intentOf(reading);
  const isJudging = polarityOf(scoreOf(reading.weight)) !== 'neutral';
  const { aspects, ground } = groundOf(at, reading, readings, { isJudging, intent, ...context });
  return aspects.map(({ aspect, words }) => ({
    aspect,
    weight: reading.weight,
    ground,
    from: reading.clause.from,
    to: reading.clause.to,
    clauseFrom: at,
    clauseTo: at + 1,
    intent,
    words: [...words, ...reading.judgements, ...reading.leaves.map(({ from, to }) => ({ from, to }))],
  }));
}

function groundOf(
  at: number,
  reading: ClauseReading,
  readings: readonly ClauseReading[],
  { isJudging, intent, kind, isAboutThing }: Context & { isJudging: boolean; intent: Intent | 'none' },
): { aspects: readonly AspectReading[]; ground: Ground } {
  const [first] = reading.aspects;
  const isNamed = first !== undefined && first.words.some((hit) => hit.weight >= JUDGED);
  if (isNamed) return { aspects: reading.aspects, ground: 'named' };
  const isSaying = isJudging || intent !== 'none';
  if (!isSaying) return { aspects: [], ground: 'none' };
  const spoken = lastSpokenOf(at, readings);
  if (reading.likes.length > 0 && first === undefined) {
    return spoken === undefined ? asDefault('product') : { aspects: withoutWords(spoken), ground: 'lent' };
  }
  if (intent === 'purchase') return asDefault('sales');
  if (first !== undefined) return { aspects: reading.aspects, ground: 'hinted' };
  const before = readings[at - 1];
  const isUnjudged =
    before !== undefined && before.aspects.length > 0 && polarityOf(scoreOf(before.weight)) === 'neutral';
  if (spoken !== undefined && (reading.hasPronoun || isUnjudged))
    return { aspects: withoutWords(spoken), ground: 'lent' };
  if (kind === 'review' && isJudging && spoken !== undefined)
    return { aspects: withoutWords(spoken), ground: 'lent' };
  if (isAboutThing && isJudging && (isPhrase(reading) || Math.abs(reading.weight) >= CLEAR))
    return asDefault('product');
  if (intent === 'suggestion') return asDefault('product');
  return { aspects: [{ aspect: 'other', weight: 0, words: [] }], ground: 'none' };
}

function isPhrase({ clause }: ClauseReading): boolean {
  return clause.to - clause.from > 3;
}

function asDefault(aspect: string): { aspects: readonly AspectReading[]; ground: Ground } {
  return { aspects: [{ aspect, weight: 0, words: [] }], ground: 'default' };
}

function lastSpokenOf(at: number, readings: readonly ClauseReading[]): readonly AspectReading[] | undefined {
  for (let back = at - 1; back >= Math.max(0, at - PRONOUN_REACH); back -= 1) {
    const aspects = readings[back]?.aspects ?? [];
    if (aspects.length > 0) return aspects.slice(0, 1);
  }
  return undefined;
}

function withoutWords(aspects: readonly AspectReading[]): readonly AspectReading[] {
  return aspects.map((reading) => ({ ...reading, words: [] }));
}

function intentOf(reading: ClauseReading): Intent | 'none' {
  const polarity = polarityOf(scoreOf(reading.weight));
  if (reading.leaves.length > 0) return 'churn';
  if (reading.buys.length > 0 && polarity !== 'negative') return 'purchase';
  if (reading.suggests.length > 0) return 'suggestion';
  if (reading.isQuestion && reading.asks.length > 0) return 'question';
  if (polarity === 'negative') return 'complaint';
  if (polarity === 'positive') return 'praise';
  return reading.isQuestion ? 'question' : 'none';
}

/** A plain statement about an aspect says nothing beside a judgement of the same aspect, nor `other` beside a known aspect. */
function dropEmpty(drafts: readonly Draft[]): Draft[] {
  const isPlain = (draft: Draft): boolean =>
    polarityOf(scoreOf(draft.weight)) === 'neutral' &&
    (draft.intent === 'none' || draft.intent === 'question');
  const judged = new Set(drafts.filter((draft) => !isPlain(draft)).map((draft) => draft.aspect));
  return drafts.filter(
    (draft) => !(isPlain(draft) && (judged.has(draft.aspect) || draft.aspect === 'other')),
  );
}

function mergeDrafts(tokens: readonly Token[], drafts: readonly Draft[]): Draft[] {
  const merged: Draft[] = [];
  const lastOf = new Map<string, number>();
  for (const draft of drafts) {
    const position = lastOf.get(draft.aspect);
    const last = position === undefined ? undefined : merged[position];
    if (position !== undefined && last !== undefined && belongTogether(tokens, last, draft)) {
      merged[position] = {
        ...last,
        weight: last.weight + draft.weight,
        ground: SURENESS[draft.ground] > SURENESS[last.ground] ? draft.ground : last.ground,
        to: draft.to,
        clauseTo: draft.clauseTo,
        intent:
          last.intent === 'none' || draft.intent === 'churn' || draft.intent === 'purchase'
            ? draft.intent
            : last.intent,
        words: [...last.words, ...draft.words],
      };
    } else {
      lastOf.set(draft.aspect, merged.length);
      merged.push(draft);
    }
  }
  return merged;
}

function belongTogether(tokens: readonly Token[], left: Draft, right: Draft): boolean {
  const isNext = left.clauseTo === right.clauseFrom;
  const isSame = polarityOf(scoreOf(left.weight)) === polarityOf(scoreOf(right.weight));
  // Masked text (a quote, a signature) between two clauses must not become evidence.
  const gap = (tokens[right.from]?.start ?? 0) - (tokens[left.to - 1]?.end ?? 0);
  return isNext && isSame && gap <= 12;
}

function present(text: string, tokens: readonly Token[], draft: Draft): ClassifiedOpinion {
  const { start, end } = trimmed(tokens, draft);
  const raw = scoreOf(draft.weight);
  const polarity = polarityOf(raw);
  const score = polarity === 'neutral' ? 0 : round(raw);
  const confidence = Math.min(0.95, SURENESS[draft.ground] + 0.4 * Math.abs(score));
  return {
    aspect: draft.aspect,
    polarity,
    score,
    intent: draft.intent,
    confidence: round(confidence),
    start,
    end,
    text: text.slice(start, end),
    why: reasons(text, tokens, draft, polarity),
  };
}

/** The words that name the aspect, then those that judge the way the whole clause does; each once, at most 12. */
function reasons(text: string, tokens: readonly Token[], draft: Draft, polarity: Polarity): string[] {
  const found = new Set<string>();
  for (const { from, to, weight } of draft.words) {
    const isAgainst =
      polarity === 'positive' ? (weight ?? 0) < 0 : polarity === 'negative' && (weight ?? 0) > 1.5;
    const [first, last] = [tokens[from], tokens[to - 1]];
    if (first === undefined || last === undefined || (isAgainst && found.size > 0)) continue;
    found.add(text.slice(first.start, last.end));
    if (found.size === 12) break;
  }
  return [...found];
}

/** The clause without the signs, breaks and handles around it. */
function trimmed(
  tokens: readonly Token[],
  { from, to }: { from: number; to: number },
): { start: number; end: number } {
  const counts = (at: number): boolean => tokens[at]?.kind === 'word' || tokens[at]?.kind === 'emoji';
  let first = from;
  let last = to - 1;
  while (first < last && !counts(first)) first += 1;
  while (last > first && !counts(last)) last -= 1;
  return { start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0 };
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
