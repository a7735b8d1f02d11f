import type { Judgement } from './judgements.ts';
import { JUDGED, LATE } from './lexicon/lexicon.ts';
import type { Hit, Hits } from './lexicon/phrase-index.ts';
import type { Sentence, Span } from './sentences.ts';
import type { Token } from './text/tokens.ts';
import { wordSet } from './word-set.ts';

/** A clause: the smallest stretch that may hold an opinion of its own. */
export interface Clause extends Span {
  /** Position of its sentence. */
  readonly sentence: number;
  /** Stands after a contrast word (`but …`), where the weight of a sentence lies. */
  readonly isContrasted: boolean;
}

const JOINTS = wordSet(', ; - – — -- : ( and & und et y e en plus und');

/**
 * Splits sentences into clauses: always at contrast words, and at commas, `and` and the like only where both sides judge
 * and speak of different aspects or judge differently. A contrast word belongs to no clause, a turn (`just wish`) to the one it opens.
 */
export function splitClauses(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  hits: Hits,
  judgements: readonly Judgement[],
): Clause[] {
  const clauses: Clause[] = [];
  const contrasts = new Map(hits.contrast.map((hit) => [hit.from, hit]));
  const turns = new Set(hits.turn.map((hit) => hit.from));
  const aspects = cursor(hits.aspect);
  const judged = cursor(judgements);
  for (const [sentence, span] of sentences.entries()) {
    for (const part of splitAtContrasts(tokens, span, contrasts, turns, judged)) {
      for (const piece of splitAtJoints(tokens, part, aspects, judged)) {
        if (hasWords(tokens, piece)) clauses.push({ ...piece, sentence, isContrasted: part.isContrasted });
      }
    }
  }
  return clauses;
}

function splitAtContrasts(
  tokens: readonly Token[],
  span: Span,
  contrasts: ReadonlyMap<number, Hit>,
  turns: ReadonlySet<number>,
  judged: Within<Judgement>,
): (Span & { isContrasted: boolean })[] {
  const parts: (Span & { isContrasted: boolean })[] = [];
  let from = span.from;
  let isContrasted = false;
  const open = (to: number, next: number): void => {
    if (to > from) parts.push({ from, to, isContrasted });
    from = next;
    isContrasted = true;
  };
  for (let at = span.from; at < span.to; at += 1) {
    const hit = contrasts.get(at);
    if (hit === undefined) {
      if (turns.has(at) && at > from) open(at, at);
      continue;
    }
    const start = hit.name === LATE ? startOf(tokens, hit, { from, to: span.to }, judged) : at;
    open(start, start < at ? start : hit.to);
    at = hit.to - 1;
  }
  parts.push({ from, to: span.to, isContrasted });
  return parts;
}

/** Where the clause of a late contrast word begins: at its subject where that stands before it unjudged, or where nothing follows. */
function startOf(tokens: readonly Token[], hit: Hit, part: Span, judged: Within<Judgement>): number {
  const isInserted = tokens[hit.to]?.norm === ',' && tokens[hit.from - 1]?.norm === ',';
  const end = isInserted ? hit.from - 1 : hit.from;
  let from = end;
  while (from > part.from && tokens[from - 1]?.kind !== 'mark') from -= 1;
  const isLast = !hasWords(tokens, { from: hit.to, to: part.to });
  return isLast || judged({ from, to: end }).length === 0 ? from : hit.from;
}

/** Sums of weights: below the first a stretch does not judge, from the second on it judges clearly. */
const FAINT = 0.5;
const CLEAR = 1;

interface Reading {
  /** What is named or judged by name; hints do not set stretches apart. */
  readonly aspects: ReadonlySet<string>;
  readonly weight: number;
}

function splitAtJoints(
  tokens: readonly Token[],
  part: Span,
  aspects: Within<Hit>,
  judged: Within<Judgement>,
): Span[] {
  const pieces: Span[] = [];
  let open: (Span & Reading) | undefined;
  for (const chunk of chunksOf(tokens, part)) {
    const own = readChunk(chunk, aspects, judged);
    if (open === undefined) open = { ...chunk, ...own };
    else if (isApart(open, own)) {
      pieces.push(open);
      open = { ...chunk, ...own };
    } else {
      open = {
        from: open.from,
        to: chunk.to,
        aspects: new Set([...open.aspects, ...own.aspects]),
        weight: open.weight + own.weight,
      };
    }
  }
  if (open !== undefined) pieces.push(open);
  return pieces;
}

function* chunksOf(tokens: readonly Token[], part: Span): Generator<Span> {
  let from = part.from;
  for (let at = part.from + 1; at < part.to; at += 1) {
    const token = tokens[at];
    if (token === undefined || !JOINTS.has(token.norm) || (token.kind !== 'mark' && token.kind !== 'word'))
      continue;
    if (at > from) yield { from, to: at };
    from = token.kind === 'mark' || at + 1 >= part.to ? at + 1 : at;
    if (token.kind === 'word') from = at + 1;
  }
  if (part.to > from) yield { from, to: part.to };
}

function readChunk(chunk: Span, aspects: Within<Hit>, judged: Within<Judgement>): Reading {
  return {
    aspects: new Set(aspects(chunk).flatMap((hit) => (hit.weight >= JUDGED ? [hit.name] : []))),
    weight: judged(chunk).reduce((sum, judgement) => sum + judgement.weight, 0),
  };
}

function isApart(left: Reading, right: Reading): boolean {
  const weaker = Math.min(Math.abs(left.weight), Math.abs(right.weight));
  if (weaker < FAINT) return false;
  const isTurning = left.weight > 0 !== right.weight > 0;
  if (right.aspects.size === 0 || left.aspects.size === 0) return isTurning && weaker >= CLEAR;
  return isTurning || [...right.aspects].some((aspect) => !left.aspects.has(aspect));
}

/** The items that start within a span. */
export type Within<T> = (span: Span) => readonly T[];

/** Looks items up by where they start; `items` is in order of `from`. */
export function cursor<T extends { readonly from: number }>(items: readonly T[]): Within<T> {
  return ({ from, to }) => {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((items[middle]?.from ?? Infinity) < from) low = middle + 1;
      else high = middle;
    }
    const found: T[] = [];
    for (let at = low; at < items.length; at += 1) {
      const item = items[at];
      if (item === undefined || item.from >= to) break;
      found.push(item);
    }
    return found;
  };
}

function hasWords(tokens: readonly Token[], { from, to }: Span): boolean {
  for (let at = from; at < to; at += 1) {
    const kind = tokens[at]?.kind;
    if (kind === 'word' || kind === 'emoji') return true;
  }
  return false;
}
