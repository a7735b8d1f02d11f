import type { Clause, Within } from './clauses.ts';
import { cursor } from './clauses.ts';
import type { Judgement } from './judgements.ts';
import { JUDGED, NAMED } from './lexicon/lexicon.ts';
import type { Hit, Hits } from './lexicon/phrase-index.ts';
import type { Sentence } from './sentences.ts';
import type { Token } from './text/tokens.ts';

/** An aspect a clause speaks of, and by which words (token spans). */
export interface AspectReading {
  readonly aspect: string;
  /** Sum of the words' weights, at most 3; 0.5 is one hint, 1 one name. */
  readonly weight: number;
  readonly words: readonly Hit[];
}

/** What was found in one clause. */
export interface ClauseReading {
  readonly clause: Clause;
  /** Strongest first; hints only where no word names an aspect, and then only the strongest hint. */
  readonly aspects: readonly AspectReading[];
  /** Sum of the judgements, about -10 to 10. */
  readonly weight: number;
  readonly judgements: readonly Judgement[];
  readonly isQuestion: boolean;
  readonly asks: readonly Hit[];
  readonly suggests: readonly Hit[];
  readonly buys: readonly Hit[];
  readonly leaves: readonly Hit[];
  readonly complains: readonly Hit[];
  /** Liking with a bare object: `love it`. */
  readonly likes: readonly Hit[];
  readonly hasPronoun: boolean;
}

const STRONGEST = 3;
const LEAVING = -1.2;
/** Praise asked for is not praise given ("is it any good?"); blame asked about mostly is blame. */
const ASKED_PRAISE = 0.3;
const ASKED_BLAME = 0.7;
const SUGGESTED_PRAISE = 0.3;
/** What one wishes for is lacking. */
const WISHED_PRAISE = -0.5;

/** Reads every clause on its own; what clauses lend each other is decided later. */
export function readClauses(
  tokens: readonly Token[],
  clauses: readonly Clause[],
  sentences: readonly Sentence[],
  hits: Hits,
  judgements: readonly Judgement[],
): ClauseReading[] {
  const judged = cursor(judgements);
  const within = {
    aspect: cursor(hits.aspect),
    question: cursor(hits.question),
    suggestion: cursor(hits.suggestion),
    purchase: cursor(hits.purchase),
    churn: cursor(hits.churn),
    complaint: cursor(hits.complaint),
    liking: cursor(hits.liking),
    pronoun: cursor(hits.pronoun),
    wish: cursor(hits.wish),
  };
  return clauses.map((clause) => {
    const sentence = sentences[clause.sentence];
    const asks = within.question(clause);
    const suggests = within.suggestion(clause);
    const leaves = within.churn(clause);
    const isQuestion = sentence?.isQuestion === true && (asks.length > 0 || clause.to - clause.from > 3);
    const own = judged(clause);
    return {
      clause,
      aspects: readAspects(clause, within.aspect),
      weight: weigh(own, {
        isQuestion: isQuestion && asks.length > 0,
        isSuggestion: suggests.length > 0,
        isLeaving: leaves.length > 0,
        isWish: within.wish(clause).length > 0,
        shouts: sentence?.shouts ?? 0,
      }),
      judgements: own,
      isQuestion: isQuestion || (asks.length > 0 && startsWith(tokens, clause, asks)),
      asks,
      suggests,
      buys: within.purchase(clause),
      leaves,
      complains: within.complaint(clause),
      likes: within.liking(clause),
      hasPronoun: within.pronoun({ from: clause.from, to: Math.min(clause.to, clause.from + 4) }).length > 0,
    };
  });
}

function readAspects(clause: Clause, within: Within<Hit>): AspectReading[] {
  const byAspect = new Map<string, Hit[]>();
  for (const hit of within(clause)) {
    const words = byAspect.get(hit.name);
    if (words === undefined) byAspect.set(hit.name, [hit]);
    else words.push(hit);
  }
  const readings = Array.from(byAspect, ([aspect, words]) => ({
    aspect,
    words,
    weight: Math.min(
      STRONGEST,
      words.reduce((sum, hit) => sum + hit.weight, 0),
    ),
  })).toSorted((a, b) => b.weight - a.weight);
  const named = readings.filter(({ words }) => words.some((hit) => hit.weight >= JUDGED));
  if (named.length === 0) return readings.slice(0, 1);
  // How salespeople or a bill are dealt with is told in words of service (`the sales rep never called back`).
  const isOwned = named.some(
    ({ aspect, words }) => isSalesOrPricing(aspect) && words.some((hit) => hit.weight >= NAMED),
  );
  return named.filter(
    ({ aspect, words }) => !isOwned || aspect !== 'service' || words.some((hit) => hit.weight >= NAMED),
  );
}

function isSalesOrPricing(aspect: string): boolean {
  return aspect === 'sales' || aspect === 'pricing';
}

interface Mood {
  readonly isQuestion: boolean;
  readonly isSuggestion: boolean;
  readonly isWish: boolean;
  readonly isLeaving: boolean;
  readonly shouts: number;
}

function weigh(judgements: readonly Judgement[], mood: Mood): number {
  let sum = 0;
  for (const { weight } of judgements) {
    if (weight > 0) sum += weight * praiseIn(mood);
    else sum += weight * (mood.isQuestion ? ASKED_BLAME : 1);
  }
  // Who leaves is not pleased, whatever the words.
  if (mood.isLeaving) sum = Math.min(sum, LEAVING);
  return sum * (1 + 0.1 * mood.shouts);
}

function praiseIn({ isQuestion, isSuggestion, isWish }: Mood): number {
  if (isWish) return WISHED_PRAISE;
  if (isQuestion) return ASKED_PRAISE;
  return isSuggestion ? SUGGESTED_PRAISE : 1;
}

/** Whether a question phrase opens the clause (handles, greetings and one small word aside), question mark or not. */
function startsWith(tokens: readonly Token[], clause: Clause, asks: readonly Hit[]): boolean {
  let start = clause.from;
  while (start < clause.to && tokens[start]?.kind !== 'word') start += 1;
  return asks.some((hit) => hit.to - hit.from > 1 && hit.from <= start + 1);
}
