import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import { cursor } from '../clauses.ts';
import type { Evidence } from '../evidence.ts';
import type { WordWeigher } from '../heads/word-weigher.ts';
import { type Draft, polarityOf } from './draft.ts';

const MOST_WORDS = 12;
const CLEARLY_AGAINST = 1.5;
/** A word the lexicon does not know must speak at least this clearly, in logits, to be given as a reason. */
const SPEAKS = 0.05;

/**
 * The words that decided an opinion, as they stand in the text, each once: those that name the aspect and those that judge
 * as the whole clause does; where the lexicon knows none, the word the learned weights count most for it.
 */
export function reasonsOf(evidence: Evidence, draft: Draft, weigh: WordWeigher): string[] {
  const { text, tokens, hits, judgements } = evidence;
  const polarity = polarityOf(draft.chances);
  const names = cursor(hits.aspect)(draft).filter(({ name }) => name === draft.aspect);
  const judging = cursor(judgements)(draft).filter(({ weight }) =>
    polarity === 'positive' ? weight > 0 : polarity === 'negative' ? weight < CLEARLY_AGAINST : true,
  );
  const spans: { from: number; to: number }[] = [...names, ...judging];
  const aspect = (BUILT_IN_ASPECTS as readonly string[]).indexOf(draft.aspect);
  if (names.length === 0 && aspect >= 0)
    spans.push(...strongest(evidence, draft, (at) => weigh.aspect(tokens[at], aspect)));
  if (judging.length === 0 && polarity !== 'neutral')
    spans.push(...strongest(evidence, draft, (at) => weigh.polarity(tokens[at], aspect, polarity)));
  const found = new Set<string>();
  for (const { from, to } of spans) {
    const [first, last] = [tokens[from], tokens[to - 1]];
    if (first !== undefined && last !== undefined) found.add(text.slice(first.start, last.end));
    if (found.size === MOST_WORDS) break;
  }
  return [...found];
}

function strongest(
  { tokens }: Evidence,
  { from, to }: Draft,
  weightAt: (at: number) => number,
): { from: number; to: number }[] {
  let [best, most] = [-1, SPEAKS];
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'word' || token.norm.length < 3) continue;
    const weight = weightAt(at);
    if (weight > most) [best, most] = [at, weight];
  }
  return best < 0 ? [] : [{ from: best, to: best + 1 }];
}
